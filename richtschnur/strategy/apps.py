from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "richtschnur.strategy"
    verbose_name = _("Strategy papers")

    def ready(self) -> None:
        from richtschnur.strategy import rules as rules
