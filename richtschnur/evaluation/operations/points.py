"""Points: taken in with the contribution, split, joined, sorted and assigned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.rules import require
from richtschnur.contributions.models import Comment
from richtschnur.contributions.operations import hold_comment, mark_answered, publish_comment
from richtschnur.evaluation.models import Group, Point, Response, Topic
from richtschnur.evaluation.operations.standing import keep_outcome, log_nothing_to_answer
from richtschnur.evaluation.operations.suggesting import forget_read, learn_later
from richtschnur.evaluation.rules import AT_ONCE
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import VISITOR, Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record, record_each
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
    groups = set(points.filter(group__isnull=False).values_list("group", flat=True))
    points.filter(responses__isnull=True).delete()
    points.update(group=None)
    recount(groups)
    points.update(are_words_public=False)
    forget_read(points.values_list("pk", flat=True))
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
    if point.group_id:
        raise Refused(_("Please take this point out of its group first."))
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
        section=point.section,
        are_words_public=point.are_words_public,
        created_at=at,
    )
    new.topics.set(point.topics.all())
    forget_read([point.pk])
    learn_later(consultation=point.comment.contribution.consultation, at=at)
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
    if point.group_id or following.group_id:
        raise Refused(_("Please take this point out of its group first."))
    end, former = following.end, following.pk
    following.delete()
    point.end = end
    point.save(update_fields=["end"])
    forget_read([point.pk])
    learn_later(consultation=point.comment.contribution.consultation, at=at)
    _record(point, "evaluation.join_points", by, at, {"former": former})
    return point


def tag_point(*, point: Point, topics: Sequence[str], by: Actor, at: datetime) -> Point:
    """Set the topics of a point, and of all that are grouped with it, by name."""
    tag_points(points=[point], topics=topics, by=by, at=at)
    return point


@transaction.atomic
def tag_points(
    *,
    points: Iterable[Point],
    topics: Sequence[str],
    by: Actor,
    at: datetime,
    adds: bool = False,
) -> list[Point]:
    """Set the points' topics by name, or add to those that they have; new names join the list."""
    require(by, "evaluation.sort")
    held = locked_points(points)
    strategy = held[0].comment.contribution.consultation.strategy
    names = list(dict.fromkeys(name.strip()[:80] for name in topics if name.strip()))
    rows = [Topic.objects.get_or_create(strategy=strategy, name=name)[0] for name in names]
    links = Point.topics.through.objects
    if not adds:
        links.filter(point__in=held).delete()
    links.bulk_create(
        [links.model(point=point, topic=topic) for point in held for topic in rows],
        ignore_conflicts=True,
    )
    keys = [row.pk for row in rows]
    about = [(f"point:{point.pk}", {"topics": keys, "adds": adds}) for point in held]
    record_each(act="evaluation.tag_point", by=by, at=at, about=about)
    learn_later(consultation=held[0].comment.contribution.consultation, at=at)
    return held


def assign_point(*, point: Point, by: Actor, at: datetime, **given: Any) -> Point:
    """Give a point, and all that are grouped with it, to an office or a person until a day."""
    held = assign_points(points=[point], by=by, at=at, **given)
    return next(each for each in held if each.pk == point.pk)


@transaction.atomic
def assign_points(
    *,
    points: Iterable[Point],
    by: Actor,
    at: datetime,
    office: Office | None = None,
    assignee: User | None = None,
    due_on: date | None = None,
) -> list[Point]:
    """Give points to an office or a person until a day; None takes them back."""
    require(by, "evaluation.sort")
    held = locked_points(points)
    Point.objects.filter(pk__in=[point.pk for point in held]).update(
        office=office, assignee=assignee, due_on=due_on
    )
    for point in held:
        point.office, point.assignee, point.due_on = office, assignee, due_on
    data: dict[str, Any] = {
        "office": office.pk if office else None,
        "assignee": assignee.pk if assignee else None,
        "due": str(due_on) if due_on else None,
    }
    about = [(f"point:{point.pk}", data) for point in held]
    record_each(act="evaluation.assign_point", by=by, at=at, about=about)
    return held


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


def recount(groups: Iterable[int]) -> None:
    """Groups know how many points they have; one of fewer than two is none any more."""
    for group in Group.objects.filter(pk__in=list(groups)).annotate(n=Count("points")):
        if group.n < 2:
            group.delete()
        else:
            Group.objects.filter(pk=group.pk).update(size=group.n)


def locked_point(point: Point) -> Point:
    """The point as it stands, held until the act ends. Raises Refused when it was joined away."""
    return _held([point.pk], Q(pk=point.pk))[0]


def locked_points(points: Iterable[Point]) -> list[Point]:
    """These points and all that are grouped with them, held until the act ends.

    Raises Refused when one was joined away, or they are more than one act may hold.
    """
    keys = [point.pk for point in points]
    grouped = Point.objects.filter(pk__in=keys, group__isnull=False)
    return _held(keys, Q(pk__in=keys) | Q(group__in=set(grouped.values_list("group", flat=True))))


def _held(keys: Sequence[int], which: Q) -> list[Point]:
    rows = Point.objects.select_for_update(of=("self",)).filter(which).order_by("pk")
    rows = rows.select_related(
        "comment__contribution__consultation__strategy", "comment__contribution__sender"
    )
    found = list(rows[: AT_ONCE + 1])
    if len(found) > AT_ONCE:
        raise Refused(
            _("These are more than %(n)d points. Please narrow the list and go on in parts.")
            % {"n": AT_ONCE},
            code="too-many",
        )
    if not found or not {point.pk for point in found}.issuperset(keys):
        raise Refused(
            _("There is no such point any more; perhaps it was joined with the one before it."),
            code="not-found",
        )
    return found


def _record(point: Point, act: str, by: Actor, at: datetime, data: dict[str, object]) -> None:
    record(act=act, subject=f"point:{point.pk}", by=by, at=at, data=data)
