"""Keywords: what texts and groups are about, in the words of the texts themselves."""

from __future__ import annotations

import random

import pytest

from richtschnur.analysis.keywords import (
    Vocabulary,
    keywords_of_groups,
    keywords_of_text,
    spellings,
    vocabulary,
    words,
)

BUS = [
    "Der Bus in Leisnig fährt am Abend nicht mehr.",
    "Bitte ein Bus am Abend nach Leisnig!",
    "Ich wünsche mir Kinderbetreuung am Abend.",
]


def known(texts: list[str]) -> Vocabulary:
    return vocabulary(spellings(texts), texts=len(texts))


def test_the_words_that_tell_a_text_from_the_others_come_first() -> None:
    assert keywords_of_text(BUS[0], known(BUS)) == ["Bus", "Leisnig", "Abend"]


def test_a_word_that_only_this_text_holds_is_taken_where_it_has_no_other() -> None:
    assert keywords_of_text("Herr Xaver Quandt", known(BUS)) == ["Herr", "Quandt", "Xaver"]
    assert "Quandt" not in keywords_of_text("Bus, Xaver Quandt", known(BUS))


@pytest.mark.parametrize("text", ["", " \n", "🚌🚌", "<p></p>", "12 345", "und der die", "\u200b"])
def test_a_text_without_telling_words_has_none(text: str) -> None:
    assert keywords_of_text(text, known(BUS)) == []


def test_mark_up_addresses_and_unseen_signs_are_no_words() -> None:
    text = "<b>Bus</b>spur anna@example.org https://bus.example/fahrplan Halte\u00adstelle"
    assert words(text) == ["Bus", "spur", "Haltestelle"]


def test_arabic_words_stay_whole_with_their_vowel_signs() -> None:
    assert words("الحَافِلَةُ متأخرة") == ["الحافلة", "متأخرة"]


def test_words_are_told_as_most_texts_write_them() -> None:
    texts = ["BUS Linie", "Bus Linie", "Bus linie", "bus linie", "Bus Linie"]
    assert sorted(keywords_of_text(texts[0], known(texts))) == ["Bus", "Linie"]


def test_groups_are_told_apart() -> None:
    found = keywords_of_groups(
        [["Der Bus kommt zu spät", "Der Bus fehlt"], ["Die Kita fehlt", "Eine Kita im Ort, Kita!"]]
    )
    assert [each[0] for each in found] == ["Bus", "Kita"]


def test_empty_groups_have_none() -> None:
    assert keywords_of_groups([[], ["🚌"]]) == [[], []]
    assert keywords_of_groups([]) == []


def test_the_order_of_texts_and_parts_makes_no_difference() -> None:
    texts = [f"{BUS[at % 3]} Haltestelle{at % 7}" for at in range(60)]
    together = known(texts)
    shuffled = texts[:]
    random.Random(7).shuffle(shuffled)
    parts = spellings(shuffled[:20])
    parts.update(spellings(shuffled[20:]))
    apart = vocabulary(parts, texts=len(texts))
    assert [keywords_of_text(text, together) for text in texts] == [
        keywords_of_text(text, apart) for text in texts
    ]
