from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "richtschnur.translation"
    verbose_name = _("Translations")

    def ready(self) -> None:
        from richtschnur.journal.words import name_acts

        name_acts(
            {
                "translation.keep_translation": _("a translation was written"),
                "translation.keep_drafts": _("machine drafts of a translation were stored"),
                "translation.check_translation": _("a translation was checked"),
                "translation.discard_translation": _("a translation was discarded"),
                "translation.order_drafts": _("machine drafts of a translation were ordered"),
                "translation.stop_order": _("an order for machine drafts was stopped"),
            }
        )
