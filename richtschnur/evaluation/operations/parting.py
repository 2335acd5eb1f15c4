"""Points are split and joined: their borders move, what was said stays whole."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations.before import sorting_of
from richtschnur.evaluation.operations.holding import locked_point
from richtschnur.evaluation.operations.indexing import forget_points, index_again
from richtschnur.evaluation.operations.suggesting import forget_read, learn_later
from richtschnur.evaluation.rules import check_not_asked
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def split_point(*, point: Point, at_character: int, by: Actor, at: datetime) -> tuple[Point, Point]:
    """Cut a point in two at a code point of its comment; both keep topics and assignment.

    Raises Refused when one part would be empty or an answer has been begun.
    """
    require(by, "evaluation.sort")
    point = locked_point(point)
    if point.state != PointState.OPEN:
        raise Refused(_("An answer to this point was begun: it can't be split any more."))
    if point.group_id:
        raise Refused(_("Please take this point out of its group first."))
    text = point.comment.text
    check_not_asked([point])
    first, second = text[point.start : at_character], text[at_character : point.end]
    inside = point.start < at_character < point.end
    if not inside or not first.strip() or not second.strip():
        raise Refused(_("Please choose a place inside the text: both parts need words."))
    new = Point.objects.create(
        comment=point.comment,
        consultation=point.consultation,
        received_at=point.received_at,
        stands_at=point.stands_at,
        start=at_character,
        end=point.end,
        office=point.office,
        assignee=point.assignee,
        due_on=point.due_on,
        place=point.place,
        section=point.section,
        are_words_public=point.are_words_public,
        created_at=at,
    )
    new.topics.set(point.topics.all())
    forget_read([point.pk])
    learn_later(consultation=point.comment.contribution.consultation, at=at)
    point.end = at_character
    point.save(update_fields=["end"])
    index_again([point])
    _record(point, "evaluation.split_point", by, at, {"new": new.pk, "at": at_character})
    return point, new


@transaction.atomic
def join_points(*, point: Point, by: Actor, at: datetime) -> Point:
    """Join a point with the one that follows it in the same comment, if neither is answered."""
    require(by, "evaluation.sort")
    point = locked_point(point)
    rows = Point.objects.select_for_update(of=("self",))
    following = rows.filter(comment=point.comment, start=point.end).first()
    if following is None:
        raise Refused(_("No point follows this one in the same comment."))
    if point.state != PointState.OPEN or following.state != PointState.OPEN:
        raise Refused(_("An answer was begun: these points can't be joined any more."))
    if point.group_id or following.group_id:
        raise Refused(_("Please take this point out of its group first."))
    check_not_asked([point, following])
    border, end, before = following.start, following.end, sorting_of(following)
    former = following.pk
    following.delete()
    point.end = end
    point.save(update_fields=["end"])
    forget_read([point.pk])
    learn_later(consultation=point.comment.contribution.consultation, at=at)
    forget_points(point.consultation, [former])
    index_again([point])
    data = {"former": former, "at": border, "before": before}
    _record(point, "evaluation.join_points", by, at, data)
    return point


def _record(point: Point, act: str, by: Actor, at: datetime, data: dict[str, object]) -> None:
    record(act=act, subject=f"point:{point.pk}", by=by, at=at, data=data)
