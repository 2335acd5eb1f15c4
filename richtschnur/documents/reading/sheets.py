"""Pages of a PDF: segments become lines in their columns; what stands in a grid becomes a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from richtschnur.documents.reading import signs
from richtschnur.documents.reading.furniture import PageTable, Sheet, SheetLine
from richtschnur.documents.reading.grids import Grid, find_grids
from richtschnur.documents.reading.lines import join_parts

_JOINS: Final = 8.0  # sizes: so wide may a tab be
_SAME: Final = 4.0  # points
_LEAST_LINES: Final = 4  # of a column
Rows = tuple[tuple[str, ...], ...]


def to_sheet(
    height: float, segments: Sequence[SheetLine], boxes: Sequence[Sequence[float]]
) -> Sheet:
    """Lines and tables of a page in the order of the file."""
    grids = find_grids(boxes)
    inside: dict[int, list[SheetLine]] = {}
    lines: list[SheetLine | int] = []  # a number stands for a grid
    for one in segments:
        if not one.text:
            continue
        at = next((n for n, grid in enumerate(grids) if grid.holds(*_middle(one))), None)
        if at is not None:
            if at not in inside:
                lines.append(at)
            inside.setdefault(at, []).append(one)
            continue
        last = lines[-1] if lines else None
        if isinstance(last, SheetLine) and _is_one_line(last, one):
            lines[-1] = _joined(last, one)
        else:
            lines.append(one)
    made = (
        one if isinstance(one, SheetLine) else _as_line(grids[one], inside[one]) for one in lines
    )
    return Sheet(height, tuple(made))


def _middle(one: SheetLine) -> tuple[float, float]:
    return (one.left + one.right) / 2, one.y + one.size * 0.3


def _as_line(grid: Grid, held: Sequence[SheetLine]) -> SheetLine:
    top, foot = grid.rows[0], grid.rows[-1]
    framed = tuple(held) if len(grid.columns) == 2 else ()
    table = PageTable(_rows(grid, held), tuple(grid.columns), top, foot, framed)
    return SheetLine("", grid.columns[0], grid.columns[-1], foot, 0.0, False, table=table)


def _is_one_line(last: SheetLine, one: SheetLine) -> bool:
    size = max(last.size, one.size)
    gap = one.left - last.right
    return abs(last.y - one.y) < 0.45 * size and -1 < gap < _JOINS * size


def _joined(last: SheetLine, one: SheetLine) -> SheetLine:
    return replace(
        last,
        text=f"{last.text} {one.text}",
        right=one.right,
        size=max(last.size, one.size),
        bold=last.bold and one.bold,
    )


def _rows(grid: Grid, held: Sequence[SheetLine]) -> Rows:
    cells: dict[tuple[int, int], list[SheetLine]] = {}
    for one in held:
        lines = cells.setdefault(grid.cell(*_middle(one)), [])
        if lines and _is_one_line(lines[-1], one):
            lines[-1] = _joined(lines[-1], one)
        else:
            lines.append(one)
    width = len(grid.columns) - 1
    rows = [
        tuple(_cell(cells.get((row, column), ())) for column in range(width))
        for row in range(len(grid.rows) - 1)
    ]
    return tuple(row for row in rows if any(row))


def _cell(lines: Sequence[SheetLine]) -> str:
    """A cell's text; entries of a list in it are parted by a bullet sign."""
    parts: list[list[str]] = [[]]
    for line in lines:
        mark = signs.bullet(line.text)
        if mark and mark.sure:
            parts.append([f"• {mark.rest}".strip()])
        else:
            parts[-1].append(line.text)
    return " ".join(join_parts(one) for one in parts if one).removeprefix("• ")


def in_columns(sheet: Sheet) -> Sheet:
    """The sheet whose lines know the right edge of the column that they stand in."""
    lines = [one for one in sheet.lines if not one.table]
    start = _gutter(lines)
    if start is None:
        return sheet
    right = [one for one in lines if one.left >= start - _SAME]
    top, foot = max(one.y for one in right), min(one.y for one in right)
    across = [one.y for one in lines if one.left < start - _SAME and one.right > start + _SAME]
    low = max((y for y in across if y < foot), default=0.0)  # the left column may be longer
    high = min((y for y in across if y > top), default=sheet.height)
    left = [one for one in lines if one.right <= start - _SAME and low < one.y < high]
    edges: dict[int, float] = {}
    for column in (left, right):
        edge = _edge([one.right for one in column])
        edges.update((id(one), edge) for one in column)
    known = tuple(replace(one, edge=edges.get(id(one), 0.0)) for one in sheet.lines)
    return Sheet(sheet.height, known)


def in_order(sheet: Sheet) -> Sheet:
    """The sheet with what was drawn later put where it stands, such as a text box.

    Columns are left in the order of the file.
    """
    runs: list[list[SheetLine]] = []
    for one in sheet.lines:
        if runs and _top(one) <= runs[-1][-1].y + _SAME:
            runs[-1].append(one)
        else:
            runs.append([one])
    settled: list[list[SheetLine]] = []
    for run in runs:
        place = next((found for other in settled if (found := _place(run, other))), None)
        if place is None:
            settled.append(run)
        else:
            home, at = place
            home[at:at] = run
    if len(settled) == len(runs):
        return sheet
    return Sheet(sheet.height, tuple(one for run in settled for one in run))


def _top(one: SheetLine) -> float:
    return one.table.top if one.table else one.y


def _place(run: list[SheetLine], other: list[SheetLine]) -> tuple[list[SheetLine], int] | None:
    """Where the run stands between lines of the other one, if it does, above and below it."""
    top = _top(run[0])
    if not _top(other[0]) >= top > other[-1].y:
        return None
    at = next(n for n, one in enumerate(other) if one.y < top)
    left, right = min(one.left for one in run), max(one.right for one in run)
    around = other[max(0, at - 1) : at + 1]
    beside = any(min(right, one.right) - max(left, one.left) <= 0 for one in around)
    return None if beside else (other, at)


def _edge(rights: Sequence[float]) -> float:
    return sorted(rights)[-2] if len(rights) > 6 else max(rights, default=0.0)


def _gutter(lines: Sequence[SheetLine]) -> float | None:
    """Where a second column begins, if the page has one."""
    if len(lines) < 2 * _LEAST_LINES:
        return None
    low, high = min(one.left for one in lines), max(one.right for one in lines)
    starts = [one.left for one in lines if low + 0.35 * (high - low) < one.left < high - 40]
    best: float | None = None
    most = _LEAST_LINES - 1
    for start in set(starts):
        right = [one for one in lines if start - 1 <= one.left]
        aligned = sum(1 for one in right if one.left < start + _SAME)
        if aligned <= most:
            continue
        top, foot = max(one.y for one in right), min(one.y for one in right)
        beside = [one for one in lines if one.left < start - 1 and foot - 1 <= one.y <= top + 1]
        crossing = sum(1 for one in beside if one.right > start - 2)
        if len(beside) >= _LEAST_LINES and crossing <= 0.1 * len(beside):
            best, most = start, aligned
    return best
