"""A workshop: one person types for many; at the end each remark is a contribution of its own."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Remark, Workshop
from richtschnur.contributions.operations.submission import (
    NewComment,
    Person,
    submit_contribution,
)
from richtschnur.contributions.rules import check_text
from richtschnur.contributions.states import Channel, Kind
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage


def screen_key(workshop: Workshop) -> str:
    """The secret in the address of the screen (160 bits); made anew, stored nowhere."""
    key = settings.SECRET_KEY.encode()
    said = f"workshop:{workshop.pk}:{workshop.opened_at.astimezone(UTC).isoformat()}"
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()[:40]


@transaction.atomic
def open_workshop(
    *, consultation: Consultation, name: str, held_on: date, by: Actor, at: datetime
) -> Workshop:
    """Begin to type for many."""
    require(by, "contributions.record")
    workshop = Workshop.objects.create(
        consultation=consultation, name=name.strip(), held_on=held_on, opened_at=at
    )
    record(act="contributions.open_workshop", subject=f"workshop:{workshop.pk}", by=by, at=at)
    return workshop


@transaction.atomic
def write_remark(
    *,
    workshop: Workshop,
    text: str,
    key: str,
    by: Actor,
    at: datetime,
    passage: Passage | None = None,
    speaker: str = "",
) -> Remark:
    """Note what somebody says; `key` stood in the form, so that a second click adds nothing."""
    require(by, "contributions.record")
    _running(workshop)
    text = check_text(text).strip()
    if not text:
        raise Refused(_("There is no comment yet. Please write at least one."), code="empty")
    remark, _is_new = Remark.objects.get_or_create(
        workshop=workshop,
        key=key[:64],
        defaults={"passage": passage, "text": text, "speaker": speaker, "written_at": at},
    )
    return remark


@transaction.atomic
def strike_remark(*, remark: Remark, by: Actor) -> None:
    """Take back what was noted wrongly, before the end."""
    require(by, "contributions.record")
    _running(remark.workshop)
    remark.delete()


@transaction.atomic
def end_workshop(*, workshop: Workshop, by: Actor, at: datetime) -> int:
    """Submit all remarks, each as a contribution by the way "event"; says how many.

    One transaction: either all are contributions, or none is. A second end changes nothing.
    """
    require(by, "contributions.record")
    locked = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if locked.ended_at is not None:
        return 0
    remarks = list(locked.remarks.select_related("passage").order_by("pk"))
    for remark in remarks:
        submit_contribution(
            consultation=workshop.consultation,
            comments=[NewComment(remark.text, remark.passage)],
            kind=Kind.OTHER,
            idempotency_key=f"workshop:{workshop.pk}:{remark.pk}",
            person=Person(remark.speaker, workshop.name),
            channel=Channel.EVENT,
            received_at=remark.written_at,
            by=by,
            at=at,
        )
    Remark.objects.filter(workshop=locked).delete()
    Workshop.objects.filter(pk=workshop.pk).update(ended_at=at, remark_count=len(remarks))
    record(
        act="contributions.end_workshop",
        subject=f"workshop:{workshop.pk}",
        by=by,
        at=at,
        data={"contributions": len(remarks)},
    )
    return len(remarks)


def _running(workshop: Workshop) -> None:
    found = Workshop.objects.select_for_update().get(pk=workshop.pk)
    if found.ended_at is not None:
        raise Refused(_("This workshop has ended; its remarks are contributions now."))
