"""Tables that a page's end parted become one again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from richtschnur.documents.reading.furniture import PageTable, Sheet, SheetLine
from richtschnur.documents.reading.lines import join_parts

_NEAR: Final = 4.0  # points
_BEHIND: Final = 8  # lines
Rows = tuple[tuple[str, ...], ...]


def over_pages(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets with tables joined that go on at the head of the next page."""
    made: list[Sheet] = []
    home = 0  # the last sheet with lines
    for sheet in sheets:
        joined = _gone_on(made[home], sheet) if made else None
        if joined:
            made[home] = joined
        made.append(Sheet(sheet.height, sheet.lines[1:]) if joined else sheet)
        home = len(made) - 1 if made[-1].lines else home
    return [without_frames(sheet, but_last=False) for sheet in made]


def _gone_on(above: Sheet, sheet: Sheet) -> Sheet | None:
    """The sheet above with the table that goes on at the head of this one."""
    first = sheet.lines[0].table if sheet.lines else None
    at = _last_table(above.lines)
    last = above.lines[at].table if at is not None else None
    joined = _joined(last, first) if first and last else None
    if not joined or not first or not last or at is None:
        return None
    if at < len(above.lines) - 1 and not _is_clear(last, first):
        return None
    table = replace(above.lines[at], table=joined)
    return Sheet(above.height, (*above.lines[:at], table, *above.lines[at + 1 :]))


def _last_table(lines: Sequence[SheetLine]) -> int | None:
    """The last table of a page; a box may have been drawn behind it."""
    places = range(len(lines) - 1, max(-1, len(lines) - 1 - _BEHIND), -1)
    return next((at for at in places if lines[at].table), None)


def _is_clear(last: PageTable, first: PageTable) -> bool:
    """Does the table surely go on: its head again, or a row without a beginning?"""
    return first.rows[0] == last.rows[0] or not first.rows[0][0]


def without_frames(sheet: Sheet, *, but_last: bool = True) -> Sheet:
    """Frames that no table goes on from are text again; one at the foot of a page may head it."""
    lines: list[SheetLine] = []
    for at, one in enumerate(sheet.lines):
        framed = one.table.lines if one.table else ()
        is_text = framed and not (but_last and at == len(sheet.lines) - 1)
        lines += framed if is_text else [one]
    return Sheet(sheet.height, tuple(lines))


def _joined(last: PageTable, first: PageTable) -> PageTable | None:
    if last.lines and not first.lines:
        return _headed(last, first)
    same = len(last.columns) == len(first.columns) and all(
        abs(one - other) <= _NEAR for one, other in zip(last.columns, first.columns, strict=True)
    )
    if not same or not last.rows or not first.rows:
        return None
    rows = first.rows
    if rows[0] == last.rows[0]:
        rows = rows[1:]  # the head, printed again
    elif len(last.columns) == 3 and _begins_anew(last.rows, rows):
        return None
    elif not rows[0][0]:
        continued = tuple(
            join_parts([part for part in pair if part])
            for pair in zip(last.rows[-1], rows[0], strict=True)
        )
        return replace(last, rows=(*last.rows[:-1], continued, *rows[1:]), foot=first.foot)
    return replace(last, rows=(*last.rows, *rows), foot=first.foot)


def _headed(frame: PageTable, first: PageTable) -> PageTable | None:
    """A head over all columns stood alone at the foot of the page."""
    edges = (frame.columns[0] - first.columns[0], frame.columns[-1] - first.columns[-1])
    if max(map(abs, edges)) > _NEAR:
        return None
    rest = ("",) * (len(first.columns) - 2)
    return replace(first, rows=(*((row[0], *rest) for row in frame.rows), *first.rows))


def _begins_anew(rows: Rows, following: Rows) -> bool:
    """The next sheet of facts, with the labels that the last one had."""
    labels = {row[0] for row in rows if row[0]}
    return bool(following[0][0]) and (following[0][0] in labels or not following[0][1])
