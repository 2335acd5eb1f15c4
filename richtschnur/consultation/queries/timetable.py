"""A timetable counted back: the latest day of each step, and in words what does not fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation, Timetable
from richtschnur.consultation.states import Step
from richtschnur.ui.moments import day_in_words
from richtschnur.ui.workdays import holiday_on, is_workday, workday_until


@dataclass(frozen=True)
class Planned:
    """The latest day for one step; `days` is how long before the next one it was meant to be.

    `moved_from` is the weekend or holiday that it would have been, `holiday` its name.
    """

    step: Step
    on: date
    days: int = 0
    moved_from: date | None = None
    holiday: Any = ""
    conflicts: tuple[str, ...] = field(default=())

    @property
    def label(self) -> str:
        return str(self.step.label)


def planned_days(council_on: date, days: Mapping[str, int], land: str = "") -> list[Planned]:
    """All steps, the first one first, none on a weekend or a holiday of the Land."""
    found, next_on = [Planned(Step.COUNCIL, council_on)], council_on
    for step in reversed([step for step in Step if step != Step.COUNCIL]):
        wanted = next_on - timedelta(days=days[step])
        on = workday_until(wanted, land)
        moved = wanted if on != wanted else None
        found.append(Planned(step, on, days[step], moved, holiday_on(wanted, land)))
        next_on = on
    return found[::-1]


def plan_of(timetable: Timetable, consultations: Iterable[Consultation] = ()) -> list[Planned]:
    """The steps of a timetable with what does not fit, given what is opened already."""
    rows = planned_days(timetable.council_on, timetable.days, timetable.land)
    rows = rows[list(Step).index(Step(timetable.first_step)) :]
    last = max(consultations, key=lambda row: row.ends_at, default=None)
    return [_with_conflicts(row, timetable, last) for row in rows]


def _with_conflicts(row: Planned, timetable: Timetable, last: Consultation | None) -> Planned:
    said = []
    if row.on < timetable.made_on:
        said.append(
            _("This day would lie before %(today)s, when this was planned.")
            % {"today": day_in_words(timetable.made_on)}
        )
    if row.step == Step.COUNCIL and not is_workday(row.on, timetable.land):
        said.append(_("This is a weekend or a holiday. Is the day right?"))
    if row.step == Step.END and last is not None and localdate(last.ends_at) > row.on:
        said.append(
            _("“%(title)s” runs longer, until %(end)s: the evaluation gets less time.")
            % {"title": last.title, "end": day_in_words(last.ends_at)}
        )
    return Planned(row.step, row.on, row.days, row.moved_from, row.holiday, tuple(said))


def days_missing(rows: Iterable[Planned], made_on: date) -> int:
    """How many days more the whole needs than there were when it was planned; 0 if it fits."""
    return max((made_on - min(row.on for row in rows)).days, 0)


def next_step(rows: Iterable[Planned], on: date) -> Planned | None:
    """What comes next on a day; None when all of it is over."""
    return next((row for row in rows if row.on >= on), None)


def timetables() -> list[Timetable]:
    """All of them with their papers, the next meeting first; one query."""
    return list(Timetable.objects.select_related("strategy"))
