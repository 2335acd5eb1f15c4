"""What the writers take: a paper for reading (`Paper`) or a table for reckoning (`Sheet`).

All texts are plain: no markup is read out of them; what stands out in them is said by marks.
A line feed inside a text is a line break.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from richtschnur.documents.marks import Mark

TextStyle = Literal["body", "lead", "note", "quote"]
PaperFormat = Literal["html", "docx", "odt", "pdf", "md"]
SheetFormat = Literal["xlsx", "ods", "csv", "json"]
Value = str | int | float | date | datetime | None


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6; writers close gaps between levels. `anchor` names a target."""

    level: int
    text: str
    anchor: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph. `language` (BCP 47) is given where it differs from the paper's.

    `label` ("(1)") is printed before the text. Footnotes may be given here, or as blocks behind.
    """

    text: str
    style: TextStyle = "body"
    language: str = ""
    marks: tuple[Mark, ...] = ()
    label: str = ""
    notes: tuple["Note", ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a list; with `number` the number is printed as it stands, else a bullet."""

    text: str
    level: int = 1
    number: str = ""
    language: str = ""
    marks: tuple[Mark, ...] = ()
    notes: tuple["Note", ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose head is repeated on each page.

    `widths` are shares of the width, one a column; without them they follow the contents.
    Short rows are filled with empty cells, longer ones raise ValueError. `rows` that are no
    sequence are read when they are written, each time anew: a million need no memory in DOCX
    and ODT.
    """

    caption: str
    head: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]
    widths: tuple[float, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture (PNG, JPEG, GIF or SVG) with its alternative text, which may not be empty."""

    data: bytes
    media_type: str
    alternative: str
    caption: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: `sign` is the value of the mark of kind "note" in the text before it."""

    sign: str
    text: str
    language: str = ""
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """Room to write by hand or in a word processor: `lines` ruled lines under a label.

    `tag` is found again by a program in a DOCX (content control) and an ODT (section).
    """

    label: str
    lines: int = 4
    tag: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page (or after a rule, where there are no pages)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Two things side by side: what is read, and room to write or the same in another language.

    They follow each other where they need the whole width (tables, pictures).
    """

    blocks: tuple[Heading | Text | Item | Table | Picture | Note, ...]
    other: Room | tuple[Heading | Text | Item | Table | Picture | Note, ...]


PaperBlock = Heading | Text | Item | Table | Picture | Note | Room | Beside | PageBreak


@dataclass(frozen=True, slots=True)
class Words:
    """What writers say themselves, in the paper's language."""

    contents: str = "Inhalt"
    notes: str = "Fußnoten"
    back: str = "zurück zum Text"
    passage: str = "Text"
    room: str = "Ihre Bemerkung"
    write_here: str = "Hier schreiben"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be read or printed.

    `notes` are pairs of label and value printed under the title (state of, checksum).
    `written_at` is the only moment that stands in the file. `contents` puts a table of
    contents behind the title (PDF and HTML). `accent` is `#rrggbb`, dark enough for text.
    """

    title: str
    language: str
    blocks: Sequence[PaperBlock]
    written_at: datetime
    subtitle: str = ""
    county: str = ""
    notes: tuple[tuple[str, str], ...] = ()
    landscape: bool = False
    paper_size: Literal["a4", "a3"] = "a4"
    contents: bool = False
    accent: str = "#1d4f60"
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table for a spreadsheet or another program; `rows` may be a generator.

    `overflow` names the second sheet on which XLSX continues texts that are too long for
    one of its cells. `written_at` stands in the file's properties.
    """

    title: str
    head: Sequence[str]
    rows: Iterable[Sequence[Value]]
    language: str = "de"
    written_at: datetime | None = None
    overflow: str = "Lange Texte"


class Unwritable(Exception):
    """The file could not be made.

    `code` is one of "timeout", "typesetting", "too-many-rows", "reference", "no-alternative" (a
    picture without a text that stands for it).
    """

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail
