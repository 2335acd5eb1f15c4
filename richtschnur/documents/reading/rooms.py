"""A converter's table as an even grid of texts; cells that span others keep their place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from richtschnur.documents.reading import signs
from richtschnur.documents.reading.pieces import Piece

_MOST_COLUMNS: Final = 60
Node = dict[str, Any]


def grid(rows: Sequence[Any], text_of: Callable[[list[Node]], str]) -> tuple[tuple[str, ...], ...]:
    """pandoc's rows as texts, each row as wide as the widest; empty rows are left out."""
    made: list[list[str]] = []
    covered: dict[tuple[int, int], bool] = {}  # places that a cell above reaches into
    for at, row in enumerate(rows):
        cells: list[str] = []
        for _, _, rowspan, colspan, blocks in row[1]:
            while covered.get((at, len(cells))):
                cells.append("")
            wide = max(1, min(colspan, _MOST_COLUMNS - len(cells)))
            for below in range(1, min(rowspan, len(rows) - at)):
                covered.update(((at + below, len(cells) + n), True) for n in range(wide))
            cells += [text_of(blocks), *[""] * (wide - 1)]
        made.append(cells)
    width = max((len(row) for row in made), default=0)
    even = (tuple(row + [""] * (width - len(row))) for row in made)
    return tuple(row for row in even if any(row))


def cell_text(pieces: Sequence[Piece]) -> str:
    """A cell's text; list items are parted by a bullet sign, as a cell is one line."""
    words: list[str] = []
    for piece in pieces:
        text = " / ".join(" ; ".join(row) for row in piece.rows) or piece.text
        text = f"{piece.number} {text}".strip() if piece.number else text
        text = signs.fold(signs.without_private(text)[0])
        words.append(f"• {text}" if words and piece.kind in {"bullet", "number"} else text)
    return " ".join(word for word in words if word)
