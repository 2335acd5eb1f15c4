"""A table as one text: a line a row, cells parted by " | "; a bar within a cell is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

_BETWEEN: Final = re.compile(r"(?<!\\)\|")


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
