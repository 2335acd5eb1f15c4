"""What stands out in a text, and what stands beside it, comes back from every format."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest

from richtschnur.documents.blocks import Block, Document
from richtschnur.documents.marks import Mark
from richtschnur.documents.paper import (
    Beside,
    Heading,
    Item,
    Note,
    PaperFormat,
    Picture,
    Room,
    Table,
    Text,
    Unwritable,
)
from richtschnur.documents.reading import read
from richtschnur.documents.writing import write
from richtschnur.documents.writing.marking import trimmed_marked
from richtschnur.documents.writing.pictures import size_of
from richtschnur.documents.writing.preparing import prepared
from tests.support.rich_papers import (
    ALTERNATIVE,
    ARABIC,
    BLOCKS,
    MARKS,
    NOTE,
    RICH,
    SVG,
    WORDS,
    png,
)

FORMATS: tuple[PaperFormat, ...] = ("docx", "odt", "html", "md")


def returned(format: PaperFormat, folder: Path) -> Document:
    """The rich paper, written and read in again."""
    path = folder / f"a.{format}"
    write(RICH, format, path)
    return read(path)


def the(document: Document, kind: str, text: str) -> Block:
    """The one block of a kind in which the text stands."""
    (found,) = [b for b in document.blocks if b.kind == kind and text in f"{b.text} {b.caption}"]
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_marks_come_back(format: PaperFormat, tmp_path: Path) -> None:
    document = returned(format, tmp_path)
    paragraph = the(document, "paragraph", WORDS)
    assert set(paragraph.marks) == set(MARKS)
    assert the(document, "quote", "Nachdruck").marks == (Mark(14, 23, "emphasis"),)
    assert the(document, "item", "Punkt mit Fett").marks == (Mark(10, 14, "strong"),)
    assert the(document, "paragraph", ARABIC).language.partition("-")[0] == "ar"
    assert the(document, "heading", "مقدمة").language.partition("-")[0] == "ar"


@pytest.mark.parametrize("format", FORMATS)
def test_footnotes_come_back_behind_their_text(format: PaperFormat, tmp_path: Path) -> None:
    document = returned(format, tmp_path)
    note = the(document, "note", NOTE)
    assert (note.text, note.number) == (NOTE, "1")
    assert note.marks == (Mark(0, 9, "strong"),)
    before = document.blocks[document.blocks.index(note) - 1]
    assert before.text == WORDS


@pytest.mark.parametrize("format", FORMATS)
def test_pictures_and_tables_come_back_with_their_words(
    format: PaperFormat, tmp_path: Path
) -> None:
    document = returned(format, tmp_path)
    picture = the(document, "picture", ALTERNATIVE)
    assert picture.caption == "Abbildung 1: Die Gemeinden"
    assert picture.picture == hashlib.sha256(png()).hexdigest()
    table = the(document, "table", "Tabelle 1: Zahlen")
    assert table.rows == (("Jahr", "Zahl"), ("2024", "1240"), ("2025", "1310"))
    assert table.caption == "Tabelle 1: Zahlen"
    assert not [b for b in document.blocks if b.kind != "table" and "Tabelle 1" in b.text]


@pytest.mark.parametrize("format", [*FORMATS, "pdf"])
def test_a_picture_without_a_text_is_refused(format: PaperFormat, tmp_path: Path) -> None:
    paper = replace(RICH, blocks=[Picture(png(), "image/png", " \n", "Unterschrift")])
    with pytest.raises(Unwritable) as raised:
        write(paper, format, tmp_path / "a")
    assert raised.value.code == "no-alternative"
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("format", [*FORMATS, "pdf"])
def test_odd_marks_break_nothing(format: PaperFormat, tmp_path: Path) -> None:
    text = " a\tb\r\nc* **d** \x00e "
    odd = (
        Mark(0, 999, "strong"),
        Mark(5, 5, "emphasis"),
        Mark(3, 7, "link", "javascript:alert(1)"),
        Mark(0, 4, "link", 'https://x.example/"><script>'),
        Mark(2, 9, "language", 'x" onload="'),
        Mark(1, 8, "superscript"),
        Mark(2, 6, "subscript"),
        Mark(4, 4, "note", "none"),
    )
    blocks = [
        Text(text, marks=odd),
        Item(text, marks=odd),
        Note("1", text, marks=odd),
        Note("", ""),
        Text("", marks=odd),
        Picture(b"no picture", "image/png", "Worte", "Unterschrift"),
        Picture(SVG[:40], "image/svg+xml", "Worte"),
        Room("", 999, '"<tag>&'),
        Beside((), Room("", -4)),
        Beside((Table("", ("a",), [("b",)]),), Room("leer", 3)),
        Beside((Text("a"),), ()),
    ]
    path = tmp_path / "a"
    write(replace(RICH, blocks=blocks), format, path)
    whole = path.read_bytes()
    if format in ("docx", "odt"):
        with ZipFile(path) as archive:
            whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"javascript:" not in whole
    assert b"<script" not in whole


def test_marks_move_with_the_text_that_is_cleaned() -> None:
    text, marks = trimmed_marked(
        "  \n  Der\x00 Kreis \r\n\uf0b7 zahlt  ", [Mark(5, 9, "strong"), Mark(18, 25, "emphasis")]
    )
    assert text == "Der Kreis\n• zahlt"
    assert [(text[mark.start : mark.end], mark.kind) for mark in marks] == [
        ("Der", "strong"),
        ("• zahlt", "emphasis"),
    ]


def test_a_footnote_without_its_sign_is_a_paragraph_and_a_sign_without_one_is_said() -> None:
    blocks = [Text("Ein Satz.", marks=(Mark(9, 9, "note", "2"),)), Note("7", "Woanders.")]
    first, second = prepared(replace(RICH, blocks=blocks)).blocks
    assert isinstance(first, Text)
    assert first.notes == ()
    assert second == Text("7 Woanders.", "note")


def test_room_to_write_is_found_again_by_its_tag(tmp_path: Path) -> None:
    tag = "richtschnur:konzept.1:7"
    blocks = [Heading(1, "Ziele"), Beside((Text("Ein Ziel."),), Room("", 4, tag))]
    paper = replace(RICH, blocks=blocks)
    for format, part, wanted in (
        ("docx", "word/document.xml", f'<w:tag w:val="{tag}"/>'),
        ("odt", "content.xml", f'<text:section text:name="{tag}"'),
    ):
        write(paper, format, tmp_path / "a")  # type: ignore[arg-type]
        with ZipFile(tmp_path / "a") as archive:
            assert wanted in archive.read(part).decode()


@pytest.mark.parametrize(
    ("data", "kind", "size"),
    [
        (png(7, 9), "image/png", (7, 9)),
        (SVG, "image/svg+xml", (120, 60)),
        (b'<svg viewBox="0 0 40 10"/>', "image/svg+xml", (40, 10)),
        (b'<svg width="1in" viewBox="0 0 40 10"/>', "image/svg+xml", (96, 24)),
        (b"GIF89a\x05\x00\x06\x00", "image/gif", (5, 6)),
        (
            b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08\x00\x03\x00\x04\x03" + bytes(9),
            "image/jpeg",
            (4, 3),
        ),
        (b"\xff\xd8\xff\xd8\xff\xd8", "image/jpeg", None),
        (b"", "image/png", None),
        (png(7, 9), "image/gif", None),
        (b"<svg width='1e9' height='1'/>", "image/svg+xml", (300, 1)),
        (b"<html>", "image/svg+xml", None),
        (png(), "application/pdf", None),
    ],
)
def test_a_picture_tells_its_size(data: bytes, kind: str, size: tuple[int, int] | None) -> None:
    assert size_of(data, kind) == size


def test_every_block_is_written() -> None:
    """The rich paper holds what the union of blocks holds, but for the two that part pages."""
    kinds = {type(block) for block in BLOCKS}
    assert kinds == {Heading, Text, Item, Note, Picture, Table}
