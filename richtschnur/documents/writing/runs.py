"""A marked text as stretches that look the same from end to end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from richtschnur.documents.marks import Mark
from richtschnur.documents.paper import Item, Note, Text


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text; or, with `note`, the place of a footnote's sign, which has no text."""

    text: str
    strong: bool = False
    emphasis: bool = False
    script: Literal["", "superscript", "subscript"] = ""
    link: str = ""
    language: str = ""
    note: Note | None = None


def runs_of(block: Text | Item | Note) -> list[Run]:
    """The block's text in order; signs of footnotes stand between the stretches."""
    if not block.marks:
        return [Run(block.text)]
    notes = () if isinstance(block, Note) else block.notes
    return list(_runs(block.text, block.marks, {note.sign: note for note in notes}))


def linked(runs: Iterable[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Address and stretches; neighbours with one address are one link."""
    for link, group in groupby(runs, key=lambda run: run.link):
        yield link, list(group)


def spoken(runs: Iterable[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Language and stretches; neighbours in one language stay together."""
    for language, group in groupby(runs, key=lambda run: run.language):
        yield language, list(group)


def _runs(text: str, marks: Sequence[Mark], notes: dict[str, Note]) -> Iterator[Run]:
    spans = [mark for mark in marks if mark.kind != "note"]
    signs = [mark for mark in marks if mark.kind == "note"]
    borders = {0, len(text)} | {place for mark in marks for place in (mark.start, mark.end)}
    places = sorted(place for place in borders if place <= len(text))
    for index, start in enumerate(places):
        for sign in (mark for mark in signs if mark.start == start):
            note = notes.get(sign.value)
            # A sign whose footnote is missing is still said.
            yield Run("", note=note) if note else Run(sign.value, script="superscript")
        end = places[index + 1] if index + 1 < len(places) else start
        if end > start:
            over = [mark for mark in spans if mark.start <= start and mark.end >= end]
            yield _run(text[start:end], over)


def _run(text: str, marks: Iterable[Mark]) -> Run:
    values = {mark.kind: mark.value for mark in marks}
    script: Literal["", "superscript", "subscript"] = ""
    if "superscript" in values:
        script = "superscript"
    elif "subscript" in values:
        script = "subscript"
    return Run(
        text,
        strong="strong" in values,
        emphasis="emphasis" in values,
        script=script,
        link=values.get("link", ""),
        language=values.get("language", ""),
    )
