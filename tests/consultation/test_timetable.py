"""Counting back from the council's meeting: holidays are avoided, conflicts are said in words."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from richtschnur.consultation.models import Timetable
from richtschnur.consultation.operations import set_timetable
from richtschnur.consultation.queries.timetable import days_missing, plan_of, planned_days
from richtschnur.consultation.states import USUAL_DAYS, Step
from richtschnur.desk.queries import next_steps
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Forbidden
from richtschnur.ui.workdays import LANDS, easter, holiday_on, holidays, is_workday, workday_until
from tests.consultation.test_sharing import entries
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.refusing import refused
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
COUNCIL = date(2027, 6, 24)
DAYS = {step.value: days for step, days in USUAL_DAYS.items()}
GIVEN = DAYS | {"council_on": "2027-06-24", "land": "SN", "first_step": "mandate"}


@pytest.mark.parametrize(
    "known",
    ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2028-04-16", "2038-04-25"],
)
def test_easter_is_where_the_calendars_have_it(known: str) -> None:
    assert easter(int(known[:4])) == date.fromisoformat(known)


@pytest.mark.parametrize(
    ("day", "lands"),
    [
        ("2026-11-18", {"SN"}),
        ("2027-11-17", {"SN"}),
        ("2028-11-22", {"SN"}),
        ("2027-05-27", {"BW", "BY", "HE", "NW", "RP", "SL"}),
        ("2026-10-31", {"BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"}),
        ("2027-03-08", {"BE", "MV"}),
        ("2027-09-20", {"TH"}),
        ("2027-05-06", set(LANDS)),
        ("2027-05-17", set(LANDS)),
        ("2026-04-03", set(LANDS)),
        ("2026-11-19", set()),
    ],
)
def test_each_land_has_its_own_holidays(day: str, lands: set[str]) -> None:
    on = date.fromisoformat(day)
    assert {land for land in LANDS if holiday_on(on, land)} == lands


@pytest.mark.parametrize("land", sorted(LANDS))
def test_no_step_ever_falls_on_a_day_when_the_office_is_closed(land: str) -> None:
    for offset in range(0, 800, 7):
        rows = planned_days(date(2026, 11, 2) + timedelta(days=offset), DAYS, land)
        assert [row.step for row in rows] == list(Step)
        assert all(is_workday(row.on, land) for row in rows[:-1])
        pairs = pairwise(rows)
        assert all((after.on - row.on).days >= row.days for row, after in pairs)
    assert workday_until(date(2027, 1, 1)) == date(2026, 12, 30)
    assert len(holidays(2027)) == 11


def test_a_step_says_why_it_is_earlier() -> None:
    rows = {row.step: row for row in planned_days(date(2026, 12, 2), DAYS, "SN")}
    committees = rows[Step.COMMITTEES]  # 18 November is the day of repentance
    assert committees.on == date(2026, 11, 17)
    assert committees.moved_from == date(2026, 11, 18)
    assert committees.holiday
    assert rows[Step.SUBMISSION].on == date(2026, 11, 6)
    assert rows[Step.SUBMISSION].moved_from == date(2026, 11, 7)
    assert not rows[Step.SUBMISSION].holiday


def test_what_does_not_fit_is_said_and_counted() -> None:
    world = World()
    made = set_timetable(
        strategy=world.edition.strategy, council_on=date(2027, 1, 20), by=CLI, at=NOON
    )
    rows = plan_of(made, [world.consultation])
    assert all(row.conflicts for row in rows[:3])
    assert not rows[-1].conflicts
    end = next(row for row in rows if row.step == Step.END)
    assert any("Integrationskonzept" in words for words in end.conflicts)
    missing = days_missing(rows, made.made_on)
    assert missing == (made.made_on - rows[0].on).days > 0
    later = made.council_on + timedelta(days=missing + 14)
    made = set_timetable(strategy=world.edition.strategy, council_on=later, by=CLI, at=NOON)
    assert days_missing(plan_of(made), made.made_on) == 0
    assert Timetable.objects.count() == 1


def test_what_is_done_already_is_left_out_and_no_conflict() -> None:
    made = set_timetable(
        strategy=World().edition.strategy,
        council_on=date(2027, 1, 20),
        first_step="end",
        by=CLI,
        at=NOON,
    )
    rows = plan_of(made)
    assert rows[0].step == Step.END
    assert len(rows) == 6


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"council_on": NOON.date()}, "past"),
        ({"land": "XX"}, "choice"),
        ({"first_step": "council"}, "choice"),
        ({"days": {"end": -1}}, "days"),
        ({"days": {"end": 731}}, "days"),
        ({"days": {"nothing": 1}}, "days"),
    ],
)
def test_a_bad_timetable_is_refused(wrong: dict[str, object], code: str) -> None:
    about = {"strategy": World().edition.strategy, "council_on": COUNCIL, "by": CLI, "at": NOON}
    with refused(code):
        set_timetable(**(about | wrong))  # type: ignore[arg-type]
    assert not Timetable.objects.exists()


def test_staff_sets_it_and_takes_it_along(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    staff = logged_in(world.officer)
    slug = world.edition.strategy.slug
    where = address("consultation:timetable", slug)
    assert staff.get(where).status_code == 200
    assert staff.get(address("consultation:timetable_file", slug)).status_code == 404
    assert staff.post(where, GIVEN | {"end": "50"}).status_code == 302
    made = Timetable.objects.get()
    assert (made.days["end"], made.land) == (50, "SN")
    page = staff.get(where).content.decode()
    assert "Thursday, 24 June 2027" in page
    file = staff.get(address("consultation:timetable_file", slug)).content
    assert len(entries(file)) == 9
    assert entries(file)[-1]["DTSTART;VALUE=DATE"] == "20270624"
    assert slug in staff.get(address("consultation:timetables")).content.decode()
    assert where in staff.get(address("desk:today")).content.decode()
    (row, step), *more = next_steps(NOON.date())
    assert (row, step.step, more) == (made, Step.MANDATE, [])


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"council_on": "2026-11-02"}, "lies in the past"),
        ({"council_on": "9999-01-01"}, "check the year"),
        ({"council_on": "bald"}, "give a day"),
        ({"land": "XX"}, "choose one of these"),
        ({"end": "-1"}, "0 to 730"),
        ({"end": "viele"}, "number in digits"),
        ({"start": ""}, "fill this in"),
    ],
)
def test_the_form_says_what_to_do(wrong: dict[str, str], says: str, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    where = address("consultation:timetable", world.edition.strategy.slug)
    page = logged_in(world.officer).post(where, GIVEN | wrong).content.decode()
    assert says in page
    assert not Timetable.objects.exists()


def test_others_read_it_and_do_not_set_it(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    where = address("consultation:timetable", world.edition.strategy.slug)
    other = logged_in(world.department)
    assert other.get(where).status_code == 200
    assert other.post(where, GIVEN).status_code == 403
    with pytest.raises(Forbidden):
        set_timetable(
            strategy=world.edition.strategy,
            council_on=COUNCIL,
            by=world.department.actor(NOON.date()),
            at=NOON,
        )


def test_queries_are_few(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    set_timetable(strategy=world.edition.strategy, council_on=COUNCIL, by=CLI, at=NOON)
    staff = logged_in(world.officer)
    staff.get(address("consultation:timetables"))
    with at_most(8):
        staff.get(address("consultation:timetables"))
    with at_most(9):
        staff.get(address("consultation:timetable", world.edition.strategy.slug))
