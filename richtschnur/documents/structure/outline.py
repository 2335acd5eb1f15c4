"""The recognised paper as plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from richtschnur.documents.blocks import Doubt, Picture
from richtschnur.documents.marks import Mark

PassageKind = Literal["paragraph", "item", "table", "quote", "note", "picture"]
ElementKind = Literal[
    "guiding_goal",
    "baseline",
    "guideline",
    "goal",
    "measure",
    "responsibility",
    "period",
    "indicator",
]


@dataclass(frozen=True, slots=True)
class OutlinePassage:
    """One passage; a table's text is made by `cells.join_rows`; the rest as in `Block`."""

    kind: PassageKind
    text: str
    level: int
    number: str
    marks: tuple[Mark, ...] = ()
    caption: str = ""
    picture: str = ""
    language: str = ""


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
    pictures: Mapping[str, Picture] = field(default_factory=dict)
