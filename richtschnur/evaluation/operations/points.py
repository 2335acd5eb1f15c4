"""Points: taken in with the contribution, split, joined, sorted and assigned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.rules import require
from richtschnur.contributions.models import Comment
from richtschnur.contributions.operations import hold_comment, mark_answered, publish_comment
from richtschnur.evaluation.models import Point, Response, Topic
from richtschnur.evaluation.operations.asking.ending import let_go_of_advice
from richtschnur.evaluation.operations.before import assignment_of, topics_before
from richtschnur.evaluation.operations.holding import locked_point, locked_points, recount
from richtschnur.evaluation.operations.indexing import forget_points
from richtschnur.evaluation.operations.standing import keep_outcome, log_nothing_to_answer
from richtschnur.evaluation.operations.standing_for import forget_topic_words
from richtschnur.evaluation.operations.suggesting import forget_read, learn_later
from richtschnur.evaluation.operations.summing_up import forget_summaries
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import VISITOR, Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record, record_each
from richtschnur.journal.queries import leaves_about
from richtschnur.journal.writing import insert


def take_in(entry: JournalEntry) -> None:
    """Make each comment of a new contribution one point, in the act's own transaction."""
    contribution, comments = entry.made
    if not comments:
        log_nothing_to_answer(entry, contribution, VISITOR)
        return
    insert(
        [
            Point(
                comment=comment,
                consultation_id=contribution.consultation_id,
                received_at=contribution.received_at,
                stands_at=comment.passage.position if comment.passage else 0,
                start=0,
                end=len(comment.text),
                created_at=entry.at,
            )
            for comment in comments
        ]
    )


def let_go(entry: JournalEntry) -> None:
    """Of an erased contribution nothing is left to answer; answers that were released stay.

    One that was not may repeat its words: its reason goes, too, and its point is closed. So are
    points about which others were asked, whose advice goes as well.
    """
    points = Point.objects.filter(comment__contribution=entry.made)
    groups = set(points.filter(group__isnull=False).values_list("group", flat=True))
    let_go_of_advice(points, entry)
    forget_points(entry.made.consultation, points.values_list("pk", flat=True))
    forget_topic_words(entry.made.consultation)
    forget_summaries(entry.made.consultation, points.values_list("pk", flat=True))
    points.filter(responses__isnull=True, advices__isnull=True).delete()
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
    return tag_each(locked_points(points), topics=topics, adds=adds, by=by, at=at)


def tag_each(
    held: list[Point], *, topics: Sequence[str], adds: bool, by: Actor, at: datetime
) -> list[Point]:
    """The same to points that are held."""
    strategy = held[0].comment.contribution.consultation.strategy
    names = list(dict.fromkeys(name.strip()[:80] for name in topics if name.strip()))
    rows = [Topic.objects.get_or_create(strategy=strategy, name=name)[0] for name in names]
    links = Point.topics.through.objects
    before = topics_before(held)
    if not adds:
        links.filter(point__in=held).delete()
    links.bulk_create(
        [links.model(point=point, topic=topic) for point in held for topic in rows],
        ignore_conflicts=True,
    )
    keys = [row.pk for row in rows]
    about = [
        (f"point:{point.pk}", {"topics": keys, "adds": adds, "before": before[point.pk]})
        for point in held
    ]
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
    assign_each(
        held,
        office=office.pk if office else None,
        assignee=assignee.pk if assignee else None,
        due_on=due_on,
        by=by,
        at=at,
    )
    for point in held:
        point.office, point.assignee, point.due_on = office, assignee, due_on
    return held


def assign_each(
    held: list[Point],
    *,
    office: int | None,
    assignee: int | None,
    due_on: date | None,
    by: Actor,
    at: datetime,
) -> None:
    """The same to points that are held, with the keys of office and person."""
    before = {point.pk: assignment_of(point) for point in held}
    Point.objects.filter(pk__in=[point.pk for point in held]).update(
        office=office, assignee=assignee, due_on=due_on
    )
    data = {"office": office, "assignee": assignee, "due": str(due_on) if due_on else None}
    about = [(f"point:{point.pk}", data | {"before": before[point.pk]}) for point in held]
    record_each(act="evaluation.assign_point", by=by, at=at, about=about)


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


def _record(point: Point, act: str, by: Actor, at: datetime, data: dict[str, object]) -> None:
    record(act=act, subject=f"point:{point.pk}", by=by, at=at, data=data)
