from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "richtschnur.desk"
    verbose_name = _("Today")

    def ready(self) -> None:
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.desk import rules as rules
        from richtschnur.desk.views.links import evaluation_links
        from richtschnur.desk.views.notes import about
        from richtschnur.ui.slots import Destination, fill, offer

        fill("staff.about", about)
        fill("consultation.manage", evaluation_links, order=20)
        offer(
            Destination(
                "staff",
                _("Today"),
                "desk:today",
                0,
                lambda request: may(actor_of(request), "desk.use"),
            )
        )
