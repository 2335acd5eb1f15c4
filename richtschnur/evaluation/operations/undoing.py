"""Taking back the last act on points: each kind of act knows its reverse.

What was said and every version of an answer stay; only what the act had set is set back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.evaluation.models import Group, Point, Response
from richtschnur.evaluation.operations.holding import locked_points, recount
from richtschnur.evaluation.operations.indexing import forget_points, index_again
from richtschnur.evaluation.queries.undoing import LastAct, key_of, last_act
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record_each
from richtschnur.journal.refusals import Refused


@transaction.atomic
def undo_last_act(*, uid: str, by: Actor, at: datetime) -> LastAct:
    """Take back what this person did last, if it is the act that she was shown (`uid`).

    All of it or nothing. Raises Refused when somebody has gone on from it, or it was too long ago.
    """
    require(by, "evaluation.undo")
    act = last_act(by, at)
    if act is None or str(act.entries[0].uid) != uid:
        raise Refused(
            _("This can't be undone any more: too much time has gone by, or work has gone on."),
            code="stale",
        )
    held = locked_points(Point.objects.filter(pk__in=[key_of(e) for e in act.entries]))
    if last_act(by, at) != act:  # somebody came first while we waited for the points
        raise Refused(_("Somebody has just gone on from here. Nothing was undone."), code="stale")
    here = {point.pk: point for point in held}
    _REVERSES[act.name]([(here[key_of(entry)], entry) for entry in act.entries], at)
    about = [(e.subject, {"of": str(e.uid), "act": e.act}) for e in act.entries]
    record_each(act="evaluation.undo", by=by, at=at, about=about)
    return act


Done = Sequence[tuple[Point, JournalEntry]]


def _untag(done: Done, at: datetime) -> None:
    links = Point.topics.through.objects
    links.filter(point__in=[point.pk for point, _entry in done]).delete()
    links.bulk_create(
        links.model(point=point, topic_id=topic)
        for point, entry in done
        for topic in entry.data["before"]
    )


def _unassign(done: Done, at: datetime) -> None:
    for point, entry in done:
        _give(point, entry.data["before"])
    Point.objects.bulk_update(
        [point for point, _entry in done], ["office", "assignee", "due_on"], batch_size=200
    )


def _ungroup(done: Done, at: datetime) -> None:
    """Whole groups that had joined become groups again."""
    former: defaultdict[int | None, list[Point]] = defaultdict(list)
    for point, entry in done:
        former[entry.data["before"]].append(point)
    joined = {point.group_id for point, _entry in done if point.group_id}
    for number, points in former.items():
        group = _new_group(points[0], at) if number else None
        Point.objects.filter(pk__in=[point.pk for point in points]).update(group=group)
        recount({group.pk} if group else ())
    recount(joined)


def _regroup(done: Done, at: datetime) -> None:
    first = done[0][0]
    group = Group.objects.filter(pk=done[0][1].data["group"]).first() or _new_group(first, at)
    Point.objects.filter(pk__in=[point.pk for point, _entry in done]).update(group=group)
    recount([group.pk])


def _rejoin(done: Done, at: datetime) -> None:
    ((point, entry),) = done
    second = Point.objects.get(pk=entry.data["new"])
    point.end = second.end
    second.delete()
    point.save(update_fields=["end"])
    forget_points(point.consultation, [entry.data["new"]])
    index_again([point])


def _resplit(done: Done, at: datetime) -> None:
    ((point, entry),) = done
    border, end = entry.data["at"], point.end
    point.end = border
    point.save(update_fields=["end"])
    new = Point(
        comment=point.comment,
        consultation=point.consultation,
        received_at=point.received_at,
        stands_at=point.stands_at,
        start=border,
        end=end,
        are_words_public=point.are_words_public,
        created_at=at,
    )
    _give(new, entry.data["before"])
    new.save()
    new.topics.set(entry.data["before"]["topics"])
    index_again([point])


def _take_back(done: Done, at: datetime) -> None:
    for point, entry in done:
        Response.objects.filter(point=point, version=entry.data["version"]).update(taken_back_at=at)
        point.state = entry.data["before"]
    Point.objects.bulk_update([point for point, _entry in done], ["state"], batch_size=200)


_REVERSES: dict[str, Callable[[Done, datetime], None]] = {
    "evaluation.tag_point": _untag,
    "evaluation.assign_point": _unassign,
    "evaluation.group_points": _ungroup,
    "evaluation.ungroup_point": _regroup,
    "evaluation.split_point": _rejoin,
    "evaluation.join_points": _resplit,
    "evaluation.write_response": _take_back,
}


def _give(point: Point, before: dict[str, Any]) -> None:
    point.office_id, point.assignee_id = before["office"], before["assignee"]
    point.due_on = date.fromisoformat(before["due"]) if before["due"] else None


def _new_group(point: Point, at: datetime) -> Group:
    return Group.objects.create(consultation=point.consultation, made_at=at)
