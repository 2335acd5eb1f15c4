"""Tables as offices keep them: titles, empty rows, several values in a cell, odd headings."""

from __future__ import annotations

from pathlib import Path

import pytest

from richtschnur.documents.blocks import Unreadable
from richtschnur.journal.refusals import Refused
from richtschnur.network.queries import language_name, languages_in, read_register
from richtschnur.network.queries.headings import column_of
from tests.network.register import table

pytestmark = pytest.mark.usefixtures("in_english")

TITLED = [
    ["Vereine und Initiativen im Landkreis, Stand 2024"],
    [],
    [
        "Lfd. Nr.",
        "Name des Vereins",
        "Straße",
        "PLZ",
        "Ort",
        "E-Mail (Büro)",
        "Telefon / Mobil",
        "Sprachen",
        "Angebote",
        "Ansprechpartner/in",
        "Internet",
    ],
    [
        "1",
        "Frauentreff Hagenwerth e.V.",
        "Marktgasse 3",
        "00127",
        "Hagenwerth",
        "Büro <post@frauentreff.example>; leitung@frauentreff.example",
        "030/23125-77\n0170 1234567",
        "Deutsch, Arabisch und Dari",
        "Sprachkurs; Frauenfrühstück, Yoga",
        "Frau Aydoğan; Herr Blum",
        "www.frauentreff.example",
    ],
    [],
    ["2", "", "", "", "Silberau", "x@y.example"],
    ["3", "Ohne alles"],
    ["4", "Kaputte Adresse", "", "", "", "kaputt@@x"],
    ["5", "Strich", "", "", "", "-", "k. A."],
]


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_a_real_table_is_read(tmp_path: Path, suffix: str) -> None:
    rows = read_register(table(tmp_path / f"t.{suffix}", TITLED))
    assert [row.number for row in rows] == [4, 6, 7, 8, 9]
    treff = rows[0]
    assert treff.trouble == ""
    entry = treff.entry
    assert entry.name == "Frauentreff Hagenwerth e.V."
    assert entry.legal_form == "e. V."
    assert entry.kind == "club"
    assert entry.towns == ("Hagenwerth",)
    assert entry.addresses == ("Marktgasse 3, 00127 Hagenwerth",)
    assert entry.emails == ("post@frauentreff.example", "leitung@frauentreff.example")
    assert entry.phones == ("030/23125-77", "0170 1234567")
    assert entry.languages == ("de", "ar", "fa-AF")
    assert entry.offers == ("german", "women")
    assert entry.offer_words == "Sprachkurs, Frauenfrühstück, Yoga"
    assert entry.websites == ("https://www.frauentreff.example",)
    assert [person.name for person in treff.persons] == ["Frau Aydoğan", "Herr Blum"]
    assert "kind" not in treff.given
    assert [bool(row.trouble) for row in rows] == [False, True, False, True, False]
    assert "kaputt@@x" in rows[3].trouble
    assert rows[4].entry.emails == rows[4].entry.phones == ()


@pytest.mark.parametrize(
    ("head", "column"),
    [
        ("Name", "name"),
        ("  VEREIN ", "name"),
        ("E-Mail 2", "emails"),
        ("E-Mail\n(Büro)", "emails"),
        ("Ansprechpartner*in", "contact"),
        ("Rechtsform", "legal_form"),
        ("Öffnungszeiten", "hours"),
        ("Towns served", "towns"),
        ("PLZ, Ort", "place_line"),
        ("Farbe", ""),
        ("", ""),
    ],
)
def test_headings_in_two_languages(head: str, column: str) -> None:
    assert column_of(head) == column


def test_places_count_as_towns_only_where_no_column_says_more(tmp_path: Path) -> None:
    rows = [["Name", "Ort", "Tätig in"], ["A", "Silberau", "Dornsee, Quellitz"]]
    assert read_register(table(tmp_path / "t.csv", rows))[0].entry.towns == ("Dornsee", "Quellitz")


def test_bad_cells_are_told_with_their_row(tmp_path: Path) -> None:
    rows = [
        ["Name", "Telefon", "Website", "Ort"],
        ["Zu kurz", "12"],
        ["Böse", "", "javascript:alert(1)"],
        ["Steuerzeichen \x07"],
        ["L" * 201],
        ["Ort", "", "", "x" * 81],
        ["Gut", "030 123456", "gut.example", "Ort"],
    ]
    found = read_register(table(tmp_path / "t.csv", rows))
    assert [bool(row.trouble) for row in found] == [True] * 5 + [False]


def test_a_table_without_a_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="No row of this table"):
        read_register(table(tmp_path / "t.csv", [["Ort", "Telefon"], ["a", "b"]]))
    (tmp_path / "e.csv").touch()
    with pytest.raises(Unreadable):
        read_register(tmp_path / "e.csv")
    (tmp_path / "x.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises((Unreadable, Refused)):
        read_register(tmp_path / "x.xlsx")


def test_languages_are_known_by_many_names() -> None:
    assert languages_in("Arabisch/Kurmandschi, tigrinya") == ("ar", "kmr", "ti")
    assert languages_in("Ukrainisch u. Russisch\nPlattdütsch") == ("uk", "ru", "Plattdütsch")
    assert languages_in("العربية") == ("ar",)
    assert language_name("Plattdütsch") == "Plattdütsch"
