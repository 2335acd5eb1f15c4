"""What goes in and what comes out of a proposal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["letterhead", "general", "demand", "closing", "annex"]
Method = Literal["reference", "quotation", "wording"]
Why = Literal[
    "beginning",
    "number",
    "reference",
    "heading",
    "quotation",
    "subject",
    "paragraph",
    "signature",
    "annex",
]
Words = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Place:
    """A passage of the paper that was consulted: `number` counts through it, `heading` its path."""

    id: int
    number: int
    heading: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Ranked:
    """A place that a piece may speak about: how sure (0 to 1), and by what it was found."""

    place: int
    certainty: float
    method: Method


@dataclass(frozen=True)
class Piece:
    """A part of the text, `start` to `end` in code points, end exclusive.

    `why` says what made it begin there. `places` are up to three, the likeliest first.
    """

    start: int
    end: int
    kind: Kind
    why: Why
    places: tuple[Ranked, ...] = ()


@dataclass(frozen=True)
class Block:
    """A paragraph as it stands: `start` to `end` with the blank behind it; `words` to look at."""

    start: int
    end: int
    words: str
