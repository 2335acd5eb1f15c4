"""PDFs keep PDF/UA's promises, lose no word and look as they should."""

import os
import re
import resource
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest

from richtschnur.documents.paper import Heading, Item, Paper, Table, Text, Unwritable
from richtschnur.documents.writing import fonts, pdf, write
from richtschnur.documents.writing.preparing import prepared
from tests.support.effort import spent
from tests.support.pdf import assert_accessible, string, tags

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSTILE = '#import "x": * *b* _i_ $x$ <b>&amp;</b> `c` @a \\ // /* ~ -- ... #{1+1} = <l>'
ADDRESS = "https://www.landkreis.example/konzepte/2026/fassung-2/anlagen/uebersicht.pdf?ansicht=1"
SALAD = "abcde" * 60


def synopsis(count: int, size: str = "a4") -> Paper:
    rows = [
        (
            str(index),
            f"Abschnitt 3.{index}",
            "Die Sprachförderung und Kinderbetreuungsmöglichkeiten fehlen am Abend. " * 5,
            "Der Landkreis prüft die Busverbindungen zwischen den Gemeinden. " * 3,
            "Wird teilweise übernommen",
        )
        for index in range(1, count + 1)
    ]
    head = ("Nr.", "Stelle im Konzept", "Rückmeldung", "Antwort", "Abwägungsergebnis")
    blocks = [Text("Alle Rückmeldungen."), Table("Rückmeldungen", head, rows)]
    return Paper(
        "Auswertungsübersicht",
        "de",
        blocks,
        AT,
        county="Landkreis Musterland",
        landscape=True,
        paper_size=size,  # type: ignore[arg-type]
    )


def texts(path: Path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return pages


def flat(text: str) -> str:
    """Without line breaks, and without the hyphens at them."""
    return re.sub(r"\s+", " ", text.replace("\ufffe\r\n", "").replace("\ufffe", ""))


READING = Paper(
    "Integrationskonzept",
    "de",
    [
        Heading(3, "1 Leitbild", "leitbild"),
        Text("Wer hier lebt, gehört dazu – überall.", "lead"),
        Heading(6, "1.1 Ziel"),
        Item("Kurse am Abend"),
        Item("in jeder Gemeinde", 2),
        Item("Der Kreistag beschließt.", 1, "7.3"),
        Text("Ich finde es gut.", "quote"),
        Text("أريد أن أتعلم اللغة الألمانية", language="ar"),
        Text("من زبان آلمانی یاد بگیرم"),
        Text("Я хочу вивчати німецьку мову, їжак, ґанок.", language="uk"),
        Text("Akşamları kurs yok, öğrenciler için zor. Ğ ı İ ş", language="tr"),
        Text(HOSTILE),
        Text(ADDRESS),
        Table("Zahlen", ("Jahr", "Zahl"), [("2024", "1240"), ("2025", HOSTILE)]),
    ],
    AT,
    county="Landkreis Musterland",
    notes=(("Stand", "22. November 2026"), ("Prüfsumme", "9f86d081884c7d659a2feaa0c55ad015" * 2)),
)


def test_every_word_comes_out_as_it_went_in(tmp_path: Path) -> None:
    write(READING, "pdf", tmp_path / "a.pdf")
    text = flat(" ".join(texts(tmp_path / "a.pdf")))
    assert text.count(HOSTILE) == 2
    assert ADDRESS in text.replace(" ", "")
    for block in READING.blocks:
        if isinstance(block, Text) and block.text != ADDRESS:
            assert block.text in text
    assert "7.3 Der Kreistag beschließt." in text
    assert "Landkreis Musterland · Integrationskonzept" in text
    assert "1 / 1" in text


def test_the_structure_is_that_of_an_accessible_pdf(tmp_path: Path) -> None:
    write(replace(READING, contents=True), "pdf", tmp_path / "a.pdf")
    data = (tmp_path / "a.pdf").read_bytes()
    for promise in (b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfaid:part>2</pdfaid:part>"):
        assert promise in data
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert document.get_metadata_dict()["Title"] == "Integrationskonzept"
    assert "20261122120000" in document.get_metadata_dict()["CreationDate"]
    assert pdfium.FPDFCatalog_IsTagged(document.raw)
    assert string(pdfium.FPDFCatalog_GetLanguage, document.raw).lower().startswith("de")
    marks = [(mark.level, mark.get_title()) for mark in document.get_toc()]
    assert marks == [(0, "1 Leitbild"), (1, "1.1 Ziel")]
    document.close()
    found = list(tags(tmp_path / "a.pdf"))
    kinds = [kind for kind, _ in found]
    headings = [kind for kind in dict.fromkeys(kinds) if re.fullmatch("H[1-6]", kind)]
    assert headings == ["H1", "H2", "H3"]
    assert {"Table", "TH", "TD", "L", "LI", "TOC", "BlockQuote", "Caption"} <= set(kinds)
    assert {"ar", "fa", "uk", "tr"} <= {language.lower() for _, language in found}


@pytest.mark.parametrize(("size", "width"), [("a4", 842), ("a3", 1191)])
def test_the_synopsis_repeats_its_head_on_each_page(size: str, width: int, tmp_path: Path) -> None:
    write(synopsis(60, size), "pdf", tmp_path / "a.pdf")
    pages = texts(tmp_path / "a.pdf")
    assert len(pages) > 3
    assert all("Abwägungsergebnis" in page for page in pages)
    assert all(f"{number} / {len(pages)}" in page for number, page in enumerate(pages, start=1))
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    assert round(document[0].get_width()) == width
    document.close()
    assert [kind for kind, _ in tags(tmp_path / "a.pdf")].count("TH") >= 5
    assert_accessible(tmp_path / "a.pdf")


def test_long_words_stay_in_their_cells(tmp_path: Path) -> None:
    """Every letter stands inside the page's margins, and no hyphen was put into an address."""
    rows = [(SALAD, ADDRESS, "x" * 300, "Grundstücksverkehrsgenehmigungszuständigkeitsübertragung")]
    paper = replace(synopsis(1), blocks=[Table("", ("A", "B", "C", "D"), rows, (1, 1, 1, 1))])
    write(paper, "pdf", tmp_path / "a.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    page = document[0]
    text = page.get_textpage()
    boxes = [text.get_charbox(index) for index in range(text.count_chars())]
    edges = [42 + column * (842 - 84) / 4 for column in range(5)]
    for left, _, right, _ in boxes:
        assert left >= 42
        assert right <= 800
    content = text.get_text_range().replace("\r\n", "")
    assert ADDRESS in content
    assert SALAD in content
    cells = [box for box in boxes if box[1] < 430 and box[3] > 60]
    assert not [box for box in cells for edge in edges[1:-1] if box[0] + 1 < edge < box[2] - 1]
    document.close()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gut 😀", "gut [grinning face]"),
        ("👍🏽", "[thumbs up sign]"),
        ("中", "\ufffd"),
        ("Ｆｕｌｌ", "Full"),
        ("→ ≥ ✓ ☐ ★ €", "→ ≥ ✓ ☐ ★ €"),
        ("u\u0308", "ü"),
        ("a\u3000b", "a b"),
    ],
)
def test_signs_without_a_font_are_written_out(text: str, shown: str, tmp_path: Path) -> None:
    assert fonts.showable(text) == shown
    write(replace(READING, blocks=[Text(text)]), "pdf", tmp_path / "a.pdf")


def test_all_signs_we_count_on_can_be_set(tmp_path: Path) -> None:
    signs = "".join(
        sign
        for first, last in ((0x20, 0x600), (0x1E00, 0x2000), (0x2010, 0x2C00), (0x600, 0x700))
        for sign in map(chr, range(first, last))
    )
    blocks = [Text(" ".join(signs[start : start + 200])) for start in range(0, len(signs), 200)]
    write(replace(READING, blocks=blocks), "pdf", tmp_path / "a.pdf")


def test_a_right_to_left_paper(tmp_path: Path) -> None:
    blocks = [Heading(1, "المقدمة"), Text("أريد أن أتعلم"), Text("Deutsch", language="de")]
    write(Paper("مفهوم الاندماج", "ar", blocks, AT), "pdf", tmp_path / "a.pdf")
    text = flat(texts(tmp_path / "a.pdf")[0])
    assert "أريد أن أتعلم" in text
    assert "Deutsch" in text


def test_time_runs_out(tmp_path: Path) -> None:
    with pytest.raises(Unwritable) as raised:
        pdf.write_pdf(prepared(synopsis(200)), tmp_path / "a.pdf", timeout=0.01)
    assert raised.value.code == "timeout"


def test_a_failed_typesetting_tells_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "families", lambda: ("No Such Font",))
    with pytest.raises(Unwritable) as raised:
        write(READING, "pdf", tmp_path / "a.pdf")
    assert raised.value.code == "typesetting"
    assert "unknown font family" in raised.value.detail
    assert not list(tmp_path.iterdir())


def test_five_hundred_rows_stay_small(tmp_path: Path) -> None:
    """Forked, so that the largest child is this one's and not that of an earlier test."""
    start = spent()
    pid = os.fork()
    if not pid:
        write(synopsis(500), "pdf", tmp_path / "a.pdf")
        largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # kilobytes
        os._exit(0 if 50_000 < largest < 800_000 else 1)
    assert os.waitpid(pid, 0)[1] == 0
    assert spent() - start < 20
    assert (tmp_path / "a.pdf").stat().st_size > 10_000
