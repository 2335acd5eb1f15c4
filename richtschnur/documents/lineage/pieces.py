"""Two editions as plain data, and what is found out about their passages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Fate = Literal["kept", "changed", "moved", "split", "merged", "added", "dropped"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A section's heading; `level` 1 is the top."""

    title: str
    number: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage: `section` indexes the headings, `picture` is a digest of the picture's data."""

    text: str
    section: int = 0
    kind: str = "paragraph"
    caption: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """One edition in reading order."""

    headings: tuple[Heading, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Strand:
    """What became of some passages; `before` and `after` index the pieces of the two editions.

    `certainty` is 0..1. `is_automatic`: sure enough to be carried out before a person has looked.
    Otherwise it asks: `before` or `after` holds the one passage that nobody is sure about and
    `candidates` those of the other edition that it may be, the likeliest first. `is_exact`: not
    a word differs. `is_moved`: it also stands elsewhere in the order.
    """

    fate: Fate
    before: tuple[int, ...]
    after: tuple[int, ...]
    certainty: float
    is_automatic: bool
    is_exact: bool = False
    is_moved: bool = False
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineage:
    """The fate of every passage of both editions, each in exactly one strand.

    Strands stand in the new edition's order, dropped ones where they stood. `sections` says for
    new sections which old one they are: {new: old}.
    """

    strands: tuple[Strand, ...]
    sections: dict[int, int] = field(default_factory=dict)
