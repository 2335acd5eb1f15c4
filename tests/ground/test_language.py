"""A text's language is recognised without being asked for; what is too short stays unknown."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

from richtschnur.analysis.language import recognise

DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Bitte mehr Sprachkurse am Abend, mit Betreuung für die Kinder."),
        ("de", "Mehr Busse"),
        ("en", "Please offer more evening classes for parents with small children."),
        ("uk", "Потрібні курси німецької ввечері та допомога з визнанням дипломів."),
        ("ru", "Нужны вечерние курсы немецкого языка, ещё и для родителей."),
        ("bg", "Моля, искам повече курсове по немски език и за да има място за децата."),
        ("ar", "نحتاج إلى دروس مسائية للغة الألمانية مع رعاية للأطفال."),
        ("fa", "لطفا کلاس‌های بیشتری برای کودکان و پدر و مادرها برگزار کنید."),
        ("tr", "Akşamları daha fazla Almanca kursu istiyoruz, lütfen çocuk bakımı da olsun."),
        ("fr", "Nous avons besoin de plus de cours le soir pour les parents."),
        ("vi", "Chúng tôi cần thêm lớp học tiếng Đức vào buổi tối."),
        ("pl", "Prosimy o więcej kursów wieczorem, także dla rodziców z dziećmi."),
    ],
)
def test_sentences_are_recognised(language: str, text: str) -> None:
    assert recognise(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "ok",
        "ja",
        "123 456",
        "😀😀😀",
        "a.b@c.example",
        "https://example.org",
        "xq zw",
        "\u200f\u200e",
        "Да",
        "نعم",
        "Hallo привіт مرحبا سلام друзі hello",
    ],
)
def test_what_cannot_be_said_is_unknown(text: str) -> None:
    assert recognise(text) == ""


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Kinder brauchen Spielplätze"),
        ("en", "housing shortage"),
        ("uk", "громадський транспорт із села"),
        ("ru", "общественный транспорт"),
        ("ar", "المواصلات العامة"),
        ("fa", "حمل و نقل عمومی می‌خواهیم"),
        ("tr", "toplu taşıma"),
        ("ps", "ښوونځي ته لاره"),
    ],
)
def test_few_words_are_enough(language: str, text: str) -> None:
    assert recognise(text) == language


def test_a_signature_in_another_script_does_not_decide() -> None:
    assert recognise("Bitte mehr Sprachkurse am Abend und mehr Busse. Олена") == "de"


@pytest.mark.parametrize("piece", ["a", "ж ", "ش", "ab-", "\n"])
def test_long_texts_take_no_longer(piece: str) -> None:
    begin = time.process_time()
    recognise(piece * 200_000)
    assert time.process_time() - begin < 0.5


def test_real_german_contributions_are_german() -> None:
    path = DATA / "umfrage-bonn.csv"
    if not path.is_file():
        pytest.skip("the real contributions of ../shared/data are not here")
    with path.open(encoding="utf-8", newline="") as file:
        texts = [row["text"] for row in csv.DictReader(file)][::5]
    told = [recognise(text) for text in texts]
    assert sum(code in ("de", "") for code in told) / len(told) > 0.99
    assert told.count("de") / len(told) > 0.95
