from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "richtschnur.consultation"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from richtschnur.consultation import rules as rules
