"""The desk's list of points: filters that are addresses, one point with its neighbours, counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Substr
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.rules import check_may_answer
from richtschnur.evaluation.states import ENDED, PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.ui.numbers import whole_number

LEFT = "left"
WHOLE_PAPER = 0
LONGEST_SEARCH = 200
_ARRIVAL = (
    "comment__contribution__received_at",
    "comment__contribution_id",
    "comment__position",
    "start",
)


@dataclass(frozen=True)
class PointFilter:
    """What the list shows. `passage` is a passage's number, 0 the whole paper; `section` a key.

    `order` is "received" or "passage". What an address holds beyond that is passed over.
    """

    state: str = ""
    office: int | None = None
    topic: int | None = None
    passage: int | None = None
    section: int | None = None
    group: int | None = None
    q: str = ""
    mine: bool = False
    order: str = "received"

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> PointFilter:
        """The filter that an address asks for."""
        state = str(given.get("state") or "")
        return cls(
            state=state if state == LEFT or state in PointState.values else "",
            office=whole_number(given.get("office")),
            topic=whole_number(given.get("topic")),
            passage=whole_number(given.get("passage")),
            section=whole_number(given.get("section")),
            group=whole_number(given.get("group")),
            q=str(given.get("q") or "").replace("\x00", "").strip()[:LONGEST_SEARCH],
            mine=bool(given.get("mine")),
            order="passage" if given.get("order") == "passage" else "received",
        )

    def query(self, **other: Any) -> str:
        """The filter as an address's query, perhaps with some parts set otherwise."""
        parts = {
            "state": self.state,
            "office": self.office,
            "topic": self.topic,
            "passage": self.passage,
            "section": self.section,
            "group": self.group,
            "q": self.q,
            "mine": "1" if self.mine else "",
            "order": self.order if self.order != "received" else "",
        } | other
        return urlencode({name: v for name, v in parts.items() if v not in ("", None)})

    @property
    def is_narrow(self) -> bool:
        """Whether more than the state narrows the list."""
        return bool(PointFilter(state=self.state, order=self.order).query() != self.query())


@dataclass(frozen=True)
class Progress:
    """How far the answers are: the number of points in each state."""

    open: int
    draft: int
    handed_in: int
    released: int
    closed: int

    @property
    def total(self) -> int:
        return self.left + self.released + self.closed

    @property
    def left(self) -> int:
        return self.open + self.draft + self.handed_in


@dataclass(frozen=True)
class Window:
    """The points around one in the list, itself included, and its neighbours."""

    points: list[Point]
    before: Point | None
    after: Point | None


def visible_points(consultation: Consultation, user: User, by: Actor) -> QuerySet[Point]:
    """All points of a consultation that this person works on; a department only its own."""
    points = Point.objects.filter(comment__contribution__consultation=consultation)
    return points if may(by, "evaluation.answer_any") else points.filter(_assigned_to(user))


def points_of(
    consultation: Consultation, user: User, by: Actor, chosen: PointFilter
) -> QuerySet[Point]:
    """The list: visible points, filtered and in order, with all that a row shows.

    Of a group its first point stands for all, unless the group or words are asked for.
    """
    points = _narrowed(visible_points(consultation, user, by), user, chosen)
    if chosen.group is None and not chosen.q:
        points = points.filter(
            ~Exists(points.filter(group=OuterRef("group"), pk__lt=OuterRef("pk")))
        )
    return _in_order(points, chosen.order).select_related(
        "comment__contribution__sender",
        "comment__passage__section",
        "comment__question",
        "section",
        "office",
        "assignee",
        "group",
    )


def progress(points: QuerySet[Point]) -> Progress:
    """The points in each state. One query."""
    counted = dict(points.order_by().values_list("state").annotate(Count("pk")))
    return Progress(**{state: counted.get(state, 0) for state in PointState.values})


def point_of(consultation: Consultation, pk: int, user: User, by: Actor) -> Point:
    """One point, with all that its page shows. Raises Refused when it is none or not hers."""
    rows = Point.objects.select_related(
        "comment__contribution__sender",
        "comment__passage__section",
        "comment__question",
        "section",
        "office",
        "assignee",
        "group",
    )
    found = rows.filter(pk=pk, comment__contribution__consultation=consultation).first()
    if found is None:
        raise Refused(
            _("There is no such point any more; perhaps it was joined with the one before it."),
            code="not-found",
        )
    check_may_answer(found, by, user.office_id)
    found.comment.contribution.consultation = consultation
    return found


def window(
    listed: QuerySet[Point], point: Point, order: str, *, before: int = 3, after: int = 20
) -> Window:
    """The part of a list around one point, which need not fit the filter any more. Two queries."""
    keys, values = _keys(order), _place(point, order)
    backwards = [f"-{key}" for key in keys]
    earlier = list(listed.filter(_beyond(keys, values, "lt")).order_by(*backwards)[:before])
    later = list(listed.filter(_beyond(keys, values, "gt"))[:after])
    return Window(
        [*reversed(earlier), point, *later],
        earlier[0] if earlier else None,
        later[0] if later else None,
    )


def points_beside(point: Point) -> list[Point]:
    """All points of the same comment, in its order, itself included."""
    points = list(Point.objects.filter(comment_id=point.comment_id).order_by("start"))
    for each in points:
        each.comment = point.comment
    return points


def points_in(contribution: Contribution, visible: QuerySet[Point]) -> list[Point]:
    """The points of one contribution, in its order."""
    points = visible.filter(comment__contribution=contribution).select_related("comment__passage")
    return list(points.order_by("comment__position", "start"))


def _assigned_to(user: User) -> Q:
    mine = Q(assignee=user)
    return mine | Q(office=user.office_id) if user.office_id else mine


def _narrowed(points: QuerySet[Point], user: User, chosen: PointFilter) -> QuerySet[Point]:
    if chosen.state == LEFT:
        points = points.exclude(state__in=ENDED)
    elif chosen.state:
        points = points.filter(state=chosen.state)
    if chosen.passage is not None:
        whole = chosen.passage == WHOLE_PAPER
        wanted = Q(comment__passage=None) if whole else Q(comment__passage__number=chosen.passage)
        points = points.filter(wanted)
    if chosen.section is not None:
        there = Q(comment__passage__section=chosen.section) | Q(section=chosen.section)
        points = points.filter(there)
    if chosen.group is not None:
        points = points.filter(group=chosen.group)
    if chosen.office is not None:
        points = points.filter(office=chosen.office)
    if chosen.topic is not None:
        points = points.filter(topics=chosen.topic)
    if chosen.mine:
        points = points.filter(_assigned_to(user))
    return _searched(points, chosen.q) if chosen.q else points


def _searched(points: QuerySet[Point], words: str) -> QuerySet[Point]:
    length = F("end") - F("start")
    points = points.annotate(words=Substr("comment__text", F("start") + 1, length))
    return points.filter(
        Q(words__icontains=words)
        | Q(comment__contribution__number__iexact=words)
        | Q(comment__contribution__sender__name__icontains=words)
        | Q(comment__contribution__sender__organisation__icontains=words)
    )


def _keys(order: str) -> tuple[str, ...]:
    return ("place", *_ARRIVAL) if order == "passage" else _ARRIVAL


def _in_order(points: QuerySet[Point], order: str) -> QuerySet[Point]:
    if order == "passage":
        points = points.annotate(place=Coalesce("comment__passage__position", WHOLE_PAPER))
    return points.order_by(*_keys(order))


def _place(point: Point, order: str) -> tuple[Any, ...]:
    comment = point.comment
    passage = comment.passage.position if comment.passage else WHOLE_PAPER
    arrival = (
        comment.contribution.received_at,
        comment.contribution_id,
        comment.position,
        point.start,
    )
    return (passage, *arrival) if order == "passage" else arrival


def _beyond(keys: tuple[str, ...], values: tuple[Any, ...], side: str) -> Q:
    """What stands beyond a place in the order of several keys."""
    beyond, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        beyond |= equal & Q(**{f"{key}__{side}": value})
        equal &= Q(**{key: value})
    return beyond
