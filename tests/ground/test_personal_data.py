"""Personal data and sensitive words are marked where they stand; ordinary texts are left alone."""

from __future__ import annotations

import csv
import time
from itertools import pairwise
from pathlib import Path

import pytest

from richtschnur.analysis.numbers import is_iban, is_tax_id
from richtschnur.analysis.personal_data import KINDS, find_personal_data
from richtschnur.analysis.sensitive import find_sensitive

DATA = Path(__file__).parents[3] / "shared" / "data"

PLANTED = [
    ("email", "Schreiben Sie an {}, danke.", "erika.muster@post.example"),
    ("email", "meine adresse ist {} bitte", "e_m+liste@kreis-lindwehr.example.org"),
    ("email", "{}", "muster(at)post.example"),
    ("phone", "Tel. {} (abends)", "03731 799-123"),
    ("phone", "Sie erreichen mich unter {}.", "+49 171 2345678"),
    ("phone", "Handy: {}", "0171/2345678"),
    ("phone", "мій тел. {}", "+380 44 123 45 67"),
    ("phone", "رقم هاتف {}", "٠١٧١ ٢٣٤٥٦٧٨"),
    ("iban", "Konto {} bei der Sparkasse", "DE89 3704 0044 0532 0130 00"),
    ("iban", "IBAN:{}", "AT611904300234573201"),
    ("birth", "Ich bin am {} in Aleppo geboren.", "12.03.1984"),
    ("birth", "geb. {}, zwei Kinder", "1.5.1990"),
    ("birth", "Geburtsdatum: {}", "4. Juli 1971"),
    ("birth", "мене звуть так, народилась {}", "03.04.1988"),
    ("tax", "Steuer-ID {}", "86095742719"),
    ("tax", "Meine Steuernummer lautet {}.", "227/123/45678"),
    ("plate", "Der Wagen {} parkt immer dort.", "FG-AB 123"),
    ("plate", "Kennzeichen {}", "B MX 77"),
    ("address", "Ich wohne {}.", "Lindenstraße 12a, 09599 Freiberg"),
    ("address", "Das Haus {} steht leer", "Am Markt 3, 09599 Freiberg"),
    ("address", "in der {} ist es laut", "Karl-Marx-Allee 7"),
    ("name", "Mein Name ist {}.", "Erika Mustermann"),
    ("name", "Danke an Frau {} vom Amt.", "Blum"),
    ("name", "Die Lehrerin {} hat geholfen.", "Anna Schmidt"),
    ("name", "Viel Erfolg! Mit freundlichen Grüßen\n{}", "Ahmad Karimi"),
    ("name", "Mit freundlichem Gruß, {}", "Samira Rahimi"),
    ("name", "меня зовут {}", "Олег Иванов"),
    ("name", "مرحبا، اسمي {} وأسكن هنا", "ليلى حسن"),
]
ORDINARY = [
    "Am 12.03.2024 um 10-12 Uhr, 3.500 Plätze, 0,5 Prozent, 2016/17, § 5 Abs. 3.",
    "Die Norm DIN EN 301 549 und das SGB II gelten; die B 101 und die ICE 72 auch.",
    "Frau Bürgermeisterin und Herr Landrat sollen sich kümmern.",
    "Kapitel 3.2.1 nennt 1000000 Euro und 22 Maßnahmen von 2020-2025.",
    "Bitte mehr Sprachkurse am Abend, mit Kinderbetreuung und Fahrkarten.",
    "https://example.org/seite/0123456789 steht im Konzept.",
    "",
    " \n\t ",
]


@pytest.mark.parametrize(("kind", "sentence", "planted"), PLANTED)
def test_planted_data_is_found_at_its_place(kind: str, sentence: str, planted: str) -> None:
    text = sentence.format(planted)
    found = [(f["kind"], text[f["start"] : f["end"]]) for f in find_personal_data(text)]
    assert (kind, planted) in found


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_are_left_alone(text: str) -> None:
    assert find_personal_data(text) == []


def test_finds_never_overlap_and_come_in_order() -> None:
    text = " ".join(sentence.format(planted) for _kind, sentence, planted in PLANTED)
    found = find_personal_data(text)
    assert {f["kind"] for f in found} == set(KINDS)
    assert all(a["end"] <= b["start"] for a, b in pairwise(found))


def test_places_are_code_points_also_behind_other_planes() -> None:
    text = "😀😀 Mail: a.b@c.example"
    (found,) = find_personal_data(text)
    assert text[found["start"] : found["end"]] == "a.b@c.example"


def test_check_digits_are_asked() -> None:
    assert is_iban("DE89370400440532013000")
    assert not is_iban("DE88370400440532013000")
    mistyped = find_personal_data("Konto DE88 3704 0044 0532 0130 00")
    assert "iban" not in {f["kind"] for f in mistyped}
    assert is_tax_id("86095742719")
    assert not is_tax_id("86095742718")
    assert find_personal_data("Nummer 86095742718 im Heft") == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Mein Nachbar ist schwer krank.", {"health"}),
        ("Die Moschee braucht Parkplätze für Muslime.", {"religion"}),
        ("Ukrainische Familien und Geflüchtete fragen.", {"origin"}),
        ("Мусульмани хворіють", {"religion", "health"}),
        ("اللاجئين في المسجد", {"origin", "religion"}),
        ("Suriyeli komşum hasta", {"origin", "health"}),
        ("Sprachkurse am Abend mit Kinderbetreuung, bitte auch in Hagenwerth.", set()),
        ("Das Christkind kommt, Frau Suchtmann sucht Pilze.", set()),
    ],
)
def test_sensitive_words_are_named(text: str, kinds: set[str]) -> None:
    found = find_sensitive(text)
    assert {f["kind"] for f in found} == kinds
    assert all(text[f["start"] : f["end"]].strip() for f in found)


@pytest.mark.parametrize(
    "piece",
    [
        "a",
        "A",
        "1",
        "0 ",
        "Ab ",
        "DE89 ",
        "a@",
        "a.",
        "+1 ",
        "Am Ab ",
        "geb. ",
        "-",
        "Anna A. ",
        "1.",
    ],
)
def test_hostile_texts_take_no_longer(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    begin = time.process_time()
    find_personal_data(text)
    find_sensitive(text)
    assert time.process_time() - begin < 6


def test_real_contributions_have_few_false_marks() -> None:
    """No more than 15 in 1,000 comments, most of them true: streets, and people who are named."""
    files = [DATA / f"{name}.csv" for name in ("klimarat", "raddialog-bonn")]
    if not all(path.is_file() for path in files):
        pytest.skip("the real contributions of ../shared/data are not here")
    texts = [row["text"] for path in files for row in csv.DictReader(path.open(encoding="utf-8"))]
    marks = sum(len(find_personal_data(text)) for text in texts[::3])
    assert marks / len(texts[::3]) < 0.015
