"""What DOCX and ODT know and a converter forgets: numbers, levels, languages, pictures, boxes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from random import Random

import pytest

from richtschnur.bench.papers.offices.compose import papers as office_papers
from richtschnur.bench.papers.offices.docx import write_docx
from richtschnur.bench.papers.offices.docx_parts import picture
from richtschnur.bench.papers.offices.odt import write_odt
from richtschnur.bench.papers.offices.sheet import (
    Box,
    Break,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Run,
    Sheet,
    Table,
    plain,
)
from richtschnur.documents.blocks import Block, Document, Unreadable
from richtschnur.documents.marks import Mark
from richtschnur.documents.reading import read
from richtschnur.documents.reading.pictures import kind_of
from richtschnur.documents.reading.preparing.counting import Counters, printed

WRITERS = {"docx": write_docx, "odt": write_odt}
FORMATS = sorted(WRITERS)


def load(folder: Path, kind: str, *parts: Part) -> Document:
    path = folder / f"draft.{kind}"
    path.write_bytes(WRITERS[kind](Sheet("Papier", "Kopf", "Seite", list(parts))))
    return read(path)


def codes(document: Document) -> set[str]:
    return {doubt.code for doubt in document.doubts}


def changed(source: bytes, name: str, old: str, new: str, *, count: int = -1) -> bytes:
    """The archive with a part in which something is replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            data = before.read(entry)
            if entry == name:
                assert old.encode() in data
                data = data.replace(old.encode(), new.encode(), count)
            after.writestr(entry, data)
    return out.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_numbers_of_headings_are_made_anew(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path,
        kind,
        Heading(1, "Lage", "1.", is_counted=True),
        Heading(2, "Land", "1.1.", is_counted=True),
        Heading(2, "Stadt", "1.2.", is_counted=True),
        Heading(1, "Anhang ohne Nummer"),
        Heading(1, "Ziele", "2.", is_counted=True),
        Heading(2, "Wohnen", "2.1.", is_counted=True),
        Paragraph(plain("Ein Satz.")),
    )
    headings = [(b.level, b.number, b.text) for b in document.blocks if b.kind == "heading"]
    assert headings == [
        (1, "1.", "Lage"),
        (2, "1.1.", "Land"),
        (2, "1.2.", "Stadt"),
        (1, "", "Anhang ohne Nummer"),
        (1, "2.", "Ziele"),
        (2, "2.1.", "Wohnen"),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_lists_keep_levels_and_numbers_and_begin_anew(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path,
        kind,
        Items(((1, plain("Eins.")), (2, plain("Darunter.")), (1, plain("Zwei."))), "1."),
        Paragraph(plain("Dazwischen.")),
        Items(((1, plain("Neu.")), (1, plain("Weiter."))), "a)"),
        Items(((1, plain("Punkt.")),), "•"),
    )
    items = [(b.level, b.number, b.text) for b in document.blocks if b.kind == "item"]
    assert items == [
        (1, "1.", "Eins."),
        (2, "a.", "Darunter."),
        (1, "2.", "Zwei."),
        (1, "a)", "Neu."),
        (1, "b)", "Weiter."),
        (1, "", "Punkt."),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_pictures_come_with_description_and_caption(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path,
        kind,
        Paragraph(plain("Davor.")),
        Picture("Karte des Kreises", "Abbildung 1: Karte"),
    )
    block = next(b for b in document.blocks if b.kind == "picture")
    assert (block.text, block.caption) == ("Karte des Kreises", "Abbildung 1: Karte")
    assert document.pictures[block.picture].data == picture()
    assert document.pictures[block.picture].media_type == "image/png"
    assert not codes(document)


@pytest.mark.parametrize("kind", FORMATS)
def test_a_caption_without_a_number_belongs_to_the_picture_above(tmp_path: Path, kind: str) -> None:
    cells = (("Stadt", "Leute"), ("Seedorf", "900"))
    document = load(tmp_path, kind, Picture("Karte", "Gemeinden im Kreis"), Table(cells))
    assert [b.caption for b in document.blocks] == ["Gemeinden im Kreis", ""]


@pytest.mark.parametrize("kind", FORMATS)
def test_a_picture_without_description_is_a_doubt(tmp_path: Path, kind: str) -> None:
    document = load(tmp_path, kind, Paragraph(plain("Davor.")), Picture("", "Abbildung 1: Karte"))
    assert "picture-without-description" in codes(document)
    assert len(document.pictures) == 1


@pytest.mark.parametrize("kind", FORMATS)
def test_footnotes_stand_behind_what_refers_to_them(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path,
        kind,
        Paragraph((Run("Zahlen des Landes", note="Quelle: Statistik."), Run(" zeigen es."))),
        Items(((1, (Run("Ein Punkt.", note="Mehr dazu."),)),)),
        Paragraph(plain("Danach.")),
    )
    assert [(b.kind, b.number, b.text) for b in document.blocks] == [
        ("paragraph", "", "Zahlen des Landes zeigen es."),
        ("note", "1", "Quelle: Statistik."),
        ("item", "", "Ein Punkt."),
        ("note", "2", "Mehr dazu."),
        ("paragraph", "", "Danach."),
    ]
    assert document.blocks[0].marks == (Mark(17, 17, "note", "1"),)
    assert document.blocks[2].marks == (Mark(10, 10, "note", "2"),)


@pytest.mark.parametrize("kind", FORMATS)
def test_formats_links_and_languages_are_marks(tmp_path: Path, kind: str) -> None:
    runs = (
        Run("Fett", "bold"),
        Run(" und "),
        Run("ein Verweis", "link"),
        Run(" und "),
        Run("مرحبا بكم", "arabic"),
        Run("."),
    )
    document = load(tmp_path, kind, Paragraph(runs))
    block = document.blocks[0]
    spans = {(m.kind, m.value): block.text[m.start : m.end] for m in block.marks}
    assert spans == {
        ("strong", ""): "Fett",
        ("link", "https://www.example.org/konzept"): "ein Verweis",
        ("language", "ar"): "مرحبا بكم",
    }


def test_german_text_marked_as_english_stays_german(tmp_path: Path) -> None:
    source = write_docx(Sheet("P", "K", "S", [Paragraph((Run("Der Bus fährt.", "arabic"),))]))
    path = tmp_path / "draft.docx"
    path.write_bytes(
        changed(source, "word/document.xml", '<w:lang w:val="de-DE"', '<w:lang w:val="en-US"')
    )
    block = read(path).blocks[0]
    assert (block.language, block.marks) == ("", ())


@pytest.mark.parametrize("kind", FORMATS)
def test_a_text_box_does_not_swallow_its_paragraph(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path, kind, Paragraph(plain("Der Absatz.")), Box(("Im Kasten.", "Noch etwas."))
    )
    assert [b.text for b in document.blocks] == ["Der Absatz.", "Im Kasten.", "Noch etwas."]
    assert codes(document) == {"text-box"}


@pytest.mark.parametrize("kind", FORMATS)
def test_insertions_are_taken_and_deletions_left_out(tmp_path: Path, kind: str) -> None:
    runs = (Run("Wir "), Run("neu ", "inserted"), Run("alt ", "deleted"), Run("bauen."))
    document = load(tmp_path, kind, Paragraph(runs))
    assert [b.text for b in document.blocks] == ["Wir neu bauen."]
    assert codes(document) == {"tracked-changes"}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_table_of_contents_goes_and_is_told(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path,
        kind,
        Break("contents"),
        Heading(1, "Lage", "1", is_counted=True),
        Heading(1, "Ziele", "2", is_counted=True),
        Paragraph(plain("Ein Satz.")),
    )
    assert [b.text for b in document.blocks] == ["Lage", "Ziele", "Ein Satz."]
    assert codes(document) == {"contents-left-out"}


@pytest.mark.parametrize("kind", FORMATS)
def test_cells_that_span_others_keep_their_place(tmp_path: Path, kind: str) -> None:
    rows = (("Maßnahme 1: Bus", ""), ("Zuständig", "Bauamt"))
    document = load(tmp_path, kind, Table(rows, "Tabelle 1: Bus", spans=(0,)))
    assert [(b.kind, b.rows, b.caption) for b in document.blocks] == [
        ("table", rows, "Tabelle 1: Bus")
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_headings_without_a_style_are_told_by_their_type(tmp_path: Path, kind: str) -> None:
    document = load(
        tmp_path,
        kind,
        Heading(1, "Lage", look="bold"),
        Paragraph(plain("Ein langer Satz über die Lage im Kreis und was daraus folgt.")),
        Heading(2, "Land", look="bold"),
        Paragraph(plain("Noch ein langer Satz über das Land und die Wege in die Stadt.")),
        Paragraph((Run("Maßnahmen", "bold"),)),
        Items(((1, plain("Ein Bus")),)),
    )
    kinds = [(b.kind, b.level, b.text[:9]) for b in document.blocks]
    assert kinds[0] == ("heading", 1, "Lage")
    assert kinds[2] == ("heading", 2, "Land")
    assert kinds[4] == ("paragraph", 0, "Maßnahmen")
    assert "heading-guessed" in codes(document)


@pytest.mark.parametrize("kind", FORMATS)
def test_no_word_of_an_office_paper_is_lost(tmp_path: Path, kind: str) -> None:
    for at, (_, sheet) in enumerate(office_papers(11, 14)):
        path = tmp_path / f"{at}.{kind}"
        path.write_bytes(WRITERS[kind](sheet))
        assert "words-missing" not in codes(read(path))


def test_a_lost_word_would_be_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "richtschnur.documents.reading.pandoc.to_document",
        lambda pieces, **kw: Document("", (Block("paragraph", "Ein"),)),
    )
    document = load(tmp_path, "docx", Paragraph(plain("Ein verlorener Satz.")))
    assert codes(document) == {"words-missing"}


def test_a_picture_that_claims_to_be_huge_is_left_out(tmp_path: Path) -> None:
    bomb = bytearray(picture())
    bomb[16:24] = (200_000).to_bytes(4, "big") * 2
    assert kind_of(bytes(bomb)) == ""
    source = write_docx(Sheet("P", "K", "S", [Paragraph(plain("Text.")), Picture("Karte", "")]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(source)) as before, zipfile.ZipFile(out, "w") as after:
        for entry in before.namelist():
            data = bytes(bomb) if entry.endswith(".png") else before.read(entry)
            after.writestr(entry, data)
    path = tmp_path / "draft.docx"
    path.write_bytes(out.getvalue())
    document = read(path)
    assert [b.text for b in document.blocks] == ["Text.", "Karte"]
    assert not document.pictures
    assert "pictures-left-out" in codes(document)


@pytest.mark.parametrize("data", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF89a", b"<svg/>"])
def test_broken_pictures_and_drawings_are_none(data: bytes) -> None:
    assert kind_of(data) == ""
    noise = Random(1).randbytes(3000)
    assert kind_of(data + noise) in {"", "image/png", "image/jpeg", "image/gif"}


def test_nested_content_is_refused(tmp_path: Path) -> None:
    opening, closing = "<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"
    boxes = "<w:p><w:r><w:pict><w:txbxContent>" * 300
    ends = "</w:txbxContent></w:pict></w:r></w:p>" * 300
    source = write_docx(Sheet("P", "K", "S", [Paragraph(plain("X"))]))
    path = tmp_path / "draft.docx"
    deep = changed(source, "word/document.xml", "<w:body>", f"<w:body>{boxes}{ends}")
    path.write_bytes(deep)
    with pytest.raises(Unreadable) as caught:
        read(path)
    assert caught.value.code == "hostile"
    flat = f"<w:body>{opening * 300}<w:p><w:r><w:t>innen</w:t></w:r></w:p>{closing * 300}"
    path.write_bytes(changed(source, "word/document.xml", "<w:body>", flat))
    assert [b.text for b in read(path).blocks] == ["innen", "X"]


@pytest.mark.parametrize(
    ("count", "form", "words"),
    [(4, "1", "4"), (4, "01", "04"), (28, "a", "bb"), (3, "A", "C"), (14, "I", "XIV"), (9, "", "")],
)
def test_numbers_are_printed_as_office_programs_do(count: int, form: str, words: str) -> None:
    assert printed(count, form) == words


def test_deeper_counters_begin_anew() -> None:
    counters, starts = Counters(), [1] * 10
    assert [counters.step(level, starts) for level in (0, 1, 1, 0, 1)] == [
        [1],
        [1, 1],
        [1, 2],
        [2],
        [2, 1],
    ]
