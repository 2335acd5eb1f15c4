"""ODT as other programs write it: fields, words on shapes, tables within tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from richtschnur.bench.papers.offices.odt import write_odt
from richtschnur.bench.papers.offices.sheet import Heading, Paragraph, Sheet, Table, plain
from richtschnur.documents.blocks import Document
from richtschnur.documents.reading import read
from tests.ground.test_reading_office import changed, codes

INNER = (
    "Außen</text:p><table:table><table:table-row><table:table-cell><text:p>Innen</text:p>"
    "</table:table-cell></table:table-row></table:table><text:p>Danach"
)


def load(folder: Path, old: str, new: str) -> Document:
    parts = [
        Heading(1, "Kapitel"),
        Paragraph(plain("Stelle.")),
        Table((("Zelle", "Daneben"), ("Unten", "Rechts"))),
    ]
    path = folder / "draft.odt"
    sheet = Sheet("Papier", "Kopf", "Seite", list(parts))
    path.write_bytes(changed(write_odt(sheet), "content.xml", old, new))
    return read(path)


@pytest.mark.parametrize("name", ["text-input", "placeholder", "user-field-get", "meta"])
def test_the_words_of_fields_stay(tmp_path: Path, name: str) -> None:
    field = f"Ein <text:{name}>Feld</text:{name}> steht hier."
    document = load(tmp_path, "Stelle.", field)
    assert document.blocks[1].text == "Ein Feld steht hier."
    assert not codes(document)


def test_words_on_a_shape_stay_and_are_told(tmp_path: Path) -> None:
    shape = "Davor.<draw:custom-shape><text:p>Im Kasten.</text:p></draw:custom-shape>"
    document = load(tmp_path, "Stelle.", shape)
    assert [b.text for b in document.blocks[1:3]] == ["Davor.", "Im Kasten."]
    assert codes(document) == {"text-box"}


def test_a_table_within_a_table_becomes_words_of_its_cell(tmp_path: Path) -> None:
    document = load(tmp_path, "Rechts", INNER)
    table = next(b for b in document.blocks if b.kind == "table")
    assert table.rows[1] == ("Unten", "Außen Innen Danach")
    assert not codes(document)


def test_a_style_that_the_file_does_not_define_counts_by_its_name(tmp_path: Path) -> None:
    title = '<text:p text:style-name="Title">Teilhabeplan</text:p><text:h'
    path = tmp_path / "draft.odt"
    sheet = Sheet("Papier", "Kopf", "Seite", [Heading(1, "Kapitel"), Heading(1, "Ausblick")])
    source = write_odt(sheet)
    path.write_bytes(changed(source, "content.xml", "<text:h", title, count=1))
    document = read(path)
    assert document.title == "Teilhabeplan"
    assert [(b.level, b.text) for b in document.blocks][:2] == [(1, "Teilhabeplan"), (2, "Kapitel")]
