"""A point is passed on to another body, and what that body replied is added."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import Forwarding, ForwardReply, Point, ReadingAid, Response
from richtschnur.evaluation.operations.holding import locked_points
from richtschnur.evaluation.operations.telling import tell_of_reply
from richtschnur.evaluation.rules import check_may_answer
from richtschnur.evaluation.states import Decision
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def pass_on(
    *,
    point: Point,
    receiver: str,
    channel: str,
    forwarded_on: date,
    author: User,
    by: Actor,
    at: datetime,
) -> Forwarding:
    """Say to whom a point went, on which day, which way; of a group it goes for all.

    Said once more it corrects what was said. Raises Refused where the answer is another one, or
    for a day that can't be.
    """
    held = locked_points([point])
    for each in held:
        check_may_answer(each, by, author.office_id)
        _check_decision(each)
        _check_day(forwarded_on, each, at)
    if not receiver.strip():
        raise Refused(_("Please say to whom it was passed on."), code="receiver")
    for each in held:
        Forwarding.objects.update_or_create(
            point=each,
            defaults={
                "receiver": receiver.strip(),
                "channel": channel,
                "forwarded_on": forwarded_on,
                "recorded_at": at,
                "recorded_by": author,
            },
        )
        data = {"on": forwarded_on.isoformat(), "channel": channel}
        record(act="evaluation.pass_on", subject=f"point:{each.pk}", by=by, at=at, data=data)
    return Forwarding.objects.get(point=point)


@transaction.atomic
def add_reply(
    *, point: Point, text: str, replied_on: date, author: User, by: Actor, at: datetime
) -> ForwardReply:
    """Add what the other body replied; whoever sent the point reads it and is told by mail."""
    held = locked_points([point])
    for each in held:
        check_may_answer(each, by, author.office_id)
    forwarded = {row.point_id: row for row in Forwarding.objects.filter(point__in=held)}
    if point.pk not in forwarded:
        raise Refused(_("Please say first when it was passed on."))
    words = check_text(text).strip()
    if not words:
        raise Refused(_("Please write what was replied."), code="text")
    for row in forwarded.values():
        if not row.forwarded_on <= replied_on <= localtime(at).date():
            raise Refused(
                _("A reply comes after the point was passed on, and not in the future."),
                code="replied_on",
            )
    replies = ForwardReply.objects.bulk_create(
        ForwardReply(
            forwarding=row, text=words, replied_on=replied_on, recorded_at=at, recorded_by=author
        )
        for row in forwarded.values()
    )
    for each in held:
        record(act="evaluation.add_reply", subject=f"point:{each.pk}", by=by, at=at)
        tell_of_reply(each, at)
    return next(r for r in replies if r.forwarding_id == forwarded[point.pk].pk)


def forget_aside(entry: JournalEntry) -> None:
    """With an erased contribution go replies and reading aids: they may repeat its words."""
    points = Point.objects.filter(comment__contribution=entry.made)
    Forwarding.objects.filter(point__in=points).delete()
    ReadingAid.objects.filter(point__in=points).delete()


def _check_decision(point: Point) -> None:
    last = Response.objects.filter(point=point).order_by("-version").first()
    if last is None or last.decision != Decision.NOT_RESPONSIBLE:
        raise Refused(
            _("Only a point whose answer says that it is not the county's task is passed on."),
            code="decision",
        )


def _check_day(day: date, point: Point, at: datetime) -> None:
    came = localtime(point.comment.contribution.received_at).date()
    if not came <= day <= localtime(at).date():
        raise Refused(
            _("Please name a day after the receipt, and not in the future."), code="forwarded_on"
        )
