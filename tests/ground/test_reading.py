"""Drafts of every format become the same blocks; nothing of their words is lost."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from richtschnur.documents import blocks
from richtschnur.documents.blocks import Document
from richtschnur.documents.reading import read
from richtschnur.documents.reading.plain import read_plain
from richtschnur.documents.structure import recognise
from tests.ground import papers

REAL = Path(__file__).parents[3] / "shared" / "input"
REAL_DRAFT = REAL / "003_fe87fc30482b2f26.txt"


def words_of(document: Document) -> list[str]:
    """The words of the recognised paper, in order."""
    parts: list[str] = []
    for section in recognise(document).sections:
        parts += [section.number, section.title]
        for passage in section.passages:
            parts += [passage.number, passage.text]
    return papers.words(" ".join(parts))


@pytest.mark.skipif(not REAL.exists(), reason="shared/input is not here")
@pytest.mark.parametrize("path", sorted(REAL.glob("*.txt")), ids=lambda path: path.name)
def test_not_a_word_of_a_real_text_is_lost(path: Path) -> None:
    assert words_of(read(path)) == papers.words(path.read_text(encoding="utf-8"))


@pytest.mark.skipif(not REAL_DRAFT.exists(), reason="shared/input is not here")
def test_broken_lines_of_the_real_draft_are_whole_again() -> None:
    document = read(REAL_DRAFT)
    headings = [(b.level, b.number) for b in document.blocks if b.kind == "heading"]
    guidelines = [(2, f"{n}.") for n in range(1, 9)]
    chapters = [(1, f"{n}.") for n in range(1, 7)]
    assert headings == [(1, ""), *chapters[:3], *guidelines, *chapters[3:]]
    nested = [b.text for b in document.blocks if b.kind == "item" and b.level == 2]
    assert len(nested) == 6
    assert not any("\uf0b7" in b.text or "\f" in b.text for b in document.blocks)


@pytest.mark.parametrize("kind", papers.FORMATS)
def test_no_word_is_lost_in_any_format(tmp_path: Path, kind: papers.PaperFormat) -> None:
    document = read(papers.make(tmp_path, kind))
    assert words_of(document) == papers.words(papers.markdown())


@pytest.mark.parametrize("kind", [k for k in papers.FORMATS if k != "txt"])
def test_formats_agree_on_the_blocks(tmp_path: Path, kind: papers.PaperFormat) -> None:
    def plain(document: Document) -> list[tuple[str, int, str, str]]:
        return [(b.kind, b.level, b.number, b.text) for b in document.blocks]

    expected = plain(read(papers.make(tmp_path, "md")))
    assert plain(read(papers.make(tmp_path, kind))) == expected


def test_running_heads_and_page_numbers_go_and_are_told(tmp_path: Path) -> None:
    long = papers.markdown() + "\n\n" + "\n\n".join(f"Absatz {n} von vielen." for n in range(150))
    document = read(papers.make(tmp_path, "pdf", long))
    texts = [block.text for block in document.blocks]
    assert not any("Entwurf" in text or " / " in text for text in texts)
    assert sum(text.startswith("Absatz") for text in texts) == 150
    assert [d.code for d in document.doubts] == ["page-furniture"]


def test_text_that_repeats_is_no_furniture(tmp_path: Path) -> None:
    body = "".join(f"\n\n## Abschnitt {n}\n\n- ein Punkt\n\nEin Satz." for n in range(120))
    document = read(papers.make(tmp_path, "pdf", f"# Titel{body}"))
    assert len(document.blocks) == 361


def test_hyphens_at_the_end_of_a_line_are_joined_and_others_kept() -> None:
    text = "Die Sprach-\nförderung und die Jugend-\nund Familienhilfe der E-Mail-\nAdresse."
    document = read_plain(text, language="de")
    assert document.blocks[0].text == (
        "Die Sprachförderung und die Jugend- und Familienhilfe der E-Mail-Adresse."
    )


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("• eins\no zwei\no drei\n• vier\n", [1, 2, 2, 1]),
        ("- eins\n    - zwei\n    - drei\n- vier\n", [1, 2, 2, 1]),
        ("\uf0b7 Wir fördern:\n\uf0b7 Vereine,\n\uf0b7 Kitas.\n\uf0b7 Anderes.\n", [1, 2, 2, 1]),
        ("• eins, und das mit einigen Worten mehr\n• zwei\n– drei\n• vier\n", [1, 1, 2, 1]),
    ],
)
def test_sub_bullets_are_told_by_sign_indent_and_colon(text: str, levels: list[int]) -> None:
    document = read_plain(text, language="de")
    assert [(b.kind, b.level) for b in document.blocks] == [("item", level) for level in levels]


def test_a_dash_within_a_sentence_is_no_bullet() -> None:
    document = read_plain(
        "Der Landkreis fördert Vereine und alle Gruppen in den Gemeinden\n"
        "– auch die kleinen – mit Zuschüssen für ihre Arbeit vor Ort.\n",
        language="de",
    )
    assert [b.kind for b in document.blocks] == ["paragraph"]


def test_a_numbered_list_stays_a_list_and_a_table_of_contents_too() -> None:
    listed = read_plain("Schritte:\n\n1. Planen\n2. Bauen\n3. Prüfen\n", language="de")
    assert [b.kind for b in listed.blocks] == ["paragraph", "item", "item", "item"]
    contents = read_plain(
        "1. Lage ........ 3\n2. Ziele ....... 4\n2.1 Bildung .... 5\n3. Ausblick .... 9\n",
        language="de",
    )
    assert {b.kind for b in contents.blocks} == {"item"}


def test_a_windows_text_is_read_with_a_doubt(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes("Maßnahmen für Schüler – überall".encode("cp1252"))
    document = read(path)
    assert document.blocks[0].text == "Maßnahmen für Schüler – überall"
    assert [d.code for d in document.doubts] == ["encoding-guessed"]


def test_every_doubt_has_a_name_that_can_be_translated() -> None:
    folder = Path(blocks.__file__).parent
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("reading", "structure")
        for path in (folder / room).rglob("*.py")
    )
    used = set(re.findall(r'(?:Doubt|doubt)\(\s*"([a-z-]+)"', source))
    used |= set(re.findall(r'^    "([a-z]+(?:-[a-z]+)+)": re', source, re.MULTILINE))
    used |= set(re.findall(r'"(list-(?:ambiguous|prose))"', source))
    assert used == {*blocks.READING_DOUBTS, *blocks.STRUCTURE_DOUBTS}


def test_a_byte_order_mark_is_no_word(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(b"\xef\xbb\xbfErste Zeile.")
    assert read(path).blocks[0].text == "Erste Zeile."


def test_the_format_is_told_by_content_not_by_name(tmp_path: Path) -> None:
    docx = papers.make(tmp_path, "docx")
    assert read(docx.rename(tmp_path / "paper.pdf")).title == papers.TRUTH.title


LINES = st.lists(
    st.text(
        alphabet=st.one_of(
            st.sampled_from(list("abÄß .,:;•–o*1239()-„“\t\uf0b7\u00a0")),
            st.characters(categories=["L", "N", "P", "S", "Zs"]),
        ),
        max_size=60,
    ),
    max_size=25,
)


def letters(text: str) -> str:
    """What may never be lost or reordered: letters and digits."""
    text = unicodedata.normalize("NFC", text)
    return "".join(sign for sign in text if sign.isalnum())


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LINES, st.sampled_from(["\n", "\n\n", " \n\n", "\r\n", "\n\f"]))
def test_no_letter_of_any_text_is_lost_or_moved(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    outline = recognise(read_plain(text, language="de"))
    parts = []
    for section in outline.sections:
        parts += [section.number, section.title]
        for passage in section.passages:
            parts += [passage.number, passage.text]
    expected = letters(text)
    # A lone "o" before a word is a bullet: compare without that letter.
    assert letters("".join(parts)).replace("o", "") == expected.replace("o", "")


SOME_WORDS = (
    "Der Landkreis fördert Vereine und Gruppen. Ziele: 3. Maßnahmen: a) IV. 2.1 – • „Ja“, "
    "Leitlinie 1: Bildung (z. B. Kitas); ca. 80.000 Menschen"
)
WORDS = st.lists(
    st.sampled_from(SOME_WORDS.split()),
    min_size=1,
    max_size=12,
).map(" ".join)


@settings(max_examples=250, deadline=None)
@given(st.lists(WORDS, max_size=20), st.sampled_from(["\n", "\n\n", " \n\n \n\n"]))
def test_words_of_made_up_drafts_keep_their_order(lines: list[str], joint: str) -> None:
    text = joint.join(lines)
    document = read_plain(text, language="de")
    assert words_of(document) == papers.words(text)


def test_every_element_is_the_words_of_its_span(tmp_path: Path) -> None:
    for source in (papers.markdown(), papers.labelled_markdown()):
        outline = recognise(read(papers.make(tmp_path, "md", source)))
        for one in outline.elements:
            section = outline.sections[one.section]
            text = section.title if one.passage is None else section.passages[one.passage].text
            assert text[one.start : one.end] == one.title != ""
            assert one.parent is None or outline.elements[one.parent].kind in {
                "guideline",
                "baseline",
                "measure",
            }
