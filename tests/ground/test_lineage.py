"""From two editions to fates: every passage once, nothing invented, look-alikes never mistaken."""

from __future__ import annotations

import time
from collections import Counter
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.bench.lineage import manuscript
from richtschnur.bench.papers.revised import paper, revise
from richtschnur.documents.lineage import (
    Heading,
    Lineage,
    Manuscript,
    Piece,
    longest_rise,
    moved,
    trace,
)

COURSE = "Sprachkurs für {group} in {town} ab {year} mit {n} Plätzen."
FRAME = (
    "Dieses Konzept beschreibt, wie der Landkreis das Zusammenleben gestalten will.",
    "Es entstand in sieben Werkstätten mit Vereinen, Schulen und Kirchengemeinden.",
)


def text(*texts: str, section: int = 0) -> Manuscript:
    return Manuscript((Heading("Leitlinie"),), tuple(Piece(one, section) for one in texts))


def fates(found: Lineage) -> list[tuple[str, tuple[int, ...], tuple[int, ...], bool]]:
    return [(s.fate, s.before, s.after, s.is_automatic) for s in found.strands]


def course(group: str = "Frauen", town: str = "Neustadt", year: int = 2027, n: int = 12) -> str:
    return COURSE.format(group=group, town=town, year=year, n=n)


words = st.sampled_from(
    ["Bus", "Kita", "Verein", "Dorf", "Kurs", "lernt", "hilft", "12", "2027", "Neustadt", "und"]
)
sentences = st.lists(words, max_size=9).map(" ".join)
papers = st.lists(st.tuples(sentences, st.integers(0, 2)), max_size=14)


def built(rows: list[tuple[str, int]]) -> Manuscript:
    rows = sorted(rows, key=lambda row: row[1])
    headings = tuple(Heading(title) for title in ("Eins", "Zwei", "Drei"))
    return Manuscript(headings, tuple(Piece(one, at) for one, at in rows))


@settings(max_examples=300, deadline=None)
@given(papers, papers)
def test_every_passage_stands_in_exactly_one_strand(
    before: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    old, new = built(before), built(after)
    found = trace(old, new)
    assert Counter(i for s in found.strands for i in s.before) == Counter(range(len(before)))
    assert Counter(i for s in found.strands for i in s.after) == Counter(range(len(after)))
    for strand in found.strands:
        assert 0 <= strand.certainty <= 1
        assert strand.is_automatic or len(strand.before + strand.after) == 1
        if strand.is_exact and strand.fate in ("kept", "moved"):
            one, other = old.pieces[strand.before[0]], new.pieces[strand.after[0]]
            assert one.text.split() == other.text.split()
    firsts = [s.after[0] for s in found.strands if s.after]
    assert firsts == sorted(firsts)
    assert len(set(found.sections.values())) == len(found.sections)


@settings(max_examples=100, deadline=None)
@given(papers)
def test_the_same_again_is_kept_whole(rows: list[tuple[str, int]]) -> None:
    found = trace(built(rows), built(rows))
    assert {s.before == s.after for s in found.strands if s.is_automatic and s.before} <= {True}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.integers(0, 50)))
def test_longest_rise_is_one_and_no_longer_one_exists(values: list[int]) -> None:
    kept = sorted(longest_rise(values))
    assert all(values[a] < values[b] for a, b in pairwise(kept))
    best = [0] * len(values)
    for at, value in enumerate(values):
        best[at] = 1 + max((best[i] for i in range(at) if values[i] < value), default=0)
    assert len(kept) == max(best, default=0)


def test_moved_names_the_fewest() -> None:
    assert moved("abcdef", "abfcde") == {"f"}
    assert moved("abc", "xyz") == set()


@pytest.mark.parametrize(
    "other",
    [
        course(town="Altdorf"),
        course(n=15),
        course(year=2028),
        course(group="Männer"),
        course(town="Altendorf", n=13),
    ],
)
def test_a_look_alike_in_the_same_place_asks(other: str) -> None:
    found = trace(text(*FRAME, course()), text(*FRAME, other))
    asked = [s for s in found.strands if not s.is_automatic]
    assert {(s.fate, s.candidates) for s in asked} == {("added", (2,)), ("dropped", (2,))}


def test_a_twin_that_is_edited_is_not_taken_for_the_dropped_one() -> None:
    kept = course(town="Altdorf").replace("mit 12", "und mit zusammen 12")
    found = trace(text(*FRAME, course(), course(town="Altdorf")), text(*FRAME, kept))
    assert ("changed", (3,), (2,), True) in fates(found)
    assert all(s.fate == "dropped" for s in found.strands if 2 in s.before)


def test_twins_that_change_places_are_told_apart() -> None:
    one, other = course(), course(town="Altdorf")
    found = trace(text(*FRAME, one, other), text(*FRAME, other, one))
    pairs = {(s.before, s.after) for s in found.strands}
    assert {((2,), (3,)), ((3,), (2,))} <= pairs


def test_repeated_sentences_follow_their_section() -> None:
    old = Manuscript(
        (Heading("Eins"), Heading("Zwei")),
        (
            Piece(FRAME[0], 0),
            Piece("Ziele:", 0),
            Piece("Kinder lernen früh Deutsch und behalten ihre Muttersprache.", 0),
            Piece(FRAME[1], 1),
            Piece("Ziele:", 1),
            Piece("Erwachsene finden Arbeit, die zu ihrer Ausbildung passt.", 1),
        ),
    )
    second = tuple(Piece(p.text, 0) for p in old.pieces[3:])
    first = tuple(Piece(p.text, 1) for p in old.pieces[:3])
    new = Manuscript((Heading("Zwei"), Heading("Eins")), second + first)
    found = trace(old, new)
    assert {(s.before, s.after) for s in found.strands} == {
        ((i,), ((i + 3) % 6,)) for i in range(6)
    }
    assert found.sections == {0: 1, 1: 0}


def test_a_rewritten_passage_is_moved_and_changed() -> None:
    bus = "Der Rufbus fährt künftig am Abend in alle Dörfer, damit niemand zu Hause bleiben muss."
    other = bus.replace("künftig", "ab dem Frühjahr auch")
    found = trace(text(bus, *FRAME), text(*FRAME, other))
    strand = next(s for s in found.strands if s.before == (0,))
    assert (strand.fate, strand.is_moved, strand.is_automatic) == ("changed", True, True)


def test_nothing_at_all() -> None:
    assert trace(text(), text()).strands == ()
    assert fates(trace(text(), text("Neu."))) == [("added", (), (0,), True)]
    assert fates(trace(text("", ""), text(""))) != []


def test_pictures_are_told_by_their_data() -> None:
    def shown(*pictures: tuple[str, str]) -> Manuscript:
        pieces = tuple(Piece(alt, 0, "picture", "", data) for alt, data in pictures)
        return Manuscript((Heading("Bilder"),), pieces)

    alt = "Menschen sitzen an einem langen Tisch im Freien und essen gemeinsam."
    assert fates(trace(shown((alt, "aa")), shown((alt, "bb"))))[0][3] is False


def test_five_thousand_passages_take_seconds() -> None:
    random = Random(5)
    before, after = [], []
    while sum(len(chapter.lines) for chapter in before) < 5000:
        one = paper(random)
        before += one
        after += revise(random, one)
    old, new = manuscript(before), manuscript(after)
    begun = time.process_time()
    trace(old, new)
    assert time.process_time() - begun < 8


def test_one_sentence_a_thousand_times_stays_fast() -> None:
    many = [*FRAME, *["Die Umsetzung wird jährlich überprüft."] * 3000]
    begun = time.process_time()
    found = trace(text(*many), text(*many[:-50]))
    assert time.process_time() - begun < 8
    assert Counter(i for s in found.strands for i in s.before) == Counter(range(len(many)))
