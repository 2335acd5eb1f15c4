"""A paper as plain parts that every maker can write, and the truth about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

RunKind = Literal["plain", "bold", "italic", "inserted", "deleted", "arabic", "link"]


@dataclass(frozen=True, slots=True)
class Run:
    """`note` is a footnote behind the words; deleted words are not part of the paper."""

    text: str
    kind: RunKind = "plain"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """`number` as printed; `is_counted`: the word processor makes it. `look` bold: no style."""

    level: int
    text: str
    number: str = ""
    is_counted: bool = False
    look: Literal["style", "bold"] = "style"


@dataclass(frozen=True, slots=True)
class Paragraph:
    runs: tuple[Run, ...]
    style: Literal["body", "title", "subtitle", "quote", "label"] = "body"


@dataclass(frozen=True, slots=True)
class Items:
    """`form`: "•" and "1." are made by the word processor, "typed-…" stands in the text."""

    entries: tuple[tuple[int, tuple[Run, ...]], ...]
    form: Literal["•", "1.", "a)", "typed-•", "typed-1."] = "•"


@dataclass(frozen=True, slots=True)
class Table:
    """`spans`: indexes of rows whose first cell spans all columns; `widths` are shares."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    spans: tuple[int, ...] = ()
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    description: str
    caption: str


@dataclass(frozen=True, slots=True)
class Box:
    """A text box anchored in the paragraph before it."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Break:
    kind: Literal["page", "columns", "one-column", "contents"]


Part = Heading | Paragraph | Items | Table | Picture | Box | Break


@dataclass(slots=True)
class Truth:
    """Sections as (path of titles, outermost first); elements as (kind, words)."""

    sections: list[tuple[str, ...]] = field(default_factory=list)
    elements: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    title: str
    header: str
    footer: str
    parts: list[Part] = field(default_factory=list)
    truth: Truth = field(default_factory=Truth)


def plain(text: str) -> tuple[Run, ...]:
    return (Run(text),)
