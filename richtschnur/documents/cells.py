"""A table as one text: a line a row, cells parted by " | "; a bar within a cell is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

_BETWEEN: Final = re.compile(r"(?<!\\)\|")


class Cell(NamedTuple):
    """Where a cell stands in such a text; `text` is as it stands there."""

    start: int
    end: int
    text: str


def join_rows(rows: Iterable[Sequence[str]]) -> str:
    """Rows of cells as one text; white space within a cell is folded."""
    return "\n".join(" | ".join(" ".join(c.replace("|", r"\|").split()) for c in r) for r in rows)


def split_rows(text: str) -> list[list[str]]:
    """The rows of such a text, all as wide as the widest; the first is the head."""
    rows = [
        [cell.strip().replace(r"\|", "|") for cell in _BETWEEN.split(line)]
        for line in text.split("\n")
    ]
    width = max(len(row) for row in rows)
    return [row + [""] * (width - len(row)) for row in rows]


def cells_of(text: str) -> list[list[Cell]]:
    """The cells of such a text with their places in it."""
    rows: list[list[Cell]] = []
    at = 0
    for line in text.split("\n"):
        cells: list[Cell] = []
        begin = 0
        for end in (*(found.start() for found in _BETWEEN.finditer(line)), len(line)):
            words = line[begin:end].strip(" ")
            start = at + begin + (len(line[begin:end]) - len(line[begin:end].lstrip(" ")))
            cells.append(Cell(start, start + len(words), words))
            begin = end + 1
        rows.append(cells)
        at += len(line) + 1
    return rows
