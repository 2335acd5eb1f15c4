"""Footnotes of a PDF: small type at the foot of a column, its number raised in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from richtschnur.documents.reading import marked, sentinels
from richtschnur.documents.reading.furniture import Sheet, SheetLine
from richtschnur.documents.reading.lines import goes_on, join_parts
from richtschnur.documents.reading.pieces import Piece

_SMALLER: Final = 0.93
_BEGIN: Final = re.compile(r"(\d{1,3})[.)]?\s*(?=[^\W\d_]|[„\"“»(])")


@dataclass(slots=True)
class Footnote:
    sign: str
    lines: list[str]
    page: int


def without_footnotes(sheets: Sequence[Sheet], body: float) -> tuple[list[Sheet], list[Footnote]]:
    """The sheets without their footnotes, and these in order."""
    notes: list[Footnote] = []
    kept: list[Sheet] = []
    referred = {
        sign for s in sheets for one in s.lines for _, sign in sentinels.notes(one.text) if sign
    }
    for page, sheet in enumerate(sheets):
        gone: set[int] = set()
        for column in _columns(sheet):
            gone |= _take(sheet, column, body, referred, page, notes)
        lines = tuple(one for at, one in enumerate(sheet.lines) if at not in gone)
        kept.append(Sheet(sheet.height, lines) if gone else sheet)
    return kept, notes


def _columns(sheet: Sheet) -> list[list[int]]:
    """Lines of each column from its foot up."""
    edges: dict[float, list[int]] = {}
    for at, one in enumerate(sheet.lines):
        edges.setdefault(one.edge, []).append(at)
    return [sorted(held, key=lambda at: sheet.lines[at].y) for held in edges.values()]


def _take(
    sheet: Sheet,
    column: Sequence[int],
    body: float,
    referred: set[str],
    page: int,
    notes: list[Footnote],
) -> set[int]:
    small: list[int] = []
    for at in column:
        one = sheet.lines[at]
        if one.table or one.size >= _SMALLER * body:
            break
        small.append(at)
    gone: set[int] = set()
    current: Footnote | None = None
    for at in reversed(small):
        one = sheet.lines[at]
        found = _begins(one, referred)
        if found:
            current = Footnote(found[1], [one.text[found.end() :]], page)
            notes.append(current)
        elif current:
            current.lines.append(one.text)
        elif notes and notes[-1].page == page - 1 and _goes_on_below(notes[-1], one):
            current = notes[-1]
            current.lines.append(one.text)
        if current:
            gone.add(at)
    return gone


def _goes_on_below(note: Footnote, line: SheetLine) -> bool:
    """Does the last footnote of the page before go on at the foot of this one?"""
    return goes_on(note.lines[-1], line.text) or not note.lines[-1].endswith((".", "!", "?"))


def _begins(line: SheetLine, referred: set[str]) -> re.Match[str] | None:
    found = _BEGIN.match(line.text)
    return found if found and found[1] in referred else None


def settle(pieces: list[Piece], notes: Sequence[Footnote]) -> None:
    """Signs in the text become marks, and each footnote a piece behind its text, in place.

    Raised numbers without a footnote stay as raised words.
    """
    waiting = list(notes)
    settled: list[Piece] = []
    for piece in pieces:
        signs = [sign for _, sign in sentinels.notes(piece.text) if sign]
        mine: list[Footnote] = []
        for sign in signs:
            at = next((n for n, one in enumerate(waiting) if one.sign == sign), None)
            if at is not None:
                mine.append(waiting.pop(at))
        if signs:
            piece.marked = _marked(piece.text, {one.sign for one in mine})
        piece.rows = tuple(tuple(_bare(cell) for cell in row) for row in piece.rows)
        settled.append(piece)
        settled += [_piece(one) for one in mine]
    settled += [_piece(one) for one in waiting]
    pieces[:] = settled


def _bare(cell: str) -> str:
    return "".join(words + sign for words, sign in sentinels.notes(cell))


def _piece(one: Footnote) -> Piece:
    return Piece("note", _bare(join_parts(one.lines)), one.sign)


def _marked(text: str, known: set[str]) -> marked.Marked:
    runs: list[marked.Run] = []
    for words, sign in sentinels.notes(text):
        runs.append((words, ()))
        if sign in known:
            runs.append(("", (("note", sign),)))
        elif sign:
            runs.append((sign, (("superscript", ""),)))
    return marked.of_runs([run for run in runs if run[0] or run[1]])
