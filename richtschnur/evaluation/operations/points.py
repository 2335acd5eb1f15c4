"""Points: taken in with the contribution, split, joined, sorted and assigned."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.rules import require
from richtschnur.contributions.models import Comment
from richtschnur.contributions.operations import hold_comment, mark_answered, publish_comment
from richtschnur.evaluation.models import Point, Response, Topic
from richtschnur.evaluation.operations.standing import keep_outcome, log_nothing_to_answer
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import VISITOR, Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record
from richtschnur.journal.queries import leaves_about
from richtschnur.journal.refusals import Refused
from richtschnur.journal.writing import insert


def take_in(entry: JournalEntry) -> None:
    """Make each comment of a new contribution one point, in the act's own transaction."""
    contribution, comments = entry.made
    if not comments:
        log_nothing_to_answer(entry, contribution, VISITOR)
        return
    insert(
        [
            Point(comment=comment, start=0, end=len(comment.text), created_at=entry.at)
            for comment in comments
        ]
    )


def let_go(entry: JournalEntry) -> None:
    """Of an erased contribution nothing is left to answer; answers that were released stay.

    One that was not may repeat its words: its reason goes, too, and its point is closed.
    """
    points = Point.objects.filter(comment__contribution=entry.made)
    points.filter(responses__isnull=True).delete()
    points.update(are_words_public=False)
    unreleased = Response.objects.filter(point__in=points, released_at__isnull=True)
    unreleased.update(reason="")
    unreleased.update(return_note="")
    is_out = Exists(Response.objects.filter(point=OuterRef("pk"), released_at__isnull=False))
    points.filter(is_out).update(state=PointState.RELEASED)
    by = Actor(entry.actor_kind, entry.actor_id, entry.actor_role)
    for point in points.filter(~is_out):
        point.state = PointState.CLOSED
        point.save(update_fields=["state"])
        _record(point, "evaluation.close_point", by, entry.at, {"ground": entry.data["ground"]})


@transaction.atomic
def split_point(*, point: Point, at_character: int, by: Actor, at: datetime) -> tuple[Point, Point]:
    """Cut a point in two at a code point of its comment; both keep topics and assignment.

    Raises Refused when one part would be empty or an answer has been begun.
    """
    require(by, "evaluation.sort")
    point = locked_point(point)
    if point.state != PointState.OPEN:
        raise Refused(_("An answer to this point was begun: it can't be split any more."))
    text = point.comment.text
    first, second = text[point.start : at_character], text[at_character : point.end]
    inside = point.start < at_character < point.end
    if not inside or not first.strip() or not second.strip():
        raise Refused(_("Please choose a place inside the text: both parts need words."))
    new = Point.objects.create(
        comment=point.comment,
        start=at_character,
        end=point.end,
        office=point.office,
        assignee=point.assignee,
        due_on=point.due_on,
        are_words_public=point.are_words_public,
        created_at=at,
    )
    new.topics.set(point.topics.all())
    point.end = at_character
    point.save(update_fields=["end"])
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
    end, former = following.end, following.pk
    following.delete()
    point.end = end
    point.save(update_fields=["end"])
    _record(point, "evaluation.join_points", by, at, {"former": former})
    return point


@transaction.atomic
def tag_point(*, point: Point, topics: Sequence[str], by: Actor, at: datetime) -> Point:
    """Set a point's topics by name; new names join the paper's list."""
    require(by, "evaluation.sort")
    point = locked_point(point)
    strategy = point.comment.contribution.consultation.strategy
    names = list(dict.fromkeys(name.strip()[:80] for name in topics if name.strip()))
    rows = [Topic.objects.get_or_create(strategy=strategy, name=name)[0] for name in names]
    point.topics.set(rows)
    _record(point, "evaluation.tag_point", by, at, {"topics": [row.pk for row in rows]})
    return point


@transaction.atomic
def assign_point(
    *,
    point: Point,
    by: Actor,
    at: datetime,
    office: Office | None = None,
    assignee: User | None = None,
    due_on: date | None = None,
) -> Point:
    """Give a point to an office or a person until a day; None takes it back."""
    require(by, "evaluation.sort")
    point = locked_point(point)
    point.office, point.assignee, point.due_on = office, assignee, due_on
    point.save(update_fields=["office", "assignee", "due_on"])
    data: dict[str, object] = {
        "office": office.pk if office else None,
        "assignee": assignee.pk if assignee else None,
        "due": str(due_on) if due_on else None,
    }
    _record(point, "evaluation.assign_point", by, at, data)
    return point


@transaction.atomic
def clear_words(*, point: Point, are_public: bool, by: Actor, at: datetime) -> Point:
    """Publish the comment that a point was cut from, or hold it again.

    The publication of contributions is the one that decides; its act moves the points.
    """
    require(by, "evaluation.clear")
    point = locked_point(point)
    if are_public and not point.are_words_public:
        publish_comment(comment=point.comment, by=by, at=at)
    elif not are_public:
        hold_comment(comment=point.comment, by=by, at=at)
    point.refresh_from_db(fields=["are_words_public"])
    return point


def follow_publication(entry: JournalEntry) -> None:
    """The words of all points of a comment are shown to everyone, or to nobody any more."""
    points = Point.objects.filter(comment=entry.data["comment"])
    is_public = entry.act == "contributions.publish_comment"
    points.update(are_words_public=is_public)
    comment = Comment.objects.select_related("contribution").get(pk=entry.data["comment"])
    if is_public:
        say_if_answered(comment)
    by = Actor(entry.actor_kind, entry.actor_id, entry.actor_role)
    contribution = comment.contribution
    keep_outcome(contribution, leaves_about(contribution.subject), by, entry.at)


def say_if_answered(comment: Comment) -> None:
    """Tell the public list once every point of a comment has an answer that is out."""
    points = Point.objects.filter(comment=comment)
    answer = Response.objects.filter(point=OuterRef("pk"), released_at__isnull=False)
    if points.exists() and not points.filter(~Exists(answer)).exists():
        mark_answered(comment=comment, is_answered=True)


def locked_point(point: Point) -> Point:
    """The point as it stands, held until the act ends. Raises Refused when it was joined away."""
    rows = Point.objects.select_for_update(of=("self",))
    rows = rows.select_related("comment__contribution__consultation__strategy")
    found = rows.filter(pk=point.pk).first()
    if found is None:
        raise Refused(
            _("There is no such point any more; perhaps it was joined with the one before it."),
            code="not-found",
        )
    return found


def _record(point: Point, act: str, by: Actor, at: datetime, data: dict[str, object]) -> None:
    record(act=act, subject=f"point:{point.pk}", by=by, at=at, data=data)
