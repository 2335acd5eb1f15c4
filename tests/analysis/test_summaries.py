"""Of a machine's summary only sentences are kept that end with contributions it was given."""

from __future__ import annotations

import pytest

from richtschnur.analysis.summaries import LONGEST_SENTENCE, MOST, Cited, cited_sentences

KNOWN = {"ABCD-EFGH", "2345-6789", "WXYZ-22AB"}
BUS = Cited("Der Bus fehlt.", ("ABCD-EFGH",))


@pytest.mark.parametrize(
    "answer",
    [
        "Der Bus fehlt [ABCD-EFGH].",
        "Der Bus fehlt. [ABCD-EFGH]",
        "Der Bus fehlt. [ABCD-EFGH].",
        "  - **Der Bus fehlt** [ABCD-EFGH].\n",
        "1. Der Bus fehlt [ ABCD-EFGH ].",
        "<p>Der Bus <b>fehlt</b> [ABCD-EFGH].</p><script>alert(1)</script>",
        "Der Bus\u200b fehlt [ABCD\u2011EFGH].",
        "Der Bus fehlt [ABCD-EFGH] [ABCD-EFGH].",
        "Hier die Zusammenfassung:\nDer Bus fehlt [ABCD-EFGH]. Das ist wichtig.",
        "Alle sind sich einig. Der Bus fehlt. [ABCD-EFGH] Und sonst nichts.",
    ],
)
def test_a_cited_sentence_is_kept_and_nothing_else(answer: str) -> None:
    assert cited_sentences(answer, KNOWN) == [BUS]


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "   \n\n",
        "Der Bus fehlt.",
        "Der Bus fehlt",
        "[ABCD-EFGH]",
        "[ABCD-EFGH].",
        "😀 [ABCD-EFGH]",
        "Der Bus fehlt [ZZZZ-ZZZZ].",
        "Der Bus fehlt [ABCD-EFGH, ZZZZ-ZZZZ].",
        "Der Bus fehlt [ABCD-EFGH] [ZZZZ-ZZZZ].",
        "Der Bus fehlt [abcd-efgh].",
        "Der Bus fehlt [ABCD-EFGHI].",
        "Der Bus fehlt [1].",
        "Der Bus fehlt [].",
        "Der Bus fehlt [ABCD-EFGH und 2345-6789].",
        "Der Bus fehlt [sic] [ABCD-EFGH].",
        "Der Bus fehlt (ABCD-EFGH).",
        "Der Bus fehlt [ABCD-EFGH.",
        "Der Bus fehlt [[ABCD-EFGH]].",
        "Der Bus fehlt [ABCD-EFGH](https://example.org).",
        "Mehr unter https://example.org [ABCD-EFGH].",
        "Der Bus fehlt. Auch abends.\n[ABCD-EFGH]",
        "Die Bewertung [ABCD-EFGH] ist erfunden.",
        "Der Bus fehlt [ABCD-EFGH] Alle hassen die Schule.",
        "Niemand will\neinen Bus [ABCD-EFGH].",
        "Es kamen 12. Der Bus fehlt [ABCD-EFGH].",
        "Nicht am 3. März fehlt der Bus [ABCD-EFGH].",
        "Niemand sagt u. a. Bus [ABCD-EFGH].",
        f"Der Bus {'fehlt ' * LONGEST_SENTENCE}[ABCD-EFGH].",
        "&lt;img src=x&gt; [ZZZZ-ZZZZ]",
    ],
)
def test_what_cites_nothing_or_too_much_is_not_kept(answer: str) -> None:
    assert cited_sentences(answer, KNOWN) == []


def test_nothing_is_kept_when_nothing_was_sent() -> None:
    assert cited_sentences("Der Bus fehlt [ABCD-EFGH].", []) == []


def test_several_are_told_once_each_as_they_came() -> None:
    answer = "Bus und Bahn fehlen [2345-6789; ABCD-EFGH, 2345-6789]! Warum? [WXYZ-22AB]"
    assert cited_sentences(answer, KNOWN) == [
        Cited("Bus und Bahn fehlen!", ("2345-6789", "ABCD-EFGH")),
        Cited("Warum?", ("WXYZ-22AB",)),
    ]


def test_abbreviations_end_no_sentence() -> None:
    answer = "Vieles fehlt, z. B. der Bus bzw. die Bahn [ABCD-EFGH]. Anderes nicht."
    assert [each.text for each in cited_sentences(answer, KNOWN)] == [
        "Vieles fehlt, z. B. der Bus bzw. die Bahn."
    ]


def test_other_scripts_are_read() -> None:
    assert cited_sentences("لا توجد حافلة [ABCD-EFGH]؟ نعم.", KNOWN) == [
        Cited("لا توجد حافلة؟", ("ABCD-EFGH",))
    ]


def test_of_a_very_long_answer_the_beginning_is_read() -> None:
    assert len(cited_sentences("Der Bus fehlt [ABCD-EFGH]. " * 2_000, KNOWN)) == MOST
    cut = "Ja. " * 4_997 + "Der Bus fehlt [ABCD-EFGH] nicht."
    assert cited_sentences(cut, KNOWN) == []
    assert cited_sentences("[" * 50_000 + "x" * 50_000, KNOWN) == []
