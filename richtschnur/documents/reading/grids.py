"""Tables of a PDF page: what the drawn lines part into cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

_NEAR: Final = 2.5  # points that lines may miss each other by
_LEAST: Final = 6.0  # height of a row and width of a column
_MOST_LINES: Final = 1200
_LOW: Final = 60.0


class Rule(NamedTuple):
    """A straight line: across (`is_level`) at `place` from `start` to `end`, or upright."""

    is_level: bool
    place: float
    start: float
    end: float


@dataclass(slots=True)
class Grid:
    """`columns` from the left, `rows` from the top down: the places of the lines between."""

    columns: list[float]
    rows: list[float]
    rules: list[Rule] = field(default_factory=list)

    def holds(self, x: float, y: float) -> bool:
        return self.columns[0] < x < self.columns[-1] and self.rows[-1] < y < self.rows[0]

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Row and column of a point; cells without a line between them are one."""
        row = next(at for at in range(len(self.rows) - 1, -1, -1) if y < self.rows[at])
        column = bisect_right(self.columns, x) - 1
        while column > 0 and not self._parts(False, column, row):
            column -= 1
        while row > 0 and not self._parts(True, row, column):
            row -= 1
        return row, column

    def _parts(self, is_level: bool, line: int, across: int) -> bool:
        """Is there a line at the beginning of this row or column, at that place?"""
        if is_level:
            place = self.rows[line]
            middle = (self.columns[across] + self.columns[across + 1]) / 2
        else:
            place = self.columns[line]
            middle = (self.rows[across] + self.rows[across + 1]) / 2
        return any(
            one.is_level == is_level
            and abs(one.place - place) <= _NEAR
            and one.start - _NEAR <= middle <= one.end + _NEAR
            for one in self.rules
        )


def find_grids(boxes: Sequence[Sequence[float]]) -> list[Grid]:
    """Grids from drawn lines [left, bottom, right, top]: of two columns, or one low row.

    A low row of one column may be the head of a table that the page's end parts.
    """
    rules = _rules(boxes)
    if not 4 <= len(rules) <= _MOST_LINES:
        return []
    grids = []
    for together in _connected(rules):
        columns = _places(one.place for one in together if not one.is_level)
        rows = _places(one.place for one in together if one.is_level)
        is_low = len(columns) == len(rows) == 2 and rows[-1] - rows[0] <= _LOW
        if (len(columns) >= 3 and len(rows) >= 2) or is_low:
            grids.append(Grid(columns, rows[::-1], together))
    return grids


def _rules(boxes: Sequence[Sequence[float]]) -> list[Rule]:
    found: dict[tuple[bool, int], list[Rule]] = {}
    for left, bottom, right, top in boxes:
        is_level = right - left >= top - bottom
        if is_level:
            rule = Rule(True, (bottom + top) / 2, left, right)
        else:
            rule = Rule(False, (left + right) / 2, bottom, top)
        found.setdefault((is_level, round(rule.place)), []).append(rule)
    joined: list[Rule] = []
    for rules in found.values():
        rules.sort(key=lambda one: one.start)
        last = rules[0]
        for one in rules[1:]:
            if one.start <= last.end + _NEAR:
                last = last._replace(end=max(last.end, one.end))
            else:
                joined.append(last)
                last = one
        joined.append(last)
    return [one for one in joined if one.end - one.start >= _LEAST]


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Lines that cross or touch each other, directly or through others."""
    level = [one for one in rules if one.is_level]
    upright = [one for one in rules if not one.is_level]
    owner = list(range(len(rules)))
    places = {id(one): at for at, one in enumerate((*level, *upright))}

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for one in level:
        for other in upright:
            crosses = (
                one.start - _NEAR <= other.place <= one.end + _NEAR
                and other.start - _NEAR <= one.place <= other.end + _NEAR
            )
            if crosses:
                owner[root(places[id(one)])] = root(places[id(other)])
    groups: dict[int, list[Rule]] = {}
    for one in (*level, *upright):
        groups.setdefault(root(places[id(one)]), []).append(one)
    return list(groups.values())


def _places(values: object) -> list[float]:
    """Places in order, those of one line taken once."""
    found: list[float] = []
    for value in sorted(values):  # type: ignore[call-overload]
        if not found or value - found[-1] > _LEAST:
            found.append(value)
    return found
