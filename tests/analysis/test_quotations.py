"""Quotations stand for as many texts as possible, and no two say the same."""

from __future__ import annotations

from richtschnur.analysis.quotations import representative

BUS = [f"Der Bus fährt abends nicht mehr nach {town}." for town in ("Grünau", "Moos", "Rain")]
SCHOOL = [f"In der Schule fehlen Lehrkräfte für {what}." for what in ("Deutsch", "Sport")]
TEXTS = [*BUS, *SCHOOL, "😀", "", "Ja."]


def test_each_matter_gets_its_quotation() -> None:
    first, second = representative(TEXTS, 2)
    assert first in range(3)
    assert second in {3, 4}


def test_they_are_the_same_each_time_and_not_more_than_asked() -> None:
    assert representative(TEXTS, 3) == representative(TEXTS, 3)
    assert len(representative(TEXTS, 2)) == 2
    assert len(representative(["Der Bus fährt nicht."] * 9, 3)) == 1


def test_texts_without_words_stand_for_nothing() -> None:
    assert representative([]) == []
    assert representative(["😀", "", "\u200b", "<br>"]) == []


def test_what_is_too_long_to_quote_is_quoted_only_if_there_is_nothing_else() -> None:
    long = "Der Bus fährt abends nicht mehr. " * 100
    assert representative([long, BUS[0]], 1) == [1]
    assert representative([long], 1) == [0]
