"""Who has how much: the points that wait for an answer, by person and office."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet

from richtschnur.accounts.models import Deputy, Office, User
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.states import PointState


@dataclass(frozen=True)
class Load:
    """What one person or office has: `open` points, so many `overdue`, the next due day.

    Neither person nor office: what is given to nobody. `deputies` stand in for her today.
    """

    person: User | None
    office: Office | None
    open: int
    overdue: int
    next_on: date | None
    deputies: tuple[Deputy, ...] = ()


def loads(points: QuerySet[Point], on: date) -> list[Load]:
    """Of these points those that wait for an answer, by who has them; who is late comes first.

    What is given to an office and to a person counts as the person's. Four queries.
    """
    waiting = points.filter(state__in=[PointState.OPEN, PointState.DRAFT]).order_by()
    late, to_come = Q(due_on__lt=on), Q(due_on__gte=on)
    counted = waiting.values_list("assignee", "office").annotate(
        open=Count("pk"),
        overdue=Count("pk", filter=late),
        next_on=Min("due_on", filter=to_come),
    )
    rows: dict[tuple[int, int], _Count] = {}
    for assignee, office, count, overdue, next_on in counted:
        key = (assignee or 0, 0 if assignee else office or 0)
        rows[key] = rows.get(key, _Count()).with_more(count, overdue, next_on)
    people = User.objects.select_related("office").in_bulk([p for p, _o in rows if p])
    offices = Office.objects.in_bulk([o for _p, o in rows if o])
    deputies = _deputies(list(people), on)
    found = [
        Load(
            people.get(person),
            offices.get(office),
            count.open,
            count.overdue,
            count.next_on,
            tuple(deputies.get(person, ())),
        )
        for (person, office), count in rows.items()
    ]
    return sorted(found, key=lambda load: (-load.overdue, -load.open, str(load.person or "")))


@dataclass(frozen=True)
class _Count:
    """What was counted so far; a person may have points of several offices."""

    open: int = 0
    overdue: int = 0
    next_on: date | None = None

    def with_more(self, count: int, overdue: int, next_on: date | None) -> _Count:
        days = [day for day in (self.next_on, next_on) if day is not None]
        return _Count(self.open + count, self.overdue + overdue, min(days, default=None))


def _deputies(people: list[int], on: date) -> dict[int, list[Deputy]]:
    rows = Deputy.objects.filter(absent__in=people, from_on__lte=on, until_on__gte=on)
    found: dict[int, list[Deputy]] = {}
    for row in rows.select_related("stands_in").order_by("until_on", "pk"):
        found.setdefault(row.absent_id, []).append(row)
    return found
