"""What a file holds once its format is forgotten: headings, paragraphs, items, tables, quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from richtschnur.documents.marks import Mark

BlockKind = Literal["heading", "paragraph", "item", "table", "quote", "note", "picture"]
UnreadableCode = Literal[
    "empty",
    "encrypted",
    "damaged",
    "oversized",
    "hostile",
    "no-text",
    "unknown-format",
    "wrong-encoding",
    "timeout",
]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document in reading order.

    `text` is one paragraph with white space folded to single spaces, without bullet sign, number
    or page furniture. `level` is 1..6 for a heading, 1.. for an item's nesting, else 0. `number`
    stands as in the source ("3.2", "1."); a footnote's number is its sign, and it stands directly
    behind the block that refers to it. `rows` is for tables only, its first row is the head;
    `caption` for tables and pictures. A picture's `text` is its alternative text and `picture`
    its key in `Document.pictures`. `language` is a BCP 47 tag where it differs from the
    document's.
    """

    kind: BlockKind
    text: str = ""
    level: int = 0
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    language: str = ""
    marks: tuple[Mark, ...] = ()
    caption: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it came: PNG, JPEG, GIF or SVG made harmless; `data` at most some megabytes."""

    media_type: str
    data: bytes


# What reading may be unsure of, and what recognising may: each wants a translated sentence.
READING_DOUBTS: Final = (
    "comments-left-out",
    "contents-left-out",
    "encoding-guessed",
    "heading-guessed",
    "joined-lines",
    "levels-by-number",
    "nested-by-colon",
    "number-gap",
    "numbering-ambiguous",
    "page-furniture",
    "pages-without-text",
    "picture-without-description",
    "pictures-left-out",
    "private-characters",
    "raw-markup",
    "struck-out",
    "table-without-lines",
    "text-box",
    "title-lines",
    "tracked-changes",
    "words-missing",
)
STRUCTURE_DOUBTS: Final = (
    "count-differs",  # detail: "announced / found"
    "goal-guessed",
    "guideline-guessed",
    "guiding-goal-guessed",
    "list-ambiguous",  # detail: the parts, by " / "
    "list-prose",
    "nested-guidelines",
    "nested-item",
    "no-goal",
    "no-guidelines",
    "no-guiding-goal",
    "no-measure",
    "unassigned-passage",
)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something the machine was unsure of: a code that a person's sentence is made from."""

    code: str
    excerpt: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file as plain blocks; `pictures` by the SHA-256 (hex) of their data."""

    title: str
    blocks: tuple[Block, ...]
    language: str = "de"
    doubts: tuple[Doubt, ...] = ()
    pictures: Mapping[str, Picture] = field(default_factory=dict)


class Unreadable(Exception):
    """The file can't be taken; `code` says why, `detail` is for a log, never for a resident."""

    def __init__(self, code: UnreadableCode, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code: UnreadableCode = code
        self.detail = detail
