from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "richtschnur.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from richtschnur.accounts import rules as rules
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.accounts.views.own import header_person
        from richtschnur.ui.slots import Destination, fill, offer

        fill("header.person", header_person)
        offer(
            Destination(
                "staff",
                _("Set-up"),
                "accounts:setup",
                90,
                lambda request: may(actor_of(request), "journal.read"),
            )
        )
