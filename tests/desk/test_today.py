"""Today and notes: what waits, in words; constant queries; nothing typed is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from richtschnur.accounts.operations import name_deputy
from richtschnur.desk.models import Note
from richtschnur.desk.operations import write_note
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import assign_point, write_response
from richtschnur.journal.actors import CLI
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 6)


def _points(world: World, count: int) -> list[Point]:
    for number in range(count):
        world.contribute(f"Bitte Punkt {number} ändern.", key=f"k{number}")
    return list(Point.objects.order_by("pk"))


def test_a_department_reads_what_it_owes_and_nothing_else(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    for number, point in enumerate(_points(world, 3)):
        due = FRIDAY + timedelta(days=number)
        assign_point(point=point, office=world.office, due_on=due, by=CLI, at=NOON)
    page = logged_in(world.department).get(address("desk:today")).content.decode()
    assert "You owe three answers; the first by Friday, 6 November 2026." in page
    assert "Deadlines" not in page
    assert 'id="editions"' not in page


def test_what_is_overdue_comes_first_and_says_so(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    first, second = _points(world, 2)
    assign_point(point=first, office=world.office, due_on=FRIDAY, by=CLI, at=NOON)
    late = NOON.date() - timedelta(days=3)
    assign_point(point=second, assignee=world.department, due_on=late, by=CLI, at=NOON)
    page = logged_in(world.department).get(address("desk:today"))
    assert [p.pk for p in page.context["today"].answers.points] == [second.pk, first.pk]
    assert "the first was due on Friday, 30 October 2026" in page.content.decode()


def test_releases_wait_for_others_than_the_author(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    one, two = _points(world, 2)
    about = {"decision": "accepted", "reason": "Gern.", "hand_in": True, "at": NOON}
    write_response(point=one, author=world.officer, by=CLI, **about)
    write_response(point=two, author=world.reviewer, by=CLI, **about)
    today = logged_in(world.reviewer).get(address("desk:today"))
    assert [p.pk for p in today.context["today"].releases.points] == [one.pk]
    assert "One answer waits for your release." in today.content.decode()


def test_nothing_to_do_says_what_comes_next(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    page = logged_in(world.department).get(address("desk:today")).content.decode()
    assert "Nothing is waiting for you today." in page
    page = logged_in(world.officer).get(address("desk:today")).content.decode()
    assert address("strategy:import") in page


def test_a_closed_consultation_counts_what_is_unanswered(set_clock: SetClock) -> None:
    world = World()
    _points(world, 2)
    set_clock(world.consultation.closes_at + timedelta(days=1))
    page = logged_in(world.reviewer).get(address("desk:today")).content.decode()
    assert "2 points have no released answer yet" in page


@pytest.mark.parametrize("count", [1, 25])
def test_queries_do_not_grow_with_the_data(count: int, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    for number, point in enumerate(_points(world, count)):
        assign_point(point=point, assignee=world.officer, due_on=FRIDAY, by=CLI, at=NOON)
        write_note(
            text=f"Anruf {number}",
            subject=f"point:{point.pk}"
            if number % 2
            else f"consultation:{world.consultation.slug}",
            follow_up_on=NOON.date(),
            author=world.officer,
            by=CLI,
            at=NOON,
        )
    client = logged_in(world.officer)
    with at_most(25):
        assert client.get(address("desk:today")).status_code == 200


def test_a_note_comes_back_is_ticked_and_opened_again(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    client = logged_in(world.department)
    data = {"text": "Frau Krawez anrufen", "follow_up_on": "2026-11-05", "back": "//evil.example"}
    assert client.post(address("desk:write"), data)["Location"] == address("desk:today")
    assert "Frau Krawez" not in client.get(address("desk:today")).content.decode()
    set_clock(NOON + timedelta(days=3))
    assert "One note comes back today." in client.get(address("desk:today")).content.decode()
    note = Note.objects.get()
    tick = address("desk:tick", note.pk)
    for _click in range(2):
        client.post(tick, {"done": "1"})
    note.refresh_from_db()
    assert note.done_at is not None
    assert "Open again" in client.get(address("desk:today")).content.decode()
    client.post(tick, {"done": "0"})
    note.refresh_from_db()
    assert note.done_at is None


@pytest.mark.parametrize(
    "data",
    [
        {"text": "", "follow_up_on": "2026-12-01"},
        {"text": "x" * 5001, "follow_up_on": "2026-12-01"},
        {"text": "bell \x07", "follow_up_on": "2026-12-01"},
        {"text": "fine", "follow_up_on": "morgen"},
    ],
)
def test_a_note_that_cannot_be_kept_stays_in_the_form(data: dict[str, str]) -> None:
    page = logged_in(World().department).post(address("desk:write"), data)
    assert page.status_code == 200
    assert 'id="errors"' in page.content.decode()
    assert data["text"][:20].strip("\x07") in page.content.decode()
    assert not Note.objects.exists()


def test_notes_stand_on_what_they_are_about(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    contribution = world.contribute("Mehr Kurse")
    write_note(
        text="Frau Beispiel hat angerufen",
        subject=f"contribution:{contribution.pk}",
        author=world.officer,
        by=CLI,
        at=NOON,
    )
    original = address("contributions:original", contribution.number)
    page = logged_in(world.reviewer).get(original).content.decode()
    assert "Frau Beispiel hat angerufen" in page


@pytest.mark.parametrize(
    "subject", ["consultation:ä b", "edition:x", "point:" + "9" * 30, "point:x", "?", "edition:x.1"]
)
def test_a_note_on_something_odd_breaks_nothing(subject: str, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    client = logged_in(world.department)
    data = {"text": "Seltsam", "subject": subject, "follow_up_on": "2026-11-01"}
    client.post(address("desk:write"), data)
    assert "Seltsam" in client.get(address("desk:today")).content.decode()


def test_a_deputy_sees_the_notes_of_the_person_she_stands_in_for(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    write_note(text="Rückruf", follow_up_on=NOON.date(), author=world.officer, by=CLI, at=NOON)
    today = address("desk:today")
    assert "Rückruf" not in logged_in(world.reviewer).get(today).content.decode()
    days = {"from_on": NOON.date(), "until_on": NOON.date()}
    name_deputy(absent=world.officer, stands_in=world.reviewer, by=CLI, at=NOON, **days)
    assert "Rückruf" in logged_in(world.reviewer).get(today).content.decode()
