"""Notes stay with whoever works on the thing; nothing typed gets into the journal."""

from __future__ import annotations

import pytest

from richtschnur.desk.models import Note
from richtschnur.desk.operations import write_note
from richtschnur.evaluation.models import Point
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from tests.support.clock import SetClock, set_clock
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def write(world: World, subject: str) -> Note:
    data = {"text": "Ein Anruf", "subject": subject}
    logged_in(world.department).post(address("desk:write"), data)
    return Note.objects.get()


@pytest.mark.parametrize("kind", ["point", "contribution"])
def test_a_note_shows_nothing_of_what_is_not_hers(kind: str, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    contribution = world.contribute("Frau Müller von nebenan ist krank.")
    key = Point.objects.get().pk if kind == "point" else contribution.pk
    note = write(world, f"{kind}:{key}")
    assert note.subject == ""
    today = logged_in(world.department).get(address("desk:today")).content.decode()
    assert "Ein Anruf" in today
    assert "Müller" not in today
    assert contribution.number not in today


def test_a_note_on_her_own_point_stands_there() -> None:
    world = World()
    world.contribute("Mehr Busse")
    Point.objects.update(assignee=world.department)
    subject = f"point:{Point.objects.get().pk}"
    assert write(world, subject).subject == subject


def test_nothing_typed_gets_into_the_journal() -> None:
    world = World()
    note = write(world, "Frau Müller, Tel. 0123")
    subjects = JournalEntry.objects.filter(act="desk.write_note").values_list("subject", flat=True)
    assert list(subjects) == [f"note:{note.pk}"]


def test_nobody_ticks_the_notes_of_others() -> None:
    world = World()
    note = write_note(text="Meins", author=world.officer, by=CLI, at=NOON)
    tick = address("desk:tick", note.pk)
    assert logged_in(world.department).post(tick, {"done": "1"}).status_code == 403
    note.refresh_from_db()
    assert note.done_at is None
    assert logged_in(world.officer).post(tick, {"done": "1"}).status_code == 302


def test_a_note_shared_on_a_thing_is_ticked_by_whoever_works_on_it() -> None:
    world = World()
    subject = f"consultation:{world.consultation.slug}"
    note = write_note(text="Unseres", subject=subject, author=world.officer, by=CLI, at=NOON)
    tick = address("desk:tick", note.pk)
    assert logged_in(world.department).post(tick, {"done": "1"}).status_code == 302
