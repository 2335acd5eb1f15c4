"""Corrections of a draft: nothing is lost, elements stay with their words, and back as data."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.marks import Mark
from richtschnur.documents.structure import (
    Outline,
    OutlineElement,
    OutlinePassage,
    OutlineSection,
    correcting,
    correcting_elements,
    leaving_out,
)
from richtschnur.documents.structure.as_data import as_data, from_data, to_draft, to_outline
from richtschnur.documents.structure.correcting import Impossible
from richtschnur.documents.structure.draft import Draft, words_of
from richtschnur.documents.structure.parts import cuts, parts

GOALS = "Kinder lernen Deutsch. Eltern sind beteiligt. Alle sind gesund."
MEASURES = "Maßnahmen: Sprachcafé (am Abend, im Sommer), Elternabende; Lesepaten, 1,5 Stellen."


def outline() -> Outline:
    return Outline(
        "Konzept",
        (
            OutlineSection("Konzept", "", 1, (OutlinePassage("paragraph", "Vorwort.", 0, ""),)),
            OutlineSection(
                "Bildung",
                "2.",
                1,
                (
                    OutlinePassage("paragraph", GOALS, 0, "", (Mark(22, 22, "note", "1"),)),
                    OutlinePassage("note", "Quelle: Statistik.", 0, "1"),
                    OutlinePassage("item", MEASURES, 1, "a)"),
                    OutlinePassage("paragraph", "Seite 3 von 9", 0, ""),
                ),
            ),
            OutlineSection("Unterpunkt", "2.1", 2, (OutlinePassage("paragraph", "Rest", 0, ""),)),
            OutlineSection(
                "Wohnen", "3.", 1, (OutlinePassage("paragraph", "Seite 4 von 9", 0, ""),)
            ),
        ),
        (
            OutlineElement("guideline", "Bildung", 1, None, 0, 7, None, 0.6),
            OutlineElement("goal", "Kinder lernen Deutsch", 1, 0, 0, 21, 0, 0.9),
            OutlineElement("goal", "Alle sind gesund", 1, 0, 46, 62, 0, 0.5),
            OutlineElement("measure", "Elternabende", 1, 2, 45, 57, 0, 0.9),
        ),
        (Doubt("goal-guessed", GOALS[:50]), Doubt("no-guiding-goal")),
    )


def draft() -> Draft:
    return to_draft(outline())


def key(made: Draft, words: str) -> int:
    return next(place.key for place in made.places() if place.text.startswith(words))


def words(made: Draft) -> Counter[str]:
    places = [*made.places(), *(one.passage for one in made.left_out)]
    return Counter(" ".join(f"{place.number} {place.text}" for place in places).split())


def said(made: Draft) -> list[str]:
    return [words_of(place, one) for place in made.places() for one in place.elements]


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    text = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=40)
    kinds = st.sampled_from(["paragraph", "item", "quote", "table", "note", "picture"])
    passages = st.builds(
        OutlinePassage,
        kinds,
        text,
        st.integers(0, 6),
        text,
        st.lists(st.builds(Mark, st.just(0), st.integers(0, 5), st.just("strong")), max_size=2).map(
            lambda marks: tuple(sorted(marks))
        ),
        text,
        st.sampled_from(["", "a" * 64]),
        st.sampled_from(["", "ar"]),
    )
    sections = draw(
        st.lists(
            st.builds(
                OutlineSection,
                text,
                text,
                st.integers(1, 9),
                st.lists(passages, max_size=3).map(tuple),
            ),
            max_size=4,
        )
    )
    elements: list[OutlineElement] = []
    for at, section in enumerate(sections):
        for number in (None, *range(len(section.passages))):
            here = section.title if number is None else section.passages[number].text
            if draw(st.booleans()):
                start = draw(st.integers(0, len(here)))
                end = draw(st.integers(start, len(here)))
                parent = draw(st.sampled_from([None, *range(len(elements))]))
                title = draw(st.sampled_from([here[start:end], "Anders genannt"]))
                certainty = draw(st.floats(0, 1))
                elements.append(
                    OutlineElement("goal", title, at, number, start, end, parent, certainty)
                )
    doubts = draw(st.lists(st.builds(Doubt, st.just("text-box"), text, text), max_size=3))
    return Outline(draw(text), tuple(sections), tuple(elements), tuple(doubts))


@settings(max_examples=60, deadline=None)
@given(outlines())
def test_an_outline_comes_back_from_its_data(given_outline: Outline) -> None:
    data = json.loads(json.dumps(as_data(to_draft(given_outline))))
    assert to_outline(from_data(data)) == given_outline


def test_data_that_is_no_draft_is_refused() -> None:
    for data in ({}, {"title": "x"}, as_data(draft()) | {"doubts": [{"no": 1}]}):
        with pytest.raises((KeyError, TypeError)):
            from_data(data)


def test_a_doubt_knows_its_place() -> None:
    made = draft()
    assert [one.at for one in made.doubts] == [key(made, "Kinder"), None]


def test_a_heading_becomes_a_paragraph_and_again_a_heading() -> None:
    made = draft()
    where = key(made, "Bildung")
    correcting.to_passage(made, where)
    assert [s.text for s in made.sections] == ["Konzept", "Unterpunkt", "Wohnen"]
    assert [p.text for p in made.sections[0].passages][:3] == ["Vorwort.", "Bildung", GOALS]
    correcting.to_heading(made, where, 1)
    assert to_outline(made).sections == outline().sections
    assert to_outline(made).elements == outline().elements


def test_the_first_heading_becomes_a_paragraph_too() -> None:
    made = draft()
    correcting.to_passage(made, made.sections[0].key)
    assert (made.sections[0].text, len(made.sections[0].passages)) == ("", 2)
    correcting.to_heading(made, key(made, "Konzept"), 1)
    assert [s.text for s in made.sections] == ["Konzept", "Bildung", "Unterpunkt", "Wohnen"]


def test_a_heading_moves_with_its_branch_or_alone() -> None:
    made = draft()
    correcting.set_level(made, key(made, "Bildung"), 2)
    assert [s.level for s in made.sections] == [1, 2, 3, 1]
    correcting.set_level(made, key(made, "Bildung"), 1, with_branch=False)
    assert [s.level for s in made.sections] == [1, 1, 3, 1]
    with pytest.raises(Impossible, match="level"):
        correcting.set_level(made, key(made, "Bildung"), 0)


def test_joining_keeps_words_marks_and_elements() -> None:
    made = draft()
    before = words(made)
    correcting.join_before(made, key(made, "Maßnahmen"))
    joined = correcting.place_of(made, key(made, "Kinder"))
    assert joined.text == f"{GOALS} a) {MEASURES}"
    assert said(made) == said(draft())
    assert words(made) == before
    assert [p.kind for p in made.sections[1].passages] == ["paragraph", "note", "paragraph"]


def test_a_cut_parts_elements_and_footnotes() -> None:
    made = draft()
    where = key(made, "Kinder")
    second = correcting.split(made, where, GOALS.index("Eltern"))
    kinds = [(p.kind, p.text[:6]) for p in made.sections[1].passages]
    assert kinds[:3] == [("paragraph", "Kinder"), ("note", "Quelle"), ("paragraph", "Eltern")]
    assert said(made) == said(draft())
    correcting.join_before(made, second)
    assert to_outline(made).sections == outline().sections


def test_an_element_across_a_cut_stands_in_both_and_is_unsure() -> None:
    made = draft()
    correcting_elements.mark(made, key(made, "Kinder"), "goal", [(0, len(GOALS))])
    correcting.split(made, key(made, "Kinder"), GOALS.index("Eltern"))
    found = [one for one in made.elements() if one.kind == "goal"]
    assert said(made)[1:3] == ["Kinder lernen Deutsch.", "Eltern sind beteiligt. Alle sind gesund."]
    assert [one.certainty for one in found] == [0.5, 0.5]
    assert len({one.key for one in made.elements()}) == len(list(made.elements()))


def test_page_furniture_is_left_out_everywhere_and_comes_back_where_it_stood() -> None:
    made = draft()
    before = words(made)
    assert leaving_out.leave_out(made, key(made, "Seite 3"), alike=True) == 2
    assert not [p for p in made.places() if p.text.startswith("Seite")]
    assert words(made) == before
    for left in list(made.left_out):
        leaving_out.bring_back(made, left.passage.key)
    assert to_outline(made) == outline()


def test_what_was_left_out_in_a_row_comes_back_in_its_order() -> None:
    made = draft()
    keys = [p.key for p in made.sections[1].passages[1:]]
    for one in keys:
        leaving_out.leave_out(made, one)
    for one in reversed(keys):
        leaving_out.bring_back(made, one)
    assert [p.key for p in made.sections[1].passages[1:]] == keys


def test_a_heading_left_out_leaves_its_text() -> None:
    made = draft()
    leaving_out.leave_out(made, key(made, "Bildung"))
    assert [s.text for s in made.sections] == ["Konzept", "Unterpunkt", "Wohnen"]
    assert made.left_out[0].passage.text == "Bildung"
    goals = [one for one in to_outline(made).elements if one.kind == "goal"]
    assert [one.parent for one in goals] == [None, None]
    leaving_out.bring_back(made, made.left_out[0].passage.key)
    goals = [one for one in to_outline(made).elements if one.kind == "goal"]
    assert [one.parent for one in goals] == [0, 0]


def test_a_comma_list_becomes_several_measures() -> None:
    made = draft()
    where = key(made, "Maßnahmen")
    spans = [
        p for p in parts(MEASURES) if MEASURES[p.start : p.end].startswith(("Sprach", "Eltern"))
    ]
    shown = [MEASURES[a:b] for a, b in parts(MEASURES)]
    assert shown[0] == MEASURES
    assert "Sprachcafé (am Abend, im Sommer)" in shown
    assert "1,5 Stellen" in shown
    guideline = correcting_elements.guideline_above(made, where)
    made_keys = correcting_elements.mark(made, where, "measure", spans[-2:], parent=guideline)
    found = correcting.place_of(made, where).elements
    assert [one.key for one in found] == made_keys
    assert {one.certainty for one in found} == {1.0}


def test_a_guideline_takes_in_what_stands_below_it() -> None:
    made = draft()
    guideline = next(made.elements()).key
    correcting_elements.unmark(made, guideline)
    assert {one.parent for one in made.elements()} == {None}
    where = key(made, "Bildung")
    (new,) = correcting_elements.mark(made, where, "guideline", [(0, 7)])
    assert {one.parent for one in made.elements() if one.kind != "guideline"} == {new}
    assert correcting_elements.guideline_above(made, key(made, "Rest")) == new
    assert correcting_elements.guideline_above(made, key(made, "Wohnen")) is None


def test_an_element_is_changed_and_never_above_itself() -> None:
    made = draft()
    guideline, goal, *_rest = [one.key for one in made.elements()]
    correcting_elements.change(made, goal, "measure", None)
    assert [one.kind for one in made.elements()][1] == "measure"
    correcting_elements.change(made, goal, "goal", guideline)
    for below, above in ((guideline, goal), (goal, goal)):
        with pytest.raises(Impossible, match="parent"):
            correcting_elements.change(made, below, "goal", above)
    correcting_elements.confirm_place(made, key(made, "Kinder"))
    assert made.doubts[0].settled
    assert not made.doubts[1].settled


NOTHING: list[tuple[str, Callable[[Draft], object]]] = [
    ("gone", lambda d: correcting.join_before(d, 999)),
    ("gone", lambda d: correcting_elements.confirm(d, 999)),
    ("gone", lambda d: leaving_out.bring_back(d, key(d, "Rest"))),
    ("gone", lambda d: correcting.settle(d, 2)),
    ("first", lambda d: correcting.join_before(d, d.sections[0].key)),
    ("first", lambda d: correcting.join_before(d, key(d, "Rest"))),
    ("kind", lambda d: correcting.join_before(d, key(d, "Wohnen"))),
    ("kind", lambda d: correcting.to_heading(d, key(d, "Bildung"), 2)),
    ("kind", lambda d: correcting.set_level(d, key(d, "Rest"), 2)),
    ("kind", lambda d: correcting.set_caption(d, key(d, "Rest"), "x")),
    ("kind", lambda d: correcting.set_kind(d, key(d, "Rest"), "picture")),
    ("level", lambda d: correcting.to_heading(d, key(d, "Rest"), 10)),
    ("level", lambda d: correcting.set_kind(d, key(d, "Rest"), "item", level=0)),
    ("words", lambda d: correcting.split(d, key(d, "Kinder"), 0)),
    ("words", lambda d: correcting.split(d, key(d, "Kinder"), 9999)),
    ("words", lambda d: correcting.set_title(d, " ")),
    ("words", lambda d: correcting_elements.mark(d, key(d, "Kinder"), "goal", [])),
    ("words", lambda d: correcting_elements.mark(d, key(d, "Kinder"), "goal", [(3, 9999)])),
    ("gone", lambda d: correcting_elements.mark(d, key(d, "Rest"), "goal", [(0, 2)], parent=999)),
]


@pytest.mark.parametrize(("reason", "correct"), NOTHING)
def test_what_is_impossible_changes_nothing(
    reason: str, correct: Callable[[Draft], object]
) -> None:
    made = draft()
    with pytest.raises(Impossible, match=reason):
        correct(made)
    assert to_outline(made) == outline()


def test_where_a_passage_can_be_cut() -> None:
    assert [GOALS[at : at + 6] for at in cuts(GOALS)] == ["Eltern", "Alle s"]
    assert cuts("Ein kurzer Satz") == []
    shown = parts("a | b • c", is_table=True)
    assert ["a | b • c"[p.start : p.end] for p in shown][1:] == ["a", "b", "c", "b • c"]


def _back(made: Draft, _where: int, _level: int) -> None:
    leaving_out.bring_back(made, ([left.passage.key for left in made.left_out] or [0])[0])


def _cut(made: Draft, where: int, _level: int) -> None:
    correcting.split(made, where, (cuts(correcting.place_of(made, where).text) or [0])[0])


ACTS: dict[str, Callable[[Draft, int, int], object]] = {
    "in or out": correcting.set_level,
    "heading": correcting.to_heading,
    "paragraph": lambda made, where, _level: correcting.to_passage(made, where),
    "join": lambda made, where, _level: correcting.join_before(made, where),
    "cut": _cut,
    "out": lambda made, where, _level: leaving_out.leave_out(made, where),
    "back": _back,
}


@settings(max_examples=80, deadline=None)
@given(st.data())
def test_no_word_is_ever_lost(data: st.DataObject) -> None:
    made = draft()
    before = words(made)
    for _turn in range(8):
        where = data.draw(st.sampled_from([place.key for place in made.places()]))
        act = data.draw(st.sampled_from(sorted(ACTS)))
        with contextlib.suppress(Impossible):
            ACTS[act](made, where, data.draw(st.integers(0, 10)))
    assert words(made) == before
    for place in made.places():
        for one in place.elements:
            assert 0 <= one.start <= one.end <= len(place.text)
    assert from_data(json.loads(json.dumps(as_data(made)))) == made
    to_outline(made)


def test_a_picture_that_nobody_described_is_a_place_to_look_at() -> None:
    pictures = tuple(OutlinePassage("picture", words, 0, "") for words in ("", "Karte", ""))
    doubts = (Doubt("picture-without-description", ""), Doubt("picture-without-description", "Abb"))
    made = to_draft(Outline("", (OutlineSection("", "", 1, pictures),), (), doubts))
    first, _known, last = made.sections[0].passages
    assert [one.at for one in made.doubts] == [first.key, last.key]
    correcting.set_alternative(made, last.key, "Ein Haus")
    assert [one.settled for one in made.doubts] == [False, True]
    correcting.set_alternative(made, last.key, " ")
    assert not made.doubts[1].settled
