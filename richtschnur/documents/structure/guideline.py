"""What stands under one guideline: baseline, goals, measures and who is in charge."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, NamedTuple

from richtschnur.documents.labels import Label, LabelKind, label
from richtschnur.documents.structure import lists
from richtschnur.documents.structure.marks import Guideline, Marks
from richtschnur.documents.structure.outline import ElementKind, OutlinePassage
from richtschnur.documents.structure.tables import mark_table

_MARKED: Final[dict[LabelKind, ElementKind]] = {
    "baseline": "baseline",
    "goal": "goal",
    "measure": "measure",
    "responsibility": "responsibility",
    "period": "period",
    "indicator": "indicator",
    "guiding_goal": "goal",
}
_OF_A_MEASURE: Final = {"responsibility", "period", "indicator"}
_PARTS: Final = {"table", "note", "picture"}


class Place(NamedTuple):
    section: int
    passage: int
    what: OutlinePassage


@dataclass(slots=True)
class _State:
    """What the last label said, and how it stood."""

    kind: LabelKind | None = None
    level: int = 0  # of the item that was the label; 0 for a paragraph or heading
    by_heading: bool = False
    run_in: bool = False  # words stood behind the label
    had_items: bool = False


def mark_contents(marks: Marks, guideline: Guideline) -> None:
    """Mark everything under a guideline's heading, and doubt what is missing."""
    before = len(marks.elements)
    _Reader(marks, guideline).read()
    kinds = {one.kind for one in marks.elements[before:]}
    title = marks.elements[guideline.element].title
    if "goal" not in kinds:
        marks.doubt("no-goal", title)
    if "measure" not in kinds:
        marks.doubt("no-measure", title)


class _Reader:
    def __init__(self, marks: Marks, guideline: Guideline) -> None:
        self._marks = marks
        self._guideline = guideline
        self._state = _State()
        self._unlabelled: list[Place] = []
        self._has_goal_label = False
        self._has_measure_label = False
        self._measure: int | None = None  # the one measure that is being described

    def read(self) -> None:
        sections = self._marks.sections
        for at in range(self._guideline.section, self._guideline.end):
            if at > self._guideline.section:
                self._heading(at)
            for number, passage in enumerate(sections[at].passages):
                self._passage(Place(at, number, passage))
        self._goals_before_measures()

    def _heading(self, at: int) -> None:
        """A sub-heading is a label ("Ziele"), an element ("Maßnahme 2: …") or ends the label."""
        title = self._marks.sections[at].title
        found = label(title, dash=True)
        if not found or found.kind not in _MARKED:
            self._state = _State("other" if found else None, by_heading=True)
            return
        self._note(found.kind)
        if found.kind not in _OF_A_MEASURE:
            self._measure = None
        if found.whole:
            self._state = _State(found.kind, by_heading=True)
            return
        self._add(found.kind, at, None, (found.start, len(title)), 0.9, is_one=True)
        self._state = _State("other", by_heading=True)

    def _passage(self, place: Place) -> None:
        if place.what.kind == "table":
            kinds = mark_table(
                self._marks, place.section, place.passage, parent=self._guideline.element
            )
            for kind in kinds:
                self._note(kind)
            return
        if place.what.kind in _PARTS:
            return
        found = label(place.what.text)
        if found and (found.kind != "title" or not found.whole):
            self._labelled(place, found)
            return
        self._maybe_end_label(place)
        if self._state.kind in _MARKED:
            self._under_label(place)
        elif self._state.kind is None and not self._state.by_heading:
            self._unlabelled.append(place)

    def _labelled(self, place: Place, found: Label) -> None:
        kind = found.kind
        self._note(kind)
        if kind in {"goal", "measure", "baseline"}:
            self._measure = None
        level = place.what.level if place.what.kind == "item" else 0
        self._state = _State(kind, level=level, run_in=not found.whole)
        if found.whole or kind not in _MARKED:
            return
        text = place.what.text
        if found.number and found.is_one:  # "Maßnahme 3: Kurse, Feste" is one
            span = lists.trimmed(text, found.start, len(text), 0.9)
            self._add(kind, place.section, place.passage, span[:2], 0.9, is_one=True)
            self._state = _State("other")
            return
        if text.rstrip().endswith(":"):  # "Maßnahmen: geplant sind:" and a list
            self._state.run_in = False
            return
        self._spans(place, kind, found.start)

    def _maybe_end_label(self, place: Place) -> None:
        state = self._state
        if state.kind is None or state.by_heading:
            return
        if place.what.kind == "item":
            same = state.level and place.what.level <= state.level
            if same and state.run_in:
                self._unassigned(place)
        elif state.run_in or state.level:
            self._unassigned(place)

    def _unassigned(self, place: Place) -> None:
        if self._state.kind in {"goal", "measure"}:
            self._marks.doubt("unassigned-passage", place.what.text)
        self._state = _State("other")

    def _under_label(self, place: Place) -> None:
        kind = self._state.kind
        assert kind is not None
        text = place.what.text
        if text.rstrip().endswith(":"):
            return  # introduces the list that follows
        if place.what.kind == "item":
            nested = place.what.level > max(1, self._state.level + 1)
            certainty = 0.6 if nested else 0.7 if self._state.level == place.what.level else 0.9
            if nested and kind in {"goal", "measure"}:
                self._marks.doubt("nested-item", text)
            span = lists.trimmed(text, 0, len(text), certainty)
            self._add(kind, place.section, place.passage, span[:2], certainty)
            self._state.had_items = True
        elif self._state.had_items:  # it describes the entry before it, or something else
            self._marks.doubt("unassigned-passage", text)
        else:
            self._spans(place, kind, 0)

    def _spans(self, place: Place, kind: LabelKind, start: int) -> None:
        text = place.what.text
        end = len(text)
        if kind == "measure":
            spans, unsure = lists.measures(text, start, end)
            if unsure:
                code = "list-prose" if len(spans) == 1 else "list-ambiguous"
                parts = " / ".join(text[span.start : span.end] for span in spans)
                self._marks.doubt(code, text, parts)
        elif kind == "goal":
            spans = lists.goals(text, start, end, 0.9)
        else:
            spans = [lists.trimmed(text, start, end, 0.9)]
        for span in spans:
            self._add(kind, place.section, place.passage, span[:2], span.certainty)

    def _goals_before_measures(self) -> None:
        """Without a label "Ziele", the bullets before the measures are the goals."""
        if self._has_goal_label or not self._has_measure_label:
            return
        bullets = [place for place in self._unlabelled if place.what.kind == "item"]
        for place in bullets or self._unlabelled:
            text = place.what.text
            if not bullets:
                self._marks.doubt("goal-guessed", text)
            for span in lists.goals(text, 0, len(text), 0.8 if bullets else 0.5):
                self._add("goal", place.section, place.passage, span[:2], span.certainty)

    def _note(self, kind: LabelKind) -> None:
        self._has_goal_label = self._has_goal_label or kind == "goal"
        self._has_measure_label = self._has_measure_label or kind == "measure"

    def _add(
        self,
        kind: LabelKind,
        section: int,
        passage: int | None,
        span: tuple[int, int],
        certainty: float,
        *,
        is_one: bool = False,
    ) -> None:
        guideline = self._guideline.element
        hangs = self._measure if kind in _OF_A_MEASURE else None
        parent = guideline if hangs is None else hangs
        added = self._marks.add(
            _MARKED[kind], section, passage, span, parent=parent, certainty=certainty
        )
        if kind == "measure":
            self._measure = added if is_one else None


def unmarked_tables(marks: Marks, inside: set[int]) -> Iterator[tuple[int, int]]:
    """Tables outside every guideline, as (section, passage)."""
    for at, section in enumerate(marks.sections):
        if at in inside:
            continue
        for number, passage in enumerate(section.passages):
            if passage.kind == "table":
                yield at, number
