"""Blocks in the making: what is known of a piece before headings and levels are settled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from richtschnur.documents.blocks import Block, BlockKind, Document, Doubt, Picture
from richtschnur.documents.labels import label
from richtschnur.documents.marks import Mark
from richtschnur.documents.reading import marked, signs
from richtschnur.documents.reading.marked import Marked

PieceKind = Literal[
    "text", "bullet", "number", "heading", "table", "quote", "note", "picture", "caption"
]

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
    marks: tuple[Mark, ...] = ()
    caption: str = ""
    picture: str = ""
    page: int = 0

    @property
    def marked(self) -> Marked:
        return Marked(self.text, self.marks)

    @marked.setter
    def marked(self, whole: Marked) -> None:
        self.text, self.marks = whole

    def take_number_back(self) -> None:
        """A number that was none belongs to the words."""
        if self.number:
            self.marked = marked.before(self.number, self.marked)
            self.number = ""

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
        text, lost = signs.without_private(piece.text)
        if lost:
            doubts.append(Doubt("private-characters", signs.fold(text)[:120]))
        block = _block(piece, marked.refolded(text, piece.marks))
        if block.text or block.rows or block.number or block.picture:
            blocks.append(block)
    return tuple(blocks), doubts


_KINDS: Final[dict[PieceKind, BlockKind]] = {
    "heading": "heading",
    "bullet": "item",
    "number": "item",
    "table": "table",
    "quote": "quote",
    "note": "note",
    "picture": "picture",
}


def _block(piece: Piece, words: Marked) -> Block:
    kind = _KINDS.get(piece.kind, "paragraph")
    level = 0
    if kind == "heading":
        level = min(max(piece.level, 1), 6)
    elif kind == "item":
        level = max(piece.level, 1)
    return Block(
        kind,
        words.text,
        level,
        piece.number,
        piece.rows,
        piece.language,
        () if kind == "heading" else words.marks,
        signs.fold(signs.without_private(piece.caption)[0]),
        piece.picture,
    )


def to_document(
    pieces: Sequence[Piece],
    *,
    language: str,
    doubts: Sequence[Doubt],
    title: str = "",
    pictures: Mapping[str, Picture] | None = None,
) -> Document:
    """A document of settled pieces; its title is the one heading above all others."""
    blocks, more = to_blocks(pieces)
    more += [
        Doubt("picture-without-description", block.caption)
        for block in blocks
        if block.kind == "picture" and not block.text
    ]
    title = title or _title(blocks)
    return Document(title, blocks, language, (*doubts, *more), pictures or {})


def _title(blocks: Sequence[Block]) -> str:
    headings = [block for block in blocks if block.kind == "heading"]
    if not headings or headings[0].number:
        return ""
    first, *others = headings
    named = label(first.text, dash=True)
    if named and named.kind == "guideline":
        return ""
    return first.text if all(other.level > first.level for other in others) else ""
