"""Plain text: what a line's length and its neighbours tell."""

from __future__ import annotations

import textwrap
from pathlib import Path

from richtschnur.documents.blocks import Document
from richtschnur.documents.reading import read
from richtschnur.documents.reading.plain import read_plain

SENTENCE = "Der Landkreis fördert die Vereine in den Gemeinden, damit alle Menschen sie erreichen. "
LONG = "Ein sehr langer Titel, den niemand umbrochen hat, weil er am Stück aus der Tabelle kommt "


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if block.kind == "heading"]


def paper(*parts: str) -> Document:
    return read_plain("\n\n".join(parts) + "\n", language="de")


def broken(words: str) -> str:
    return textwrap.fill(words, 80)


def test_long_lines_of_their_own_part_no_broken_paragraph() -> None:
    text = broken(SENTENCE * 12)
    document = paper("Konzept", text, LONG * 2, text, LONG, text, LONG, text)
    whole = [b for b in document.blocks if b.text == (SENTENCE * 12).strip()]
    assert len(whole) == 4


def test_lines_that_nobody_broke_stay_apart() -> None:
    document = paper("Konzept", f"{SENTENCE * 4}\n{SENTENCE * 4}", SENTENCE * 5)
    assert [b.text for b in document.blocks].count((SENTENCE * 4).strip()) == 2


def test_a_label_that_comes_again_is_no_heading_and_a_lone_one_is() -> None:
    text = SENTENCE * 3
    document = paper("Konzept", "Ausgangslage", text, "Maßnahmen", text, "Maßnahmen", text)
    assert headings(document)[-1] == "Ausgangslage"
    assert [b.text for b in document.blocks].count("Maßnahmen") == 2


def test_a_line_without_words_is_no_heading() -> None:
    assert headings(paper("Konzept", SENTENCE * 3, "2024: 953", SENTENCE * 3)) == ["Konzept"]


def test_a_web_page_without_one_heading_above_all_has_the_title_of_its_head(tmp_path: Path) -> None:
    path = tmp_path / "draft.html"
    head = "<!doctype html><html><head><title>Teilhabeplan</title></head><body>"
    path.write_text(f"{head}<h1>Ziele</h1><p>A.</p><h1>Ausblick</h1><p>B.</p>", encoding="utf-8")
    assert read(path).title == "Teilhabeplan"
    path.write_text(f"{head}<h1>Plan</h1><h2>Ziele</h2><p>A.</p>", encoding="utf-8")
    assert read(path).title == "Plan"
