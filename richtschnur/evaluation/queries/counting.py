"""How far the answers are: counted as they stand, or, with very many points, by the worker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncWeek
from django.utils.timezone import localdate

from richtschnur.accounts.models import Office, User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point, Response, Tally
from richtschnur.evaluation.queries.paging import COUNTED, counted
from richtschnur.evaluation.states import ENDED, PointState

WEEKS = 8
PACE = 4  # weeks that the pace is taken from


@dataclass(frozen=True)
class Progress:
    """The number of points in each state.

    Where they are very many, `counted_at` says when the worker counted them; None: just now. What
    it has not counted yet is `is_more` than the numbers say.
    """

    open: int = 0
    draft: int = 0
    handed_in: int = 0
    released: int = 0
    closed: int = 0
    counted_at: datetime | None = None
    is_more: bool = False

    @property
    def total(self) -> int:
        return self.left + self.released + self.closed

    @property
    def left(self) -> int:
        return self.open + self.draft + self.handed_in

    @property
    def done_percent(self) -> int:
        """Whole per cent, 100 only when nothing is left."""
        return 100 * (self.total - self.left) // self.total if self.total else 0


@dataclass(frozen=True)
class Load:
    """Open points of a person or office, and those of them whose day has gone by."""

    assignee: User | None
    office: Office | None
    open: int
    overdue: int


@dataclass(frozen=True)
class Pace:
    """Answers released a week, the oldest week first, and when all would be answered so."""

    weeks: list[tuple[date, int]]
    a_week: float
    done_on: date | None


def by_state(points: QuerySet[Point]) -> list[QuerySet[Point]]:
    """The points in each state, as `progress` counts them."""
    return [points.filter(state=state) for state in PointState]


def progress(
    points: QuerySet[Point],
    consultation: Consultation | None = None,
    numbers: list[int] | None = None,
    tally: dict[str, Any] | None = None,
) -> Progress:
    """The points in each state; one query, another where there are more than it counts.

    `consultation` is given where `points` are all of it, `numbers` where they are counted already,
    `tally` where what the worker counted was asked for already.
    """
    numbers = counted(*by_state(points)) if numbers is None else numbers
    states = dict(zip(PointState.values, numbers, strict=True))
    if max(numbers) <= COUNTED:
        return _progress(states)
    if tally is None and consultation is not None:
        tally = (
            Tally.objects.filter(consultation=consultation).values_list("counts", flat=True).first()
        )
    if not tally or consultation is None:
        return _progress({state: min(n, COUNTED) for state, n in states.items()}, is_more=True)
    return _progress(tally["states"], counted_at=datetime.fromisoformat(tally["at"]))


def _progress(states: Mapping[str, int], **more: Any) -> Progress:
    given: dict[str, Any] = {state: states.get(state, 0) for state in PointState.values}
    return Progress(**given | more)


def load_and_pace(
    consultation: Consultation, left: int, at: datetime, *, is_large: bool
) -> tuple[list[Load], Pace]:
    """Who has how much, and how quickly answers come; from the worker's count where it is large."""
    tally = Tally.objects.filter(consultation=consultation).first() if is_large else None
    if is_large:
        counts: dict[str, Any] = tally.counts if tally else {"weeks": {}, "load": []}
    else:
        counts = {"weeks": weeks_of(consultation, at), "load": load_of(consultation, at)}
    return _loads(counts["load"]), _pace(counts["weeks"], left, localdate(at))


def weeks_of(consultation: Consultation, at: datetime) -> dict[str, int]:
    """Points first answered in each of the last weeks, by its Monday; one query."""
    since = at - timedelta(weeks=WEEKS)
    rows = Response.objects.filter(point__consultation=consultation, released_at__gte=since)
    by_week = rows.order_by().annotate(week=TruncWeek("released_at")).values_list("week")
    return {str(week.date()): n for week, n in by_week.annotate(n=Count("point", distinct=True))}


def load_of(consultation: Consultation, at: datetime) -> list[list[int | None]]:
    """[assignee, office, open points, overdue ones], the longest first; one query."""
    rows = Point.objects.filter(consultation=consultation).exclude(state__in=ENDED)
    waiting = Q(state__in=[PointState.OPEN, PointState.DRAFT])
    overdue = Count("pk", filter=waiting & Q(due_on__lt=localdate(at)))
    grouped = rows.order_by().values_list("assignee", "office")
    return [list(row) for row in grouped.annotate(n=Count("pk"), late=overdue).order_by("-n")]


def count_states(consultation: Consultation) -> dict[str, int]:
    """Exactly, however long it takes; one query."""
    rows = Point.objects.filter(consultation=consultation).order_by().values_list("state")
    return dict(rows.annotate(Count("pk")))


def _loads(rows: list[list[int | None]]) -> list[Load]:
    people = User.objects.in_bulk([row[0] for row in rows if row[0]])
    offices = Office.objects.in_bulk([row[1] for row in rows if row[1]])
    return [
        Load(people.get(who or 0), offices.get(office or 0), n or 0, late or 0)
        for who, office, n, late in rows
    ]


def _pace(weeks: dict[str, int], left: int, today: date) -> Pace:
    monday = today - timedelta(days=today.weekday())
    days = [monday - timedelta(weeks=n) for n in reversed(range(WEEKS))]
    listed = [(day, weeks.get(str(day), 0)) for day in days]
    a_week = sum(n for _monday, n in listed[-PACE:]) / PACE
    done = None
    if a_week and left:
        needed = timedelta(weeks=left / a_week)
        done = today + needed if needed < timedelta(days=3650) else None
    return Pace(listed, a_week, done)
