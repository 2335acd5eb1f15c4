"""Two changes of one text: put together where they don't touch, never silently over each other."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.documents.marks import Mark
from richtschnur.documents.merging import carried_marks, merge
from tests.support.effort import spent

WORDS = st.lists(st.sampled_from(["der", "die", "Kreis", "zahlt", "Bus", "neu\n"]), max_size=9)
TEXTS = WORDS.map(" ".join)
BASE = "Der Kreis zahlt den Bus und die Schule jeden Tag."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        (
            "Der Landkreis zahlt den Bus und die Schule jeden Tag.",
            "Der Kreis zahlt den Bus und die Schule jede Woche.",
            "Der Landkreis zahlt den Bus und die Schule jede Woche.",
        ),
        (BASE + " Auch nachts.", "Heute: " + BASE, "Heute: " + BASE + " Auch nachts."),
        (
            "Der Kreis zahlt die Schule jeden Tag.",
            "Der Kreis zahlt den Bus und die Schule an jedem Tag.",
            "Der Kreis zahlt die Schule an jedem Tag.",
        ),
        ("Alles neu.", "Alles neu.", "Alles neu."),
        ("**Der** Kreis zahlt den Bus und die Schule jeden Tag.", BASE + " X", None),
    ],
)
def test_changes_that_do_not_touch_are_put_together(
    mine: str, theirs: str, merged: str | None
) -> None:
    found = merge(BASE, mine, theirs)
    assert found.is_clean
    if merged:
        assert " ".join(found.text.split()) == merged


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("Der Kreis zahlt den Zug und die Schule jeden Tag.", BASE.replace("Bus", "Wagen")),
        ("Der Kreis zahlt die Schule jeden Tag.", BASE.replace("Bus", "Wagen")),
        (BASE + " Eins.", BASE + " Zwei."),
        ("", "Etwas."),
    ],
)
def test_changes_of_the_same_words_are_a_conflict_and_both_are_kept(mine: str, theirs: str) -> None:
    found = merge(BASE, mine, theirs)
    assert not found.is_clean
    kept = " ".join(piece.text + " " + piece.theirs for piece in found.pieces).split()
    for word in (mine + " " + theirs).split():
        assert word in kept


@settings(max_examples=800, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_one_sided_changes_win_and_no_word_is_lost(base: str, mine: str, theirs: str) -> None:
    assert merge(base, mine, base).text.split() == mine.split()
    assert merge(base, base, theirs).text.split() == theirs.split()
    found = merge(base, mine, theirs)
    kept = " ".join(piece.text + " " + piece.theirs for piece in found.pieces).split()
    new = [w for w in mine.split() if w not in base.split()]
    assert all(word in kept for word in new)
    assert found.is_clean == merge(base, theirs, mine).is_clean


def test_long_texts_end_soon() -> None:
    base = "a b " * 12_000
    start = spent()
    merge(base, "c " + base[:-4].replace("a b a", "b a a") + " c", base.replace("b a b", "x"))
    assert spent() - start < 5


def test_marks_follow_their_words() -> None:
    old = "Der Kreis zahlt zwei Busse."
    marks = [Mark(4, 15, "strong"), Mark(16, 27, "emphasis"), Mark(9, 9, "note", "1")]
    new = "Heute: Der Kreis zahlt drei Busse."
    found = carried_marks(old, marks, new)
    spans = [(new[m.start : m.end], m.kind) for m in found if m.kind != "note"]
    assert spans == [("Kreis zahlt", "strong"), ("Busse.", "emphasis")]
    assert [(m.start, m.value) for m in found if m.kind == "note"] == [(16, "1")]
    assert carried_marks(old, marks, old) == tuple(sorted(marks))
    assert carried_marks(old, marks, "") == ()
