"""Words find each other in all their forms and inside of compounds, and look-alikes do not."""

from __future__ import annotations

from collections import Counter

import pytest

from richtschnur.search.compounds import lexicon_forms, split
from richtschnur.search.tokens import question_of, tokens_of
from richtschnur.search.words import canonical, keys, words_of
from tests.search.words import HITS, MISSES


def answers(asked: str, text: str, language: str = "de") -> bool:
    """As the index and the question are made, with the text's own nouns as known forms."""
    nouns = {word.written for word in words_of(text) if word.written[:1].isupper()}
    forms = lexicon_forms(nouns)
    tokens = Counter(tokens_of([text], language, forms.__contains__))
    return question_of(asked, forms.__contains__).score(tokens) > 0


@pytest.mark.parametrize(("asked", "text"), HITS)
def test_a_word_is_found_in_all_its_forms(asked: str, text: str) -> None:
    assert answers(asked, f"Der Kreis: {text} und mehr.")


@pytest.mark.parametrize(("asked", "text"), MISSES)
def test_what_only_looks_alike_is_not_found(asked: str, text: str) -> None:
    assert not answers(asked, f"Der Kreis: {text} und mehr.")


def test_the_lists_are_as_long_as_they_must_be() -> None:
    assert len(HITS) >= 60
    assert len(MISSES) >= 30
    assert len(set(HITS)) == len(HITS)
    assert not set(HITS) & set(MISSES)


@pytest.mark.parametrize(
    ("asked", "text", "language"),
    [
        ("курсы", "Курс немецкого языка", "ru"),
        ("ёлка", "елка", "ru"),
        ("дітей", "дітей і молоді", "uk"),
        ("الأطفال", "اطفال", "ar"),
        ("مُدَرِّسَة", "مدرسة", "ar"),
        ("کودکان", "كودكان", "fa"),
        ("meetings", "A meeting of the board", "en"),
        ("kurslar", "kurs", "tr"),
        ("2030", "bis 2030", "de"),
        ("§ 5", "nach § 5 des Gesetzes", "de"),
    ],
)
def test_other_alphabets_and_figures(asked: str, text: str, language: str) -> None:
    assert answers(asked, text, language)


@pytest.mark.parametrize(
    "odd", ["", " ", '"(', "***", "NEAR(", "a" * 500, "AND OR NOT", "';--", "\x00"]
)
def test_odd_questions_do_no_harm(odd: str) -> None:
    question = question_of(odd, lambda form: False)
    assert question.score(Counter()) == 0
    assert all(key.isascii() and key.isalnum() for asked in question.asked for key in asked.whole)


def test_words_keep_their_places_in_the_text() -> None:
    text = "Für Migrant:innen und Sprach-Cafés, auch „Förde\u00adrung“."
    found = {text[word.start : word.end]: word.written for word in words_of(text)}
    assert found["Migrant:innen"] == "Migrantinnen"
    assert found["Sprach-Cafés"] == "SprachCafés"
    assert found["Förde\u00adrung"] == "Förderung"


def test_a_compound_is_cut_into_the_most_parts() -> None:
    assert len(split(canonical("Kinderbetreuungsplätze"), lambda form: False)) == 3
    assert split(canonical("Kreistag"), lambda form: True) == ()
    assert split("zz" * 20, lambda form: False) == ()


def test_keys_are_ascii_whatever_the_alphabet() -> None:
    for word in ("Förderung", "дітей", "مدرسة", "Ünlü", "ßßß", "ﷺ", "東京"):
        assert all(key.isascii() and key.isalnum() for key in keys(word, ""))
