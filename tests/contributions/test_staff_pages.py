"""The inbox, originals, and recording what came another way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from richtschnur.contributions.models import Contribution
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def _letter(**more: str) -> dict[str, str]:
    rows = {f"{name}_{n}": "" for n in range(5) for name in ("passage", "text")}
    return {
        **rows,
        "received_at": "2026-11-01T10:00",
        "channel": "letter",
        "kind": "club",
        "name": "",
        "organisation": "Sportverein",
        "email": "",
        "language": "de",
        "key": "one-key",
        "rows": "5",
        **more,
    }


@pytest.mark.parametrize("count", [1, 45])
def test_the_inbox_keeps_its_queries(count: int) -> None:
    world = World()
    for number in range(count):
        world.contribute(f"Punkt {number}", "Und noch etwas.", key=f"k{number}")
    client = logged_in(world.reviewer)
    with at_most(10):
        page = client.get(address("contributions:inbox", world.consultation.slug))
    assert page.context["page"].paginator.count == count


def test_the_inbox_finds_words_senders_and_numbers() -> None:
    world = World()
    one = world.contribute("Bitte Sprachkurse am Abend", "zweiter Kommentar", key="a")
    world.contribute("Bitte mehr Busse", key="b")
    client = logged_in(world.reviewer)
    inbox = address("contributions:inbox", world.consultation.slug)

    def found(words: str) -> list[int]:
        page = client.get(inbox, {"q": words})
        return [(row.pk, row.comment_count) for row in page.context["page"]]

    assert found("sprachkurse") == [(one.pk, 2)]
    assert found(one.number) == [(one.pk, 2)]
    assert len(found("Erika")) == 2
    assert found("gibt es nicht\x00%_") == []
    assert client.get(inbox, {"page": "999", "q": "Bitte"}).status_code == 200


def test_an_original_shows_everything_and_cannot_be_changed() -> None:
    world = World()
    contribution = world.contribute("Zeile eins\n<b>Zeile zwei</b>")
    client = logged_in(world.reviewer)
    with at_most(12):
        page = client.get(address("contributions:original", contribution.number))
    words = page.content.decode()
    assert "Zeile eins\n&lt;b&gt;Zeile zwei&lt;/b&gt;" in words
    assert "erika@post.example" in words
    assert client.get(address("contributions:original", "XXXX-XXXX")).status_code == 404


def test_a_letter_is_recorded_with_its_passages(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    client = logged_in(world.officer)
    record = address("contributions:record", world.consultation.slug)
    letter = _letter(passage_0="2", text_0="Der Satz ist falsch.", text_3="Im Ganzen gut.")
    for _click in range(2):
        answer = client.post(record, letter | {"consents": ["contact"]})
    stored = Contribution.objects.get()
    assert answer["Location"] == address("contributions:original", stored.number)
    assert stored.channel == "letter"
    assert not stored.is_late
    assert stored.recorded_by == str(world.officer.pk)
    said = [(c.passage.number if c.passage else None, c.text) for c in stored.comments.all()]
    assert said == [(2, "Der Satz ist falsch."), (None, "Im Ganzen gut.")]
    assert [c.purpose for c in stored.consents.all()] == ["contact"]


def test_a_late_letter_is_taken_and_marked(set_clock: SetClock) -> None:
    world = World()
    set_clock(world.consultation.closes_at + timedelta(days=5))
    record = address("contributions:record", world.consultation.slug)
    late = f"{world.consultation.closes_at + timedelta(days=1):%Y-%m-%dT%H:%M}"
    client = logged_in(world.officer)
    answer = client.post(record, _letter(text_0="Zu spät.", received_at=late))
    assert Contribution.objects.get().is_late
    assert "received after the deadline" in client.get(answer["Location"]).content.decode()


def test_a_nil_return_needs_no_words(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    record = address("contributions:record", world.consultation.slug)
    assert logged_in(world.officer).post(record, _letter(is_nil_return="on")).status_code == 302
    assert Contribution.objects.get().is_nil_return


def test_more_rows_keep_what_was_typed(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    record = address("contributions:record", world.consultation.slug)
    client = logged_in(world.officer)
    page = client.post(record, _letter(text_0="Erster Absatz", more="1", consents="contact"))
    words = page.content.decode()
    assert "Erster Absatz" in words
    assert 'name="text_9"' in words
    assert 'value="one-key"' in words
    assert 'value="Sportverein"' in words
    assert 'id="errors"' not in words
    assert not Contribution.objects.exists()
    typed = _letter(rows="10", text_0="Erster Absatz", text_9="Zehnter")
    client.post(record, typed)
    assert Contribution.objects.get().comments.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "text_0"),
        ({"text_0": "da", "passage_0": "999"}, "passage_0"),
        ({"text_0": "da", "passage_0": "zwei"}, "passage_0"),
        ({"passage_1": "2", "text_0": "da"}, "text_1"),
        ({"text_0": "Glocke \x07"}, "text_0"),
        ({"text_0": "kaputt \ufffd"}, "text_0"),
        ({"text_0": "x" * 200_001}, "text_0"),
        ({"text_0": "da", "received_at": "2027-01-01T10:00"}, "received_at"),
        ({"text_0": "da", "received_at": "gestern"}, "received_at"),
        ({"text_0": "da", "email": "keine"}, "email"),
        ({"text_0": "da", "channel": "web"}, "channel"),
        ({"text_0": "da", "name": "n" * 201}, "name"),
    ],
)
def test_what_cannot_be_recorded_stays_in_the_form(
    wrong: dict[str, str], field: str, set_clock: SetClock
) -> None:
    world = World()
    set_clock(NOON)
    record = address("contributions:record", world.consultation.slug)
    page = logged_in(world.officer).post(record, _letter(**wrong))
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert "Sportverein" in page.content.decode()
    assert not Contribution.objects.exists()


def test_twenty_thousand_characters_fit(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    record = address("contributions:record", world.consultation.slug)
    client = logged_in(world.officer)
    assert client.post(record, _letter(text_0="wort " * 4000)).status_code == 302


def test_only_the_administration_records() -> None:
    world = World()
    record = address("contributions:record", world.consultation.slug)
    assert logged_in(world.reviewer).get(record).status_code == 403
