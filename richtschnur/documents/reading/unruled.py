"""Tables of a PDF without lines: told by words that begin under each other, left as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.reading.furniture import Sheet, SheetLine

_COLUMNS: Final = 3
_ROWS: Final = 3
_NEAR: Final = 3.0  # points
Starts = tuple[float, ...]


def unruled_tables(pages: Sequence[Sequence[SheetLine]], sheets: Sequence[Sheet]) -> list[Doubt]:
    """A doubt for each page where three rows or more have words at the same three places.

    `pages`: the segments of each page, which tables with lines hold already.
    """
    doubts: list[Doubt] = []
    for number, (segments, sheet) in enumerate(zip(pages, sheets, strict=True), 1):
        ruled = [(one.table.top, one.table.foot) for one in sheet.lines if one.table]
        free = [one for one in segments if not any(foot <= one.y <= top for top, foot in ruled)]
        found = _first_row(free)
        if found:
            doubts.append(Doubt("table-without-lines", found[:120], str(number)))
    return doubts


def _first_row(segments: Sequence[SheetLine]) -> str:
    """The words of the first row of a table, or ""."""
    rows: list[list[SheetLine]] = []
    for one in segments:
        same = rows and abs(rows[-1][-1].y - one.y) < _NEAR and one.left > rows[-1][-1].right
        if same:
            rows[-1].append(one)
        else:
            rows.append([one])
    run: list[list[SheetLine]] = []
    for row in rows:
        run = [*run, row] if run and _fits(run[-1], row) else [row]
        if len(run) >= _ROWS and not all(map(_is_entry, run)):
            return " | ".join(one.text for one in run[0])
    return ""


def _is_entry(row: Sequence[SheetLine]) -> bool:
    """Of a table of contents: number, title, page."""
    first, last = row[0].text, row[-1].text.strip(" .…")
    return len(row) == _COLUMNS and last.isdigit() and first[:1].isdigit()


def _fits(above: Sequence[SheetLine], row: Sequence[SheetLine]) -> bool:
    """As many words at the same places, one line lower."""
    return (
        len(row) == len(above) >= _COLUMNS
        and above[0].y > row[0].y
        and all(abs(a.left - b.left) <= _NEAR for a, b in zip(above, row, strict=True))
    )
