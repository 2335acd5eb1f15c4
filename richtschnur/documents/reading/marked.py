"""Text with its marks: built of runs, folded, cut and joined without losing a mark's place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from richtschnur.documents.marks import Mark, MarkKind, within

Formats = tuple[tuple[MarkKind, str], ...]
Run = tuple[str, Formats]
_ADDRESS: Final = re.compile(r"(?:https?://[^\s]+|mailto:[^\s@]+@[^\s]+)", re.IGNORECASE)


class Marked(NamedTuple):
    text: str
    marks: tuple[Mark, ...] = ()


def of_runs(runs: Iterable[Run]) -> Marked:
    """Runs as one line with white space folded; an empty run with a note is the note's place."""
    parts: list[str] = []
    marks: list[Mark] = []
    length, space = 0, False
    for text, formats in runs:
        if not text:
            marks += [Mark(length, length, kind, value) for kind, value in formats]
            continue
        words = " ".join(text.split())
        if not words:
            space = True
            continue
        if (space or text[0].isspace()) and length:
            parts.append(" ")
            length += 1
        space = text[-1].isspace()
        parts.append(words)
        marks += [Mark(length, length + len(words), kind, value) for kind, value in formats]
        length += len(words)
    return Marked("".join(parts), _united(marks))


def _united(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Marks of one kind that touch, or that only a space parts, become one."""
    if len(marks) < 2:
        return tuple(marks)
    united: list[Mark] = []
    last: dict[tuple[str, str], int] = {}
    for mark in sorted(marks):
        key = (mark.kind, mark.value)
        at = last.get(key)
        if at is not None and mark.kind != "note" and mark.start <= united[at].end + 1:
            united[at] = replace(united[at], end=max(mark.end, united[at].end))
            continue
        last[key] = len(united)
        united.append(mark)
    return tuple(sorted(united))


def cut(whole: Marked, start: int) -> Marked:
    """What stands behind `start`, without white space before it."""
    while start < len(whole.text) and whole.text[start].isspace():
        start += 1
    return Marked(whole.text[start:], within(whole.marks, start, len(whole.text)))


def tail(whole: Marked, rest: str) -> Marked:
    """The end of `whole` that reads `rest`."""
    if not rest:
        return Marked("")
    return cut(whole, max(0, len(whole.text) - len(rest)))


def before(words: str, whole: Marked) -> Marked:
    """Plain words put before a text."""
    shift = len(words) + 1
    return Marked(f"{words} {whole.text}".rstrip(), moved(whole.marks, shift))


def moved(marks: Iterable[Mark], shift: int) -> tuple[Mark, ...]:
    return tuple(replace(one, start=one.start + shift, end=one.end + shift) for one in marks)


def joined(parts: Sequence[Marked]) -> Marked:
    """Texts as one, parted by a space."""
    text = ""
    marks: list[Mark] = []
    for part in parts:
        if part.text and text:
            text += " "
        marks += moved(part.marks, len(text))
        text += part.text
    return Marked(text, tuple(sorted(marks)))


def refolded(raw: str, marks: Sequence[Mark]) -> Marked:
    """`raw` with white space folded; marks keep their words."""
    text = " ".join(raw.split())
    if not marks or text == raw:
        return Marked(text, tuple(marks))
    place: list[int] = []  # of every old code point, and of the end
    length, is_space = 0, True
    for sign in raw:
        place.append(min(length, len(text)))
        if not sign.isspace() or not is_space:
            length += 1
        is_space = sign.isspace()
    place.append(min(length, len(text)))
    kept = (replace(one, start=place[one.start], end=place[one.end]) for one in marks)
    return Marked(text, tuple(one for one in kept if one.kind == "note" or one.end > one.start))


def is_address(target: str) -> bool:
    """May a link lead there? Only the web and mail."""
    return _ADDRESS.fullmatch(target) is not None
