"""The elements in the making, and the guidelines that they hang on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.cells import cells_of
from richtschnur.documents.labels import CONTAINER, announced_count, label
from richtschnur.documents.structure.outline import (
    ElementKind,
    OutlineElement,
    OutlineSection,
)
from richtschnur.documents.structure.sections import end_of_branch


@dataclass(slots=True)
class Marks:
    """Elements as they are found; `parent` indexes this list until `in_order` sorts it."""

    sections: tuple[OutlineSection, ...]
    elements: list[OutlineElement] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)

    def text(self, section: int, passage: int | None) -> str:
        one = self.sections[section]
        return one.title if passage is None else one.passages[passage].text

    def add(
        self,
        kind: ElementKind,
        section: int,
        passage: int | None,
        span: tuple[int, int],
        *,
        parent: int | None = None,
        certainty: float,
    ) -> int:
        """Mark a span and return the element's index; an empty span marks the whole text."""
        words = self.text(section, passage)
        start, end = span if span[1] > span[0] else (0, len(words))
        self.elements.append(
            OutlineElement(kind, words[start:end], section, passage, start, end, parent, certainty)
        )
        return len(self.elements) - 1

    def doubt(self, code: str, excerpt: str = "", detail: str = "") -> None:
        self.doubts.append(Doubt(code, excerpt[:200], detail[:300]))

    def in_order(self) -> tuple[OutlineElement, ...]:
        """The elements as they stand in the paper, parents renumbered."""
        order = sorted(
            range(len(self.elements)),
            key=lambda at: (
                self.elements[at].section,
                -1 if (passage := self.elements[at].passage) is None else passage,
                self.elements[at].start,
                at,
            ),
        )
        place = {old: new for new, old in enumerate(order)}
        return tuple(_with_parent(self.elements[at], place) for at in order)


def _with_parent(one: OutlineElement, place: dict[int, int]) -> OutlineElement:
    parent = None if one.parent is None else place[one.parent]
    return OutlineElement(
        one.kind,
        one.title,
        one.section,
        one.passage,
        one.start,
        one.end,
        parent,
        one.certainty,
    )


class Guideline(NamedTuple):
    element: int
    section: int
    end: int  # index behind its last section


def mark_guidelines(marks: Marks, title_section: int | None) -> list[Guideline]:
    """Guidelines by their headings: "Leitlinie 1: …", or what stands under "Acht Leitlinien"."""
    found = _named(marks)
    containers = _containers(marks, title_section)
    if not found:
        for at in containers:
            found += _contained(marks, at)
    for at in containers:
        _compare_count(marks, at, found)
    if not found:
        found = _by_content(marks)
    if not found:
        marks.doubt("no-guidelines")
    return found


def _named(marks: Marks) -> list[Guideline]:
    sections = marks.sections
    found: list[Guideline] = []
    for at, section in enumerate(sections):
        name = label(section.title, dash=True)
        if not name or name.kind != "guideline":
            continue
        if name.whole and not (
            name.number or section.number or any(map(str.isdigit, section.title))
        ):
            continue
        outer = [one for one in found if one.end > at]
        if outer:
            marks.doubt("nested-guidelines", section.title)
        start = 0 if name.whole else name.start
        element = marks.add(
            "guideline",
            at,
            None,
            (start, len(section.title)),
            parent=outer[-1].element if outer else None,
            certainty=0.95,
        )
        found.append(Guideline(element, at, end_of_branch(sections, at)))
    return found


def _containers(marks: Marks, title_section: int | None) -> list[int]:
    return [
        at
        for at, section in enumerate(marks.sections)
        if at != title_section and CONTAINER.search(section.title)
    ]


def _children(sections: Sequence[OutlineSection], at: int) -> list[int]:
    branch = range(at + 1, end_of_branch(sections, at))
    level = min((sections[one].level for one in branch), default=0)
    return [one for one in branch if sections[one].level == level]


def _contained(marks: Marks, container: int) -> list[Guideline]:
    sections = marks.sections
    children = _children(sections, container)
    numbered = sum(1 for one in children if sections[one].number)
    found: list[Guideline] = []
    for at in children:
        section = sections[at]
        named = label(section.title, dash=True)
        if (named and named.kind != "title") or (numbered > 1 and not section.number):
            continue
        end = end_of_branch(sections, at)
        certainty = 0.95 if _has_labels(sections[at:end]) else 0.6
        if certainty < 0.9:
            marks.doubt("guideline-guessed", section.title)
        span = (0, len(section.title))
        element = marks.add("guideline", at, None, span, certainty=certainty)
        found.append(Guideline(element, at, end))
    return found


def _has_labels(branch: Sequence[OutlineSection]) -> bool:
    for section in branch:
        texts = [section.title, *(p.text for p in section.passages if p.kind != "table")]
        tables = (p.text for p in section.passages if p.kind == "table")
        cells = [row[0].text for table in tables for row in cells_of(table)]
        for text in (*texts, *cells):
            found = label(text)
            if found and found.kind in {"goal", "measure"}:
                return True
    return False


def _compare_count(marks: Marks, container: int, found: Sequence[Guideline]) -> None:
    announced = announced_count(marks.sections[container].title)
    end = end_of_branch(marks.sections, container)
    inside = [one for one in found if container < one.section < end]
    if announced is not None and announced != len(inside or found):
        count = f"{announced} / {len(inside or found)}"
        marks.doubt("count-differs", marks.sections[container].title, count)


def _by_content(marks: Marks) -> list[Guideline]:
    """No heading names them: sections that hold both goals and measures, with a doubt."""
    sections = marks.sections
    found: list[Guideline] = []
    at = 0
    while at < len(sections):
        end = end_of_branch(sections, at)
        kinds = {name.kind for s in sections[at + 1 : end] if (name := label(s.title, dash=True))}
        own = {name.kind for p in sections[at].passages if (name := label(p.text))}
        if "measure" in own or {"goal", "measure"} <= kinds:
            marks.doubt("guideline-guessed", sections[at].title)
            span = (0, len(sections[at].title))
            element = marks.add("guideline", at, None, span, certainty=0.6)
            found.append(Guideline(element, at, end))
            at = end
        else:
            at += 1
    return found
