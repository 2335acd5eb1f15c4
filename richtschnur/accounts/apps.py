from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "richtschnur.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        from richtschnur.accounts import rules as rules
