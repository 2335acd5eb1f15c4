"""Editions: frozen ones stay, passages keep their identity, fates are told."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import (
    add_passage,
    change_passage,
    drop_passage,
    freeze_edition,
    move_edition,
    publish_edition,
    split_passage,
    start_edition,
)
from richtschnur.strategy.operations.life import checksum
from richtschnur.strategy.queries import compare, word_changes
from richtschnur.strategy.states import EditionState, Fate
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}


def fates(old: Edition, new: Edition) -> list[str]:
    return [entry.fate.value for entry in compare(old, new)]


def test_the_next_edition_begins_as_the_last_one_ended() -> None:
    world = World()
    before = checksum(world.edition)
    working = start_edition(predecessor=world.edition, **ACT)
    assert fates(world.edition, working) == ["kept"] * 5
    assert [e.title for e in working.elements.all()] == [
        e.title for e in world.edition.elements.all()
    ]
    assert checksum(world.edition) == before == world.edition.checksum
    with pytest.raises(Refused) as refusal:
        start_edition(predecessor=world.edition, **ACT)
    assert refusal.value.code == "working-exists"


def test_fates() -> None:
    world = World()
    working = start_edition(predecessor=world.edition, **ACT)
    first, second, third, goal, measure = working.passages.all()
    change_passage(passage=first, text="Ganz neu.", **ACT)
    split_passage(passage=second, at_character=9, **ACT)
    drop_passage(passage=third, reason="Überholt.", **ACT)
    add_passage(after=goal, text="Alle Erwachsenen auch.", **ACT)
    told = compare(world.edition, working)
    assert [entry.fate for entry in told] == [
        Fate.CHANGED,
        Fate.SPLIT,
        Fate.DROPPED,
        Fate.KEPT,
        Fate.ADDED,
        Fate.KEPT,
    ]
    assert told[2].reason == "Überholt."
    assert [p.text for p in told[1].after] == ["Absatz 2:", "Der Kreis zählt 2 Vereine."]
    assert measure.text == told[5].after[0].text


def test_moved_is_told_apart_from_pushed_down() -> None:
    world = World()
    working = start_edition(predecessor=world.edition, **ACT)
    working.passages.filter(number=1).update(position=999)
    assert fates(world.edition, working) == ["kept", "kept", "kept", "kept", "moved"]


def test_a_frozen_edition_refuses_and_says_so() -> None:
    passage = World().edition.passages.first()
    assert passage is not None
    with pytest.raises(Refused) as refusal:
        change_passage(passage=passage, text="x", **ACT)
    assert refusal.value.code == "frozen"


def test_a_stale_edition_refuses_and_says_so() -> None:
    working = start_edition(predecessor=World().edition, **ACT)
    first, second, *_rest = working.passages.all()
    change_passage(passage=first, text="Eins.", revision=1, **ACT)
    with pytest.raises(Refused) as refusal:
        change_passage(passage=second, text="Zwei.", revision=1, **ACT)
    assert refusal.value.code == "stale"


def test_elements_follow_the_words() -> None:
    working = start_edition(predecessor=World().edition, **ACT)
    measures = working.passages.get(number=5)
    change_passage(passage=measures, text="Maßnahmen: Kaffee, Sprachcafé.", **ACT)
    cafe, gone = working.elements.filter(kind="measure").order_by("position")
    assert measures.text[: cafe.end][cafe.start :] == "Sprachcafé"
    assert gone.certainty == 0


def test_the_life_of_editions() -> None:
    world = World()
    with pytest.raises(Refused):
        freeze_edition(edition=world.edition, state="adopted", **ACT)
    second = start_edition(predecessor=world.edition, **ACT)
    with pytest.raises(Refused):
        publish_edition(edition=second, **ACT)
    second = freeze_edition(edition=second, state=EditionState.FOR_DECISION, **ACT)
    second = move_edition(edition=second, state=EditionState.ADOPTED, **ACT)
    third = start_edition(predecessor=second, **ACT)
    freeze_edition(edition=third, state=EditionState.ADOPTED, **ACT)
    second.refresh_from_db()
    assert second.state == EditionState.REPEALED


def test_word_changes_are_complete() -> None:
    changes = word_changes("Der Kreis zahlt zwei Busse.", "Der Kreis zahlt drei neue Busse.")
    before = "".join(words for kind, words in changes if kind != "added")
    assert " ".join(before.split()) == "Der Kreis zahlt zwei Busse."
    assert [kind for kind, _words in changes] == ["same", "removed", "added", "same"]


def test_every_doubt_has_its_sentence() -> None:
    from richtschnur.documents.blocks import READING_DOUBTS, STRUCTURE_DOUBTS
    from richtschnur.strategy.queries.doubts import doubt_sentences

    assert set(doubt_sentences()) == set(READING_DOUBTS + STRUCTURE_DOUBTS)


def test_a_doubt_that_quotes_nothing_does_not_end_with_a_colon() -> None:
    from richtschnur.strategy.queries.doubts import doubt_message

    assert not doubt_message({"code": "goal-guessed"}).endswith(":")
    quoted = doubt_message({"code": "goal-guessed", "excerpt": "Wörter " * 40})
    assert ": „Wörter" in quoted
    assert quoted.endswith("…“")
    with override("ar"):
        assert "\u2068„Wörter" in doubt_message({"code": "goal-guessed", "excerpt": "Wörter"})
