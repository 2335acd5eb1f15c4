"""Marks follow their text when it is cleaned; what no file can carry is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from richtschnur.documents.marks import Mark
from richtschnur.documents.writing.cleaning import clean, tag_of, trimmed

_ADDRESS = re.compile(r"(https?://|mailto:|tel:)[^\s<>\"\\^`{|}]{1,2000}")


def moved(marks: Iterable[Mark], by: int) -> tuple[Mark, ...]:
    return tuple(replace(mark, start=mark.start + by, end=mark.end + by) for mark in marks)


def trimmed_marked(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """The trimmed text and its marks at their new places, sound and in order."""
    result = trimmed(text)
    if not marks:
        return result, ()
    if result != text:
        places = {place: 0 for mark in marks for place in (mark.start, mark.end)}
        for place in places:
            places[place] = _place(text, place, result)
        marks = [replace(mark, start=places[mark.start], end=places[mark.end]) for mark in marks]
    return result, tuple(sorted(kept for mark in marks if (kept := _sound(mark, len(result)))))


def _place(text: str, place: int, result: str) -> int:
    """Where `place` in the text is found in the trimmed one."""
    before = clean(text[:place]).replace("\t", " ")
    lines = [line.strip(" ") for line in before.split("\n")[:-1]]
    last = before.rpartition("\n")[2].lstrip(" ")
    lines = lines[next((i for i, line in enumerate(lines) if line), len(lines)) :]
    ends = result.split("\n")
    row = min(len(lines), len(ends) - 1)
    return sum(len(end) + 1 for end in ends[:row]) + min(len(last), len(ends[row]))


def _sound(mark: Mark, length: int) -> Mark | None:
    start, end = min(mark.start, length), min(mark.end, length)
    value = mark.value
    if mark.kind == "note":
        return Mark(start, start, "note", value) if value else None
    if mark.kind == "link" and not _ADDRESS.fullmatch(value):
        return None
    if mark.kind == "language" and not (value := tag_of(value)):
        return None
    return Mark(start, end, mark.kind, value) if start < end else None
