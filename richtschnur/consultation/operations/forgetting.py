"""Forgetting who was written to; which office was asked, and what it said, stays."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Invitation
from richtschnur.consultation.operations.mails import about
from richtschnur.consultation.states import Phase
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import forget_messages


@transaction.atomic
def forget_contact(*, invitation: Invitation, by: Actor, at: datetime) -> Invitation:
    """Delete person and e-mail address for good. Raises Refused while the round needs them."""
    require(by, "consultation.invite")
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("consultation")
    invitation = rows.get(pk=invitation.pk)
    consultation = invitation.consultation
    if invitation.withdrawn_at is None and consultation.phase(at) != Phase.CLOSED:
        raise Refused(
            _("The round still runs. Please withdraw the invitation first, or wait for its end."),
            code="open",
        )
    invitation.contact = invitation.email = ""
    invitation.save(update_fields=["contact", "email"])
    forget_messages(about=about(invitation))
    record(
        act="consultation.forget_contact",
        subject=f"consultation:{consultation.slug}",
        by=by,
        at=at,
        data={"invitation": invitation.pk},
    )
    return invitation
