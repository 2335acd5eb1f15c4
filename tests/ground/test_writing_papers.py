"""Papers become DOCX, ODT, HTML and Markdown whose words are the words that were given."""

import json
import re
import resource
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pypandoc
import pytest
from markdown_it import MarkdownIt

from richtschnur.documents.paper import (
    Heading,
    Item,
    PageBreak,
    Paper,
    Table,
    Text,
    Unwritable,
)
from richtschnur.documents.writing import write
from richtschnur.documents.writing.cleaning import clean, language_of
from richtschnur.documents.writing.preparing import prepared
from tests.support.effort import spent

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ARABIC = "أريد أن أتعلم اللغة الألمانية."
PERSIAN = "من می‌خواهم زبان آلمانی یاد بگیرم"
UKRAINIAN = "Я хочу вивчати німецьку мову, їжак, ґанок."
HOSTILE = '#import "x": * *b* _i_ $x$ <b>&amp;</b> `c` [l](u) | \\ {{ x }} ]]> ${y} # = - @a <!--'
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"

PAPER = Paper(
    "Konzept für Groß & Klein",
    "de",
    [
        Heading(2, "1 Leitbild", "leitbild"),
        Text("Wer hier lebt, gehört dazu. Äöüß.", "lead"),
        Heading(5, "Maßnahmen"),
        Item("Kurse am Abend"),
        Item("in jeder Gemeinde", 2),
        Item("Der Kreistag beschließt.", 1, "3.1"),
        Text(HOSTILE, "quote"),
        Text(ARABIC, language="ar"),
        Text(PERSIAN),
        Text(UKRAINIAN, language="uk"),
        Text("Erste Zeile\nzweite Zeile", "note"),
        PageBreak(),
        Table("Kennzahlen", ("Nr.", "Text"), [("1", HOSTILE), ("2", ARABIC), ("3",)]),
    ],
    AT,
    county="Landkreis Musterland",
    notes=(("Stand", "22. November 2026"),),
)
FORMATS = ("docx", "odt", "html", "md", "pdf")


def part_of(path: Path, name: str) -> ElementTree.Element:
    with ZipFile(path) as archive:
        assert archive.testzip() is None
        for other in archive.namelist():
            if other.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(other))
        return ElementTree.fromstring(archive.read(name))


def words(element: ElementTree.Element) -> str:
    """The text of an office document: a line feed a paragraph or break."""
    pieces = []
    for node in element.iter():
        if node.tag in (f"{W}p", f"{W}br", f"{TEXT}p", f"{TEXT}h"):
            pieces.append("\n")
        if node.tag == f"{TEXT}line-break":
            pieces.append("\n")
        pieces.append(node.text or "")
        pieces.append(node.tail or "")
    return re.sub(r"\n+", "\n", "".join(pieces))


class Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_docx_holds_every_word(tmp_path: Path) -> None:
    write(PAPER, "docx", tmp_path / "a.docx")
    body = part_of(tmp_path / "a.docx", "word/document.xml")
    text = words(body)
    for expected in (HOSTILE, ARABIC, PERSIAN, UKRAINIAN, "Äöüß", "3.1", "Erste Zeile\nzweite"):
        assert expected in text
    assert text.count(HOSTILE) == 2
    head, *rows = body.iter(f"{W}tr")
    assert head.find(f"{W}trPr/{W}tblHeader") is not None
    assert len(rows) == 3
    styles = [node.get(f"{W}val") for node in body.iter(f"{W}pStyle")]
    assert [style for style in styles if style and style.startswith("Heading")] == [
        "Heading1",
        "Heading2",
    ]


def test_docx_knows_languages_title_and_directions(tmp_path: Path) -> None:
    write(replace(PAPER, landscape=True, paper_size="a3"), "docx", tmp_path / "a.docx")
    body = part_of(tmp_path / "a.docx", "word/document.xml")
    languages = {node.get(f"{W}val") or node.get(f"{W}bidi") for node in body.iter(f"{W}lang")}
    assert languages == {"ar-SA", "fa-IR", "uk-UA"}
    assert len(list(body.iter(f"{W}bidi"))) == 3
    page = next(body.iter(f"{W}pgSz"))
    assert (page.get(f"{W}w"), page.get(f"{W}h")) == ("23811", "16838")
    assert page.get(f"{W}orient") == "landscape"
    core = part_of(tmp_path / "a.docx", "docProps/core.xml")
    assert "Konzept für Groß & Klein" in "".join(core.itertext())
    assert "2026-11-22T12:00:00Z" in "".join(core.itertext())


def test_odt_holds_every_word(tmp_path: Path) -> None:
    write(PAPER, "odt", tmp_path / "a.odt")
    with ZipFile(tmp_path / "a.odt") as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", ZIP_STORED)
    content = part_of(tmp_path / "a.odt", "content.xml")
    text = words(content)
    for expected in (HOSTILE, ARABIC, PERSIAN, UKRAINIAN, "Äöüß", "3.1", "Erste Zeile\nzweite"):
        assert expected in text
    levels = [node.get(f"{TEXT}outline-level") for node in content.iter(f"{TEXT}h")]
    assert levels == ["1", "2"]
    assert len(list(content.iter(f"{TABLE}table-header-rows"))) == 1
    modes = [node.get(f"{STYLE}writing-mode") for node in content.iter()]
    assert modes.count("rl-tb") == 4  # Arabic and Persian paragraphs, an Arabic cell, a grid


def test_odt_uses_only_styles_that_exist(tmp_path: Path) -> None:
    write(replace(PAPER, landscape=True), "odt", tmp_path / "a.odt")
    content = part_of(tmp_path / "a.odt", "content.xml")
    styles = part_of(tmp_path / "a.odt", "styles.xml")
    known = {node.get(f"{STYLE}name") for part in (content, styles) for node in part.iter()}
    used = {
        value
        for node in content.iter()
        for key, value in node.attrib.items()
        if key.endswith(("}style-name", "}parent-style-name", "}master-page-name"))
    }
    assert used <= known
    layouts = [node.get(f"{FO}page-width") for node in styles.iter()]
    assert "297mm" in layouts


def test_html_is_one_harmless_page(tmp_path: Path) -> None:
    write(replace(PAPER, contents=True), "html", tmp_path / "a.html")
    page = Page((tmp_path / "a.html").read_text("utf-8"))
    assert page.text.count(HOSTILE) == 2
    assert ("html", {"lang": "de", "dir": "ltr"}) in page.tags
    assert ("div", {"lang": "ar", "dir": "rtl"}) in page.tags
    assert [tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2", "h3"]
    assert [of["scope"] for tag, of in page.tags if tag == "th"] == ["col", "col"]
    assert not {"b", "script", "img"} & {tag for tag, _ in page.tags}
    targets = {of.get("id") for _, of in page.tags}
    assert {str(of["href"])[1:] for tag, of in page.tags if tag == "a"} <= targets


def rendered(path: Path) -> Page:
    """The Markdown as a page; its head is YAML."""
    _, head, body = path.read_text("utf-8").split("---\n", 2)
    assert head.startswith("title: ")
    return Page(MarkdownIt().enable("table").render(body))


def test_markdown_says_the_same_after_rendering(tmp_path: Path) -> None:
    write(PAPER, "md", tmp_path / "a.md")
    page = rendered(tmp_path / "a.md")
    assert page.text.count(HOSTILE) == 2
    assert [tag for tag, _ in page.tags if re.fullmatch("h[1-6]", tag)] == ["h1", "h2"]
    assert "a" not in {tag for tag, _ in page.tags}
    assert "Erste Zeile\nzweite Zeile" in page.text


@pytest.mark.parametrize(
    "text",
    ["1. kein Listenpunkt", "- kein Punkt", "# keine", "+1", "=> so", "    vier", "> Zitat", "---"],
)
def test_markdown_lets_no_text_become_structure(text: str, tmp_path: Path) -> None:
    write(replace(PAPER, blocks=[Text(text), Item(text)], notes=()), "md", tmp_path / "a.md")
    page = rendered(tmp_path / "a.md")
    assert page.text.count(text.strip()) == 2
    assert [tag for tag, _ in page.tags] == ["p", "ul", "li"]


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_other_programs_read_the_structure(format: str, tmp_path: Path) -> None:
    write(PAPER, format, tmp_path / "a")
    called = [pypandoc.get_pandoc_path(), "--sandbox", "-f", format, "-t", "json", tmp_path / "a"]
    done = subprocess.run(called, capture_output=True, check=True, timeout=30)
    kinds = [block["t"] for block in json.loads(done.stdout)["blocks"]]
    assert kinds.count("Header") == 2
    assert kinds.count("Table") == 1
    assert "BulletList" in kinds


@pytest.mark.parametrize("format", FORMATS)
def test_nothing_breaks_a_file(format: str, tmp_path: Path) -> None:
    worst = "\x00\x0b\x1f\ud800\ufffe\uf0b7\u202eevil\u2066\U000e0041 😀中ሰላም " + HOSTILE
    paper = Paper(
        worst,
        "no language",
        [
            Heading(9, worst, "1 bad anchor"),
            Heading(-3, worst, "same"),
            Heading(3, worst, "same"),
            Heading(1, " \n "),
            Text(""),
            Text("x" * 20_000),
            Item("tief", 99, worst),
            PageBreak(),
            PageBreak(),
            Table("", (), []),
            Table(worst, ("a", "b"), []),
            Table("", (worst, "b"), [("y" * 20_000, worst), ()], (0.0, -1.0)),
        ],
        AT,
        accent="red; evil",
        notes=((worst, worst),),
    )
    write(paper, format, tmp_path / "a")
    assert (tmp_path / "a").stat().st_size > 1_000
    assert [file.name for file in tmp_path.iterdir()] == ["a"]


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_paper_is_a_file_too(format: str, tmp_path: Path) -> None:
    write(Paper("", "de", [], AT), format, tmp_path / "a")
    assert (tmp_path / "a").stat().st_size > 0


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_paper_makes_the_same_file(format: str, tmp_path: Path) -> None:
    write(PAPER, format, tmp_path / "a")
    write(PAPER, format, tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_failed_writing_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.docx"
    path.write_text("old")
    path.chmod(0o640)
    with pytest.raises(ValueError, match="row 1 has 2 cells"):
        write(replace(PAPER, blocks=[Table("", ("a",), [("1", "2")])]), "docx", path)
    assert path.read_text() == "old"
    write(PAPER, "docx", path)
    assert path.read_bytes()[:2] == b"PK"
    assert path.stat().st_mode & 0o777 == 0o640
    with pytest.raises(FileNotFoundError):
        write(PAPER, "docx", tmp_path / "none" / "a.docx")
    with pytest.raises(ValueError, match="no such format"):
        write(PAPER, "rtf", tmp_path / "a.rtf")  # type: ignore[arg-type]


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_a_reference_lends_its_look(format: str, tmp_path: Path) -> None:
    reference, path = tmp_path / f"reference.{format}", tmp_path / f"a.{format}"
    write(Paper("Vorlage", "de", [], AT, county="KREISWAPPEN"), format, reference)
    part = "word/styles.xml" if format == "docx" else "styles.xml"
    marked = tmp_path / f"marked.{format}"
    with ZipFile(reference) as old, ZipFile(marked, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"1d4f60", b"abcdef").replace(b"1D4F60", b"ABCDEF"))
    write(replace(PAPER, county="Anderer", landscape=True), format, path, reference=marked)
    with ZipFile(path) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist())
        assert b"abcdef" in archive.read(part).lower()
        assert len(archive.namelist()) == len(set(archive.namelist()))
    assert b"KREISWAPPEN" in everything
    assert b"Vorlage" not in everything.replace(b"Vorlage</w:t>", b"").replace(
        b"Vorlage<text:tab/>", b""
    )
    part_of(path, part)


@pytest.mark.parametrize("format", ["docx", "odt"])
def test_a_broken_reference_is_named(format: str, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(b"PK not really")
    with pytest.raises(Unwritable) as raised:
        write(PAPER, format, tmp_path / "a", reference=bad)
    assert raised.value.code == "reference"
    with ZipFile(bad, "w") as archive:
        for name in ("word/document.xml", "word/styles.xml", "styles.xml"):
            archive.writestr(name, '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(Unwritable):
        write(PAPER, format, tmp_path / "a", reference=bad)
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize("format", ["docx", "odt", "html"])
def test_ten_thousand_rows_are_quick(format: str, tmp_path: Path) -> None:
    rows = [(str(index), "Mehr Busse am Abend. " * 10, "Dank.") for index in range(10_000)]
    paper = replace(PAPER, blocks=[Table("", ("Nr.", "Text", "Antwort"), rows)], landscape=True)
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, spent()
    write(paper, format, tmp_path / "a")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert spent() - start < 10
    assert grown < 100_000  # kilobytes


def test_cleaning_keeps_what_can_be_read() -> None:
    assert clean("a\r\nb\rc\u2028d\ve") == "a\nb\nc\nd\ne"
    assert clean("\uf0b7 Punkt \ue123") == "• Punkt \ufffd"
    assert clean("\u202eabc\u202c\ufeff\x00") == "abc"
    assert clean(PERSIAN) == PERSIAN  # its joiners are letters' business


def test_levels_close_gaps_and_languages_show_in_the_script() -> None:
    levels = [2, 4, 3, 1, 6, 2]
    paper = prepared(replace(PAPER, blocks=[Heading(level, "x") for level in levels]))
    assert [block.level for block in paper.blocks if isinstance(block, Heading)] == [
        1,
        2,
        2,
        1,
        2,
        2,
    ]
    assert language_of(ARABIC, "", "de") == "ar"
    assert language_of(PERSIAN, "", "de") == "fa"
    assert language_of("Das Wort شكرا heißt danke", "", "de") == "de"
