"""Blocks in the making: what is known of a piece before headings and levels are settled."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from richtschnur.documents.blocks import Block, Document, Doubt
from richtschnur.documents.labels import label
from richtschnur.documents.reading import signs

PieceKind = Literal["text", "bullet", "number", "heading", "table", "quote"]

_UNFINISHED: Final = re.compile(r"[.;,:][\"“”»«’')\]]*$")
_QUOTED: Final = re.compile(r"[„“»\"].*[“”«\"]")
_MOST_HEADING_WORDS: Final = 20


@dataclass(slots=True)
class Piece:
    """`level` 0 means not yet known. `indent` is in the units of the page."""

    kind: PieceKind
    text: str = ""
    number: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    language: str = ""
    sign: str = ""
    indent: float = 0.0
    gap: bool = False
    parts: tuple[str, ...] = ()  # the lines that the text was joined from
    size: float = 0.0
    bold: bool = False
    styled: bool = False  # the source itself says that this is a heading

    @property
    def lines(self) -> int:
        return max(1, len(self.parts))

    @property
    def is_label(self) -> bool:
        """Nothing but a label: "Maßnahmen:"."""
        found = label(self.text)
        return found is not None and found.whole

    @property
    def is_heading_like(self) -> bool:
        """Short, begins like a title, doesn't end like a sentence."""
        words = self.text.split()
        return (
            0 < len(words) <= _MOST_HEADING_WORDS
            and self.lines <= 3
            and not _UNFINISHED.search(self.text)
            and not _QUOTED.fullmatch(self.text)
            and not words[0][0].islower()
        )


def to_blocks(pieces: Sequence[Piece]) -> tuple[tuple[Block, ...], list[Doubt]]:
    """Plain blocks of settled pieces. Private-use letters go, with a doubt."""
    blocks: list[Block] = []
    doubts: list[Doubt] = []
    for piece in pieces:
        text, lost = signs.without_private(signs.fold(piece.text))
        if lost:
            doubts.append(Doubt("private-characters", signs.fold(text)[:120]))
        block = _block(piece, signs.fold(text))
        if block.text or block.rows or block.number:
            blocks.append(block)
    return tuple(blocks), doubts


def _block(piece: Piece, text: str) -> Block:
    if piece.kind == "heading":
        level = min(max(piece.level, 1), 6)
        return Block("heading", text, level, piece.number, language=piece.language)
    if piece.kind in {"bullet", "number"}:
        return Block("item", text, max(piece.level, 1), piece.number, language=piece.language)
    if piece.kind == "table":
        return Block("table", rows=piece.rows, language=piece.language)
    kind: Literal["quote", "paragraph"] = "quote" if piece.kind == "quote" else "paragraph"
    return Block(kind, text, number=piece.number, language=piece.language)


def to_document(
    pieces: Sequence[Piece], *, language: str, doubts: Sequence[Doubt], title: str = ""
) -> Document:
    """A document of settled pieces; its title is the one heading above all others."""
    blocks, more = to_blocks(pieces)
    return Document(title or _title(blocks), blocks, language, (*doubts, *more))


def _title(blocks: Sequence[Block]) -> str:
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings or headings[0].number:
        return ""
    first, *others = headings
    named = label(first.text, dash=True)
    if named and named.kind == "guideline":
        return ""
    return first.text if all(other.level > first.level for other in others) else ""
