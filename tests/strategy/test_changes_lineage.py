"""What changed between editions: through several of them, by section, in words, in time."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from richtschnur.documents.marks import stored
from richtschnur.documents.notation import from_notation
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Descent, Edition, Passage, Section, Strategy
from richtschnur.strategy.operations import (
    drop_passage,
    freeze_edition,
    join_passages,
    keep_outline,
    publish_edition,
    split_passage,
    start_edition,
)
from richtschnur.strategy.queries import compare, tell_changes, word_changes
from richtschnur.strategy.states import Fate
from tests.support.queries import at_most
from tests.support.world import NOON, outline

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}


def frozen(edition: Edition) -> Edition:
    edition = freeze_edition(edition=edition, state="for_decision", **ACT)
    return publish_edition(edition=edition, **ACT)


def sectioned(*sections: tuple[str, int, list[str]]) -> Outline:
    made = tuple(
        OutlineSection(
            title, "", level, tuple(OutlinePassage("paragraph", t, 0, "") for t in texts)
        )
        for title, level, texts in sections
    )
    return Outline("Konzept", made, (), ())


def many(word: str, count: int) -> list[str]:
    return [f"{word} {chr(65 + n % 26)}{n}x trägt die Nummer {n} im Kreis." for n in range(count)]


def test_fates_through_three_editions() -> None:
    first = frozen(keep_outline(outline=outline(), **ACT))
    second = start_edition(predecessor=first, **ACT)
    split_passage(passage=second.passages.get(number=1), at_character=9, **ACT)
    third = start_edition(predecessor=frozen(second), **ACT)
    texts = third.passages.order_by("position")
    join_passages(passage=texts[1], **ACT)
    drop_passage(passage=texts[2], reason="Erledigt.", **ACT)
    assert [e.fate.value for e in compare(first, third)] == ["merged", "dropped", "kept", "kept"]
    merged = compare(first, third)[0]
    assert [p.number for p in merged.before] == [1, 2]
    assert len(merged.after) == 2
    assert len(compare(second, third)) == 5


class TestEveryPassageOnce(TestCase):
    """Any identities and descents: each passage of both editions stands in one fate."""

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.integers(0, 7), unique=True, max_size=8),
        st.lists(st.integers(0, 7), unique=True, max_size=8),
        st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8, unique=True),
        st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=4, unique=True),
    )
    def test_compare(
        self,
        olds: list[int],
        news: list[int],
        second_steps: list[tuple[int, int]],
        third_steps: list[tuple[int, int]],
    ) -> None:
        names = [uuid.uuid4() for _n in range(8)]
        paper = Strategy.objects.create(slug=uuid.uuid4().hex, title="K", created_at=NOON)
        editions = [
            Edition.objects.create(strategy=paper, number=n, title="K", created_at=NOON)
            for n in (1, 2, 3)
        ]
        for edition, held in ((editions[0], olds), (editions[2], news)):
            section = Section.objects.create(edition=edition, position=0)
            for at, name in enumerate(held):
                Passage.objects.create(
                    edition=edition, section=section, identity=names[name], position=at, number=at
                )
        for edition, steps in ((editions[1], second_steps), (editions[2], third_steps)):
            for old, new in steps:
                Descent.objects.create(
                    edition=edition, from_identity=names[old], to_identity=names[new]
                )
        told = compare(editions[0], editions[2])
        for side, held in (("before", olds), ("after", news)):
            found = Counter(p.identity for fate in told for p in getattr(fate, side))
            assert found == Counter(names[name] for name in held)
        for fate in told:
            assert bool(fate.before) != (fate.fate == Fate.ADDED)
            assert bool(fate.after) != (fate.fate == Fate.DROPPED)


@settings(max_examples=200, deadline=None)
@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60))
def test_word_changes_lose_no_word(old: str, new: str) -> None:
    changes = word_changes(old, new)
    for text, other in ((old, "added"), (new, "removed")):
        found = " ".join(words for kind, words in changes if kind != other)
        assert found.split() == text.split()
    kinds = [kind for kind, _words in changes]
    assert all(one != other for one, other in pairwise(kinds))


def test_word_changes_of_very_long_passages_are_bounded() -> None:
    old = " ".join(f"Wort{n % 90} steht hier{'.' if n % 12 == 0 else ''}" for n in range(8000))
    new = old.replace("Wort7 ", "Satz7 ").replace("Wort80", "Ort80")
    begun = time.process_time()
    changes = word_changes(old, new)
    assert time.process_time() - begun < 4
    assert " ".join("".join(w for k, w in changes if k != "removed").split()) == new


@pytest.mark.parametrize(
    ("field", "value", "note"),
    [
        ("marks", stored(from_notation("Absatz **1**")[1]), "stand out"),
        ("kind", "item", "list item"),
        ("label", "3.", "3."),
        ("language", "ar", "language"),
    ],
)
def test_other_form_is_a_change_and_is_said(field: str, value: object, note: str) -> None:
    first = frozen(keep_outline(outline=outline(), **ACT))
    second = start_edition(predecessor=first, **ACT)
    second.passages.filter(number=1).update(**{field: value})
    with override("en"):
        told = tell_changes(first, second)
    (shown,) = [one for group in told.pages[0] for one in group.fates]
    assert shown.told.fate == Fate.CHANGED
    assert not shown.told.has_other_words
    assert note in shown.notes[0]


def test_a_caption_is_compared_by_words() -> None:
    first = frozen(keep_outline(outline=outline(), **ACT))
    second = start_edition(predecessor=first, **ACT)
    second.passages.filter(number=2).update(caption="Vereine im Kreis")
    (shown,) = [one for group in tell_changes(first, second).pages[0] for one in group.fates]
    assert shown.told.caption_changes == [("added", "Vereine im Kreis")]


def test_a_moved_section_is_told_once(client: Client) -> None:
    sections = [
        ("Leitlinie Verkehr", 1, many("Bus", 8)),
        ("Leitlinie Bildung", 1, []),
        ("Ziele", 2, many("Schule", 3)),
        ("Maßnahmen", 2, many("Kurs", 2)),
    ]
    first = frozen(keep_outline(outline=sectioned(*sections), **ACT))
    moved = sectioned(*sections[1:], sections[0])
    second = frozen(keep_outline(outline=moved, into=first.strategy, **ACT))
    told = tell_changes(first, second)
    assert told.moved_sections == 1
    (group,) = told.pages[0]
    assert group.fates == []
    assert group.moved is not None
    assert (group.title, group.moved.first, group.moved.last) == ("Leitlinie Bildung", 9, 13)
    assert dict(told.counts)[Fate.MOVED] == 5
    page = client.get(reverse("strategy:changes", args=[first.strategy.slug, 2]))
    assert page.content.decode().count("fate fate--moved") == 0


def test_a_moved_passage_says_from_where_and_a_renamed_section_what_it_was(client: Client) -> None:
    sections = [("Verkehr", 1, many("Bus", 5)), ("Bildung", 1, many("Schule", 5))]
    first = frozen(keep_outline(outline=sectioned(*sections), **ACT))
    bus, *rest = sections[0][2]
    changed = sectioned(("Verkehr und Wege", 1, rest), ("Bildung", 1, [*sections[1][2], bus]))
    frozen(keep_outline(outline=changed, into=first.strategy, **ACT))
    page = client.get(reverse("strategy:changes", args=[first.strategy.slug, 2]))
    words = page.content.decode()
    assert reverse("strategy:passage", args=[first.strategy.slug, 1, 1]) in words
    (renamed, group) = page.context["groups"]
    assert renamed.former == [("same", "Verkehr "), ("added", "und Wege")]
    assert group.fates[0].came_from == "Verkehr"


def test_a_long_comparison_is_paged_quick_and_in_constant_queries(client: Client) -> None:
    texts = many("Verein", 5000)
    chapters = [(f"Kapitel {n}", 1, texts[n * 50 : n * 50 + 50]) for n in range(100)]
    first = frozen(keep_outline(outline=sectioned(*chapters), **ACT))
    second = start_edition(predecessor=first, **ACT)
    passages = list(second.passages.filter(number__lte=300))
    for passage in passages:
        passage.text = passage.text.replace("trägt", "hat seit langem")
    Passage.objects.bulk_update(passages, ["text"], batch_size=200)
    second = frozen(second)
    address = reverse("strategy:changes", args=[first.strategy.slug, 2])
    begun = time.process_time()
    with at_most(18):
        page = client.get(address, {"page": 2})
    assert time.process_time() - begun < 5
    assert sum(len(group.fates) for group in page.context["groups"]) == 60
    assert page.context["page"].paginator.num_pages == 5
    for odd in ("0", "99", "x"):
        assert client.get(address, {"page": odd}).status_code == 200
    with at_most(18):
        everything = client.get(address, {"show": "all"})
    assert everything.context["page"].paginator.num_pages > 80
