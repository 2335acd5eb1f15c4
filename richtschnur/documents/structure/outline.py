"""The recognised paper as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from richtschnur.documents.blocks import Doubt

PassageKind = Literal["paragraph", "item", "table"]
ElementKind = Literal["guiding_goal", "baseline", "guideline", "goal", "measure", "responsibility"]


@dataclass(frozen=True, slots=True)
class OutlinePassage:
    """One passage; a table's text is its rows as lines, cells parted by " | "."""

    kind: PassageKind
    text: str
    level: int
    number: str


@dataclass(frozen=True, slots=True)
class OutlineSection:
    """A heading and what stands under it until the next heading of any level."""

    title: str
    number: str
    level: int
    passages: tuple[OutlinePassage, ...]


@dataclass(frozen=True, slots=True)
class OutlineElement:
    """A marked span: `section` indexes `Outline.sections`, `passage` that section's passages.

    `passage` None means the section's heading. `start` and `end` are code points in that text,
    end exclusive. `parent` indexes `Outline.elements` (a goal's guideline). `certainty` is 0..1.
    """

    kind: ElementKind
    title: str
    section: int
    passage: int | None
    start: int
    end: int
    parent: int | None
    certainty: float


@dataclass(frozen=True, slots=True)
class Outline:
    """The recognised paper: every word of the document stands in exactly one section."""

    title: str
    sections: tuple[OutlineSection, ...]
    elements: tuple[OutlineElement, ...]
    doubts: tuple[Doubt, ...]
