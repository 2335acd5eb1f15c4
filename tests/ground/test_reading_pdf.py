"""PDF drafts: what stands where on the page becomes text, tables and footnotes again."""

from __future__ import annotations

from pathlib import Path

import typst

from richtschnur.documents.blocks import Document
from richtschnur.documents.marks import Mark
from richtschnur.documents.reading import read
from richtschnur.documents.reading.furniture import Sheet, SheetLine
from richtschnur.documents.reading.grids import find_grids
from richtschnur.documents.reading.sheets import in_columns, in_order

SENTENCE = "Der Landkreis fördert die Vereine in den Gemeinden, damit alle sie erreichen. "
HEAD = '#set page(paper: "a4", numbering: "1")\n#set text(lang: "de", size: 11pt)\n'


def load(folder: Path, source: str) -> Document:
    path = folder / "draft.pdf"
    path.write_bytes(typst.compile((HEAD + source).encode()))
    return read(path)


def codes(document: Document) -> set[str]:
    return {doubt.code for doubt in document.doubts}


def line(text: str, left: float, right: float, y: float) -> SheetLine:
    return SheetLine(text, left, right, y, 11.0, False)


def test_a_table_with_rules_is_a_table(tmp_path: Path) -> None:
    rows = (
        "table.cell(colspan: 2)[*Maßnahme 1: Bus*], [Zuständig], [Bauamt], [Ziel], [- eins\n- zwei]"
    )
    document = load(
        tmp_path, f"{SENTENCE * 3}\n#table(columns: (4cm, 8cm), {rows})\n{SENTENCE * 3}"
    )
    assert [b.kind for b in document.blocks] == ["paragraph", "table", "paragraph"]
    assert document.blocks[1].rows == (
        ("Maßnahme 1: Bus", ""),
        ("Zuständig", "Bauamt"),
        ("Ziel", "eins • zwei"),
    )


def test_a_table_over_pages_is_one_and_its_head_comes_once(tmp_path: Path) -> None:
    rows = ", ".join(f"[{n}], [Eintrag Nummer {n}], [Amt]" for n in range(90))
    head = "table.header[Nr.][Maßnahme][Zuständig]"
    document = load(tmp_path, f"#table(columns: 3, {head}, {rows})\n{SENTENCE}")
    tables = [b for b in document.blocks if b.kind == "table"]
    assert len(tables) == 1
    assert len(tables[0].rows) == 91


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    document = load(
        tmp_path, f"{SENTENCE * 2}\n#rect(width: 100%)[Im Kasten steht etwas.]\n{SENTENCE * 2}"
    )
    assert [b.kind for b in document.blocks] == ["paragraph"] * 3


def test_footnotes_stand_behind_their_text_and_raised_numbers_stay(tmp_path: Path) -> None:
    notes = "Zahlen des Landes.#footnote[Quelle: Statistik des Landes.] Es sind 20 m#super[2]."
    document = load(tmp_path, f"{SENTENCE * 4}{notes}\n\n{SENTENCE * 3}")
    first, note, last = document.blocks
    assert (note.kind, note.number, note.text) == ("note", "1", "Quelle: Statistik des Landes.")
    assert first.text.endswith("Zahlen des Landes. Es sind 20 m2.")
    at = first.text.index(" Es sind")
    end = len(first.text)
    assert first.marks == (Mark(at, at, "note", "1"), Mark(end - 2, end - 1, "superscript"))
    assert last.kind == "paragraph"


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    words = "".join(f"Satz {n} über die Vereine in den Gemeinden des Kreises. " for n in range(60))
    text = f"#set par(justify: true)\n#columns(2)[{words}\n\nNeuer Absatz am Ende der Spalte.]"
    document = load(tmp_path, text)
    assert [b.text for b in document.blocks] == [
        words.strip(),
        "Neuer Absatz am Ende der Spalte.",
    ]


def test_the_table_of_contents_goes_and_is_told(tmp_path: Path) -> None:
    source = "".join(f"\n= Kapitel {name}\n{SENTENCE * 3}\n" for name in ("A", "B", "C", "D"))
    document = load(tmp_path, f'#outline(title: "Inhalt")\n#pagebreak()\n{source}')
    headings = [b.text for b in document.blocks if b.kind == "heading"]
    assert headings == ["Kapitel A", "Kapitel B", "Kapitel C", "Kapitel D"]
    assert "contents-left-out" in codes(document)


def test_bold_words_at_the_beginning_make_no_heading(tmp_path: Path) -> None:
    document = load(tmp_path, f"*{SENTENCE.strip()} Auch morgen* {SENTENCE * 2}\n\n{SENTENCE * 3}")
    assert [b.kind for b in document.blocks] == ["paragraph", "paragraph"]


def test_grids_need_crossing_lines() -> None:
    level = [[0, y, 100, y] for y in (0, 20, 40)]
    upright = [[x, 0, x, 40] for x in (0, 30, 100)]
    grid = find_grids([*level, *upright])[0]
    assert grid.columns == [0, 30, 100]
    assert grid.cell(10, 30) == (0, 0)
    assert grid.cell(50, 10) == (1, 1)
    assert find_grids(level) == []
    half = [[0, 0, 0, 40], [30, 0, 30, 20], [100, 0, 100, 40]]  # the upper row is one cell
    assert find_grids([*level, *half])[0].cell(50, 30) == (0, 0)
    assert find_grids([[x, 0, x, 800] for x in range(3000)]) == []


def test_what_was_drawn_later_goes_where_it_stands() -> None:
    text = [line(f"Zeile {n}", 70, 500, 700 - 14 * n) for n in range(10)]
    box = [line("Im Kasten", 70, 400, 652)]
    ordered = in_order(Sheet(842, (*text[:3], *text[4:], *box)))
    assert [one.text for one in ordered.lines][3] == "Im Kasten"
    left = [line(f"links {n}", 70, 280, 700 - 14 * n) for n in range(10)]
    right = [line(f"rechts {n}", 310, 520, 700 - 14 * n) for n in range(8)]
    sheet = in_columns(Sheet(842, (*left, *right)))
    assert in_order(sheet).lines == sheet.lines
    assert {one.edge for one in sheet.lines} == {280, 520}


def test_a_table_without_lines_is_told_and_text_in_columns_is_not(tmp_path: Path) -> None:
    rows = "[Nr.], [Maßnahme], [Amt], [1], [Kurse], [Schulamt], [2], [Lotsen], [Sozialamt]"
    table = f"#table(stroke: none, columns: (2cm, 6cm, 4cm), {rows})"
    told = [d for d in load(tmp_path, f"{SENTENCE * 3}\n{table}").doubts if "table" in d.code]
    assert [(d.code, d.excerpt, d.detail) for d in told] == [
        ("table-without-lines", "Nr. | Maßnahme | Amt", "1")
    ]
    ruled = f"#table(columns: (2cm, 6cm, 4cm), {rows})"
    text = f"#columns(3)[{SENTENCE * 30}]\n- eins\n- zwei\n- drei"
    assert "table-without-lines" not in codes(load(tmp_path, f"{ruled}\n{text}"))
