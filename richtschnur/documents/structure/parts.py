"""Which words of a passage may be meant: the whole, its sentences, the parts of its lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from richtschnur.documents.labels import label

MOST = 80
_SENTENCE: Final = re.compile(r"(?<=[.!?…])[“”»\"]?\s+(?=[\"„»(]?[A-ZÄÖÜ0-9])")
_CLAUSE: Final = re.compile(r"(?<=[,;:])\s+")
_BAR: Final = re.compile(r"\s*(?<!\\)\|\s*|\s*•\s*|\n")
_BULLET: Final = re.compile(r"\s*•\s*|\n")
_TAIL: Final = re.compile(r"[\s.,;:]+$")
_BRACKETS: Final = {"(": ")", "[": "]", "„": "“", "»": "«"}


class Part(NamedTuple):
    """Code points of a text, end exclusive."""

    start: int
    end: int


def parts(text: str, *, is_table: bool = False) -> list[Part]:
    """Spans to choose from, each once, the whole text first; at most MOST.

    A list behind a label ("Maßnahmen: a, b") is offered without the label and in its parts.
    """
    found: dict[Part, None] = {}
    whole = trimmed(text, 0, len(text), keeps_end=True)
    for part in (whole, *(_cells(text) if is_table else _of_a_line(text))):
        if part.end > part.start:
            found.setdefault(part)
    return list(found)[:MOST]


def _cells(text: str) -> Iterator[Part]:
    for start, end in _pieces(text, 0, len(text), _BAR):
        yield trimmed(text, start, end, keeps_end=True)
    for start, end in _pieces(text, 0, len(text), re.compile(r"\s*(?<!\\)\|\s*|\n")):
        if _BULLET.search(text, start, end):
            yield trimmed(text, start, end, keeps_end=True)


def _of_a_line(text: str) -> Iterator[Part]:
    found = label(text)
    start = found.start if found and not found.whole else 0
    yield trimmed(text, start, len(text))
    sentences = list(_pieces(text, start, len(text), _SENTENCE))
    if len(sentences) > 1:
        for one in sentences:
            yield trimmed(text, *one)
    for sign in ";,":
        pieces = list(_listed(text, start, len(text), sign))
        if len(pieces) > 1:
            for one in pieces:
                yield trimmed(text, *one)


def trimmed(text: str, start: int, end: int, *, keeps_end: bool = False) -> Part:
    """A span without white space around it and, unless it `keeps_end`, without its last sign."""
    while start < end and text[start].isspace():
        start += 1
    words = text[start:end]
    end = start + len(words.rstrip() if keeps_end else _TAIL.sub("", words))
    return Part(start, end)


def _pieces(text: str, start: int, end: int, cut: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    for found in cut.finditer(text, start, end):
        yield start, found.start()
        start = found.end()
    yield start, end


def _listed(text: str, start: int, end: int, sign: str) -> Iterator[tuple[int, int]]:
    """Cut at a sign outside of brackets and quotes, and not within a number."""
    open_until = ""
    for at in range(start, end):
        letter = text[at]
        if open_until:
            open_until = "" if letter == open_until else open_until
        elif letter in _BRACKETS and text.find(_BRACKETS[letter], at, end) > 0:
            open_until = _BRACKETS[letter]
        elif letter == sign and not text[at + 1 : at + 2].isdigit():
            yield start, at
            start = at + 1
    yield start, end


def cuts(text: str) -> list[int]:
    """Where a passage can be cut in two: before its sentences, else before its clauses."""
    for pattern in (_SENTENCE, re.compile(r"\n+"), _CLAUSE):
        found = [one.end() for one in pattern.finditer(text) if 0 < one.end() < len(text)]
        if found:
            return found[:MOST]
    return []
