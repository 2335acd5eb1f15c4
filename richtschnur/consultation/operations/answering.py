"""What an office does with its personal address: it opens it, and it answers."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Invitation, digest
from richtschnur.consultation.operations.personal import colleague_secret_of
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def open_invitation(*, invitation: Invitation, at: datetime) -> None:
    """Note, once, that the personal address was opened."""
    if invitation.colleague_digest is None:  # invited before there was such an address
        made = digest(colleague_secret_of(invitation))
        Invitation.objects.filter(pk=invitation.pk).update(colleague_digest=made)
    unopened = Invitation.objects.filter(pk=invitation.pk, opened_at__isnull=True)
    if unopened.update(opened_at=at):
        _record(invitation, "consultation.open_invitation", at, {})


@transaction.atomic
def answer_invitation(*, invitation: Invitation, remarks: int, at: datetime) -> Invitation:
    """Note an answer with so many remarks; 0 is a nil return. Called with the contribution.

    Raises Refused when it was withdrawn, or when a nil return would deny remarks sent before.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("consultation")
    invitation = rows.get(pk=invitation.pk)
    if invitation.withdrawn_at is not None:
        raise Refused(
            _("This invitation was withdrawn. Please call us if you want to say something."),
            code="withdrawn",
        )
    if not remarks and invitation.remark_count:
        raise Refused(
            _("You have sent remarks already; they stay. There is nothing more to do."),
            code="answered",
        )
    invitation.answered_at = invitation.answered_at or at
    invitation.opened_at = invitation.opened_at or at
    invitation.remark_count += remarks
    invitation.save(update_fields=["answered_at", "opened_at", "remark_count"])
    _record(invitation, "consultation.answer_invitation", at, {"remarks": remarks})
    return invitation


def _record(invitation: Invitation, act: str, at: datetime, data: dict[str, int]) -> None:
    record(
        act=act,
        subject=f"consultation:{invitation.consultation.slug}",
        by=VISITOR,
        at=at,
        data=data | {"invitation": invitation.pk},
    )
