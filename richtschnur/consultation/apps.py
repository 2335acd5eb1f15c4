from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationConfig(AppConfig):
    name = "richtschnur.consultation"
    verbose_name = _("Consultations")

    def ready(self) -> None:
        from richtschnur.accounts.models import actor_of
        from richtschnur.accounts.rules import may
        from richtschnur.consultation import rules as rules
        from richtschnur.consultation.operations.following import INVITATIONS
        from richtschnur.consultation.queries import lets_read
        from richtschnur.consultation.views.office import answering_for
        from richtschnur.consultation.views.public import edition_notice
        from richtschnur.consultation.views.staff import act_link
        from richtschnur.consultation.views.worksheets import until_when
        from richtschnur.network.operations import refers_to_organizations
        from richtschnur.strategy.rules import let_read
        from richtschnur.ui.slots import Destination, fill, offer

        offer(Destination("public", _("Participation"), "consultation:list", 20))
        offer(
            Destination(
                "staff",
                _("Consultations"),
                "consultation:work",
                20,
                lambda request: may(actor_of(request), "consultation.read_internal"),
            )
        )
        let_read(lets_read)
        refers_to_organizations(INVITATIONS)
        fill("consultation.top", answering_for, order=10)
        fill("strategy.act", act_link)
        fill("strategy.edition", edition_notice)
        fill("strategy.writing", until_when)
