"""Measures with what belongs to them: fact sheets, tables, headings, codes."""

from __future__ import annotations

import pytest

from richtschnur.documents.blocks import Block, Document
from richtschnur.documents.cells import cells_of, join_rows
from richtschnur.documents.labels import label
from richtschnur.documents.structure import Outline, OutlineElement, recognise


def outline(*blocks: Block) -> Outline:
    return recognise(Document("", (Block("heading", "Handlungsfeld 1: Wohnen", 1), *blocks)))


def found(made: Outline, kind: str) -> list[str]:
    return [one.title for one in made.elements if one.kind == kind]


def parent(made: Outline, title: str) -> OutlineElement:
    one = next(one for one in made.elements if one.title == title)
    assert one.parent is not None
    return made.elements[one.parent]


DETAILS = (
    ("Zuständigkeit", "Bauamt"),
    ("Laufzeit", "2027 bis 2030"),
    ("Kennzahl", "Zahl der Höfe"),
)


@pytest.mark.parametrize(
    "head",
    [
        ("Maßnahme", "Umbau, Tausch und Verkauf"),
        ("Titel", "Umbau, Tausch und Verkauf"),
        ("Maßnahme 1.2: Umbau, Tausch und Verkauf", ""),
        ("M 1.2 Umbau, Tausch und Verkauf", ""),
        ("Umbau, Tausch und Verkauf", ""),
        ("M 1.2", "Umbau, Tausch und Verkauf"),
    ],
)
def test_a_fact_sheet_is_one_measure(head: tuple[str, str]) -> None:
    made = outline(Block("table", rows=(head, ("Beschreibung", "Text | mit Strich."), *DETAILS)))
    assert found(made, "measure") == ["Umbau, Tausch und Verkauf"]
    assert found(made, "responsibility") == ["Bauamt"]
    assert found(made, "period") == ["2027 bis 2030"]
    assert found(made, "indicator") == ["Zahl der Höfe"]
    assert parent(made, "Bauamt").kind == "measure"
    assert parent(made, "Umbau, Tausch und Verkauf").kind == "guideline"


def test_a_table_with_a_row_for_each_measure() -> None:
    rows = (
        ("Nr.", "Maßnahme", "Zuständig", "Zeitraum"),
        ("1", "Messe, auch am Abend", "Kreis", "2027"),
        ("2", "Paten", "Verein", ""),
    )
    made = outline(Block("table", rows=rows))
    assert found(made, "measure") == ["Messe, auch am Abend", "Paten"]
    assert parent(made, "Verein").title == "Paten"
    assert parent(made, "2027").title == "Messe, auch am Abend"


def test_measures_as_headings_with_what_belongs_to_them() -> None:
    made = outline(
        Block("heading", "Maßnahme 1.1: Tausch, Umbau", 2),
        Block("paragraph", "Ein Text."),
        Block("paragraph", "Verantwortlich: Bauamt"),
        Block("paragraph", "Umsetzungszeitraum: ab 2028"),
        Block("heading", "M 1.2 Paten", 2),
        Block("paragraph", "Indikator: Zahl der Paten"),
    )
    assert found(made, "measure") == ["Tausch, Umbau", "Paten"]
    assert parent(made, "Bauamt").title == parent(made, "ab 2028").title == "Tausch, Umbau"
    assert parent(made, "Zahl der Paten").title == "Paten"


def test_text_behind_a_list_of_measures_is_none() -> None:
    made = outline(
        Block("paragraph", "Maßnahmen"),
        Block("item", "Messe", 1),
        Block("paragraph", "Der Kreis berichtet darüber jedes Jahr."),
        Block("item", "Paten", 1),
    )
    assert found(made, "measure") == ["Messe", "Paten"]
    assert "unassigned-passage" in {doubt.code for doubt in made.doubts}


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("HF 3 – Wohnen", "guideline", "Wohnen"),
        ("LZ 1 Alle wohnen gut", "goal", "Alle wohnen gut"),
        ("TZ 1.1: Alle wohnen gut", "goal", "Alle wohnen gut"),
        ("Ziel 1.1 Alle wohnen gut", "goal", "Alle wohnen gut"),
        ("M 1.1.1 Umbau", "measure", "Umbau"),
        ("M3: Umbau", "measure", "Umbau"),
        ("Maßnahme 3 | Umbau", "measure", "Umbau"),
        ("Laufzeit: 2027", "period", "2027"),
        ("Erfolgsindikatoren: Zahl", "indicator", "Zahl"),
    ],
)
def test_codes_and_labels(text: str, kind: str, rest: str) -> None:
    known = label(text)
    assert known is not None
    assert (known.kind, text[known.start :]) == (kind, rest)


@pytest.mark.parametrize(
    "text", ["M. Schmidt", "Zu 1", "Der Bus fährt", "MZ 3 Haus", "Ziel 1 ist weit"]
)
def test_what_is_no_label(text: str) -> None:
    assert label(text) is None


def test_cells_know_their_places() -> None:
    text = join_rows((("a | b", ""), ("", "c")))
    cells = cells_of(text)
    assert [[text[c.start : c.end] for c in row] for row in cells] == [["a \\| b", ""], ["", "c"]]
