"""Extending a deadline, with its reason; nothing here ever makes one shorter."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Extension
from richtschnur.consultation.operations.mails import Occasion, write_to
from richtschnur.consultation.queries import waiting_invitations
from richtschnur.consultation.rules import check_extension
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def extend_deadline(
    *,
    consultation: Consultation,
    closes_at: datetime,
    reason: str,
    by: Actor,
    at: datetime,
    address: str = "",
    answers_by_on: date | None = None,
) -> Extension:
    """Move the deadline to a later moment, or open it again shortly after its end.

    The reason is public. Who was asked by name and has not answered gets a mail; `address` holds
    "{secret}" ("" points to the first mail). `answers_by_on` is another promised day (None: as it
    was). Raises Refused for an earlier or past deadline, without a reason, or too long after it.
    """
    require(by, "consultation.open")
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("strategy")
    consultation = rows.get(pk=consultation.pk)
    check_extension(consultation, closes_at, reason, at)
    former_end = consultation.ends_at
    consultation.closes_at, consultation.closed_at = closes_at, None
    consultation.answers_by_on = answers_by_on or consultation.answers_by_on
    _check_promise(consultation)
    consultation.save(update_fields=["closes_at", "closed_at", "answers_by_on"])
    extension = Extension.objects.create(
        consultation=consultation, from_at=former_end, to_at=closes_at, reason=reason.strip(), at=at
    )
    _tell(extension, address, by, at)
    return extension


def _check_promise(consultation: Consultation) -> None:
    promised = consultation.answers_by_on
    if promised and promised < localdate(consultation.closes_at):
        raise Refused(
            _("The promised day of the answers lies before the new deadline. Please give another."),
            code="promise",
        )


def _tell(extension: Extension, address: str, by: Actor, at: datetime) -> None:
    consultation = extension.consultation
    waiting = list(waiting_invitations(consultation).exclude(email=""))
    mails = write_to(
        consultation,
        waiting,
        address=address,
        occasion=Occasion.EXTENSION,
        reason=extension.reason,
        at=at,
    )
    record(
        act="consultation.extend_deadline",
        subject=f"consultation:{consultation.slug}",
        by=by,
        at=at,
        data={
            "from": extension.from_at.isoformat(),
            "until": extension.to_at.isoformat(),
            "reason": extension.reason,
            "mails": mails,
        },
    )
