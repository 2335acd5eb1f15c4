from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "richtschnur.strategy"
    verbose_name = _("Strategy papers")

    def ready(self) -> None:
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.strategy import rules as rules
        from richtschnur.ui.slots import Destination, offer

        offer(Destination("public", _("Strategy papers"), "strategy:list", 30))
        offer(
            Destination(
                "staff",
                _("Papers in work"),
                "strategy:desk",
                10,
                lambda request: may(actor_of(request), "strategy.read_any"),
            )
        )
