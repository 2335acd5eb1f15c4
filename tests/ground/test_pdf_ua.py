"""PDFs hold PDF/UA-1 and PDF/A-2a, and the checker that says so is one that can say no."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from richtschnur.documents.paper import Beside, Heading, Paper, Picture, Room, Text
from richtschnur.documents.writing import write
from tests.support.pdf import (
    STREAM,
    alternatives,
    are_lengths_right,
    assert_accessible,
    broken_rules,
    tags,
)
from tests.support.rich_papers import ALTERNATIVE, ARABIC, AT, BLOCKS, RICH


def made(paper: Paper, folder: Path) -> Path:
    path = folder / "a.pdf"
    write(paper, "pdf", path)
    return path


def test_a_paper_with_everything_is_accessible(tmp_path: Path) -> None:
    path = made(replace(RICH, contents=True), tmp_path)
    assert_accessible(path, languages=["ar"])
    assert alternatives(path) == [ALTERNATIVE, "Ein Rechteck"]
    kinds = [kind for kind, _ in tags(path)]
    assert {"Note", "Link", "BlockQuote", "TH", "Caption"} <= set(kinds)
    document = pypdfium2.PdfDocument(path)
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    text = " ".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert marks == [(0, "1 Einleitung"), (1, "مقدمة")]
    assert ARABIC in text


def test_room_to_write_and_two_languages_side_by_side(tmp_path: Path) -> None:
    blocks = [
        Heading(1, "Ziele"),
        Beside((Text("Absatz 1", "note"), Text("Ein Ziel.")), Room("", 4, "a:1")),
        Beside((Text("Ein Ziel."),), (Text(ARABIC, language="ar"),)),
        Room("Zum Ganzen", 8),
    ]
    assert_accessible(made(replace(RICH, blocks=blocks), tmp_path), languages=["ar"])


def test_a_right_to_left_paper(tmp_path: Path) -> None:
    blocks = [Heading(1, "مقدمة"), Text(ARABIC), *BLOCKS[1:]]
    path = made(replace(RICH, title="مفهوم", language="ar", blocks=blocks), tmp_path)
    assert_accessible(path)


def test_a_picture_that_is_broken_inside_is_said_in_words(tmp_path: Path) -> None:
    data = b"GIF89a\x10\x00\x10\x00 and then nothing"
    blocks = [Heading(1, "Bild"), Picture(data, "image/gif", "Das Rathaus", "Foto: Kreis")]
    path = made(replace(RICH, blocks=blocks), tmp_path)
    assert_accessible(path)
    document = pypdfium2.PdfDocument(path)
    text = document[0].get_textpage().get_text_range()
    document.close()
    assert "Das Rathaus" in text
    assert "Foto: Kreis" in text


FAULTS = {
    "no title shown": (b"/DisplayDocTitle true", b"/DisplayDocTitle null"),
    "no language": (b"/Lang(de)", b"/Xang(de)"),
    "no tags": (b"/StructTreeRoot ", b"/XtructTreeRoot "),
    "not marked": (b"/Marked true", b"/Marked null"),
    "no alternative": (b"/Alt(Ein Rechteck)", b"/Xlt(Ein Rechteck)"),
    "skipped heading": (b"/S/H2/P", b"/S/H4/P"),
    "heads of nothing": (b"/Scope/Column/Headers[", b"/Xcope/Column/Xeaders["),
    "no identifier": (b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfuaid:part>7</pdfuaid:part>"),
    "a tag of its own": (b"/S/BlockQuote", b"/S/BlockQuotX"),
    "letters without meaning": (b"/ToUnicode ", b"/XoUnicode "),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_checker_finds(fault: str, tmp_path: Path) -> None:
    path = made(RICH, tmp_path)
    sound, broken = FAULTS[fault]
    data = path.read_bytes()
    assert sound in data
    data = data.replace(sound, broken)
    if fault == "heads of nothing":  # cells could name their heads themselves
        data = data.replace(b"/Headers[", b"/Xeaders[")
    path.write_bytes(data)
    assert broken_rules(path)
    with pytest.raises(AssertionError):
        assert_accessible(path)


def test_a_paper_without_headings_lacks_nothing_but_their_bookmarks(tmp_path: Path) -> None:
    """The title is the bookmark then."""
    assert_accessible(made(Paper("Titel", "de", [Text("Nur ein Absatz.")], AT), tmp_path))


@pytest.mark.parametrize("wrong", [-1, 1, 3])
def test_a_stream_of_another_length_is_found(wrong: int, tmp_path: Path) -> None:
    path = made(RICH, tmp_path)
    assert broken_rules(path, "2a") == set()
    data = path.read_bytes()
    stream = next(iter(STREAM.finditer(data)))
    begin, end = stream.span("length")
    length = str(int(stream["length"]) + wrong).encode()
    path.write_bytes(data[:begin] + length.rjust(end - begin, b"0") + data[end:])
    assert not are_lengths_right(path)
    assert broken_rules(path, "2a")
