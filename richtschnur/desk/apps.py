from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "richtschnur.desk"
    verbose_name = _("Today")

    def ready(self) -> None:
        from richtschnur.desk import rules as rules
