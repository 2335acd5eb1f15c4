from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NetworkConfig(AppConfig):
    name = "richtschnur.network"
    verbose_name = _("Network")

    def ready(self) -> None:
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.network import rules as rules
        from richtschnur.ui.slots import Destination, offer

        offer(Destination("public", _("Organisations"), "network:list", 40))
        offer(
            Destination(
                "staff",
                _("Network"),
                "network:work",
                40,
                lambda request: may(actor_of(request), "network.read"),
            )
        )
