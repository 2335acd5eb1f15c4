"""Papers of associations in pieces: nothing is lost, whatever comes; what is plain is found."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.analysis.splitting import Piece, Place, paragraphs, propose

DRAFT = (
    Place(
        1,
        1,
        ("Leitlinie 1: Sprache", "1.1 Sprachkurse"),
        "Der Kreis erweitert die Sprachkurse am Abend in jeder Gemeinde.",
    ),
    Place(
        2,
        2,
        ("Leitlinie 1: Sprache", "1.2 Lerncafés"),
        "In den Bibliotheken entstehen Lerncafés für alle, die schreiben lernen.",
    ),
    Place(
        3,
        3,
        ("Leitlinie 2: Wohnen", "2.1 Wohnungsbau"),
        "Jedes Jahr werden sechzig geförderte Wohnungen für Familien gebaut.",
    ),
)
REASON = (
    "Das berichten unsere Ortsgruppen seit Jahren, und auch die Gemeinden haben es bestätigt. Wir"
    " wissen um die Lage der Kassen und halten die Ausgabe für richtig. Sie lohnt sich bald."
    " Andere Kreise sind weiter und erzählen gern davon."
)


def covers(text: str, pieces: list[Piece]) -> bool:
    starts = [piece.start for piece in pieces]
    ends = [piece.end for piece in pieces]
    return starts == [0, *ends[:-1]] and ends[-1:] == [len(text)]


def begun(text: str) -> list[str]:
    return [text[piece.start :].partition("\n")[0] for piece in propose(text, DRAFT)]


ODD = {
    "blanks": " \n\t \u00a0\n\n \n",
    "unseen": "\u200b\u200e\ufeff\n\n\u2066\u2069",
    "long": "Wohnungen für alle. " * 1000,
    "one word": "Busse " * 3333,
    "one word a line": "Busse\n\n" * 2000,
    "mixed scripts": "Мы за курсы.\n\nنريد دروسا مسائية.\n\nMehr Kurse!\n\n我们要公交车",
    "bidi marks": "\u202eZu 1.1 \u202cSprachkurse\n\n\u200f• Mehr \u00adKurse",
    "emoji": "👍👍👍\n\n🎉\n\n👩‍👩‍👧‍👦",
    "html": "<p>1. Mehr <b>Kurse</b></p>\n<script>alert(1)</script>\n<p>2. Mehr Busse</p>",
    "numbers": "\n".join(f"{n}." for n in range(500)),
    "pages": "\n\n".join(f"Seite {n} von 90" for n in range(90)),
    "greetings": "Sehr geehrte Damen und Herren,\n\nMit freundlichen Grüßen",
    "windows lines": "1. Mehr Kurse\r\n\r\n2. Mehr Busse\r\n",
    "form feed": "Seite eins\x0cSeite zwei",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_texts_are_covered_without_a_gap(text: str) -> None:
    for paper in (DRAFT, ()):
        pieces = propose(text, paper)
        assert covers(text, pieces)
        assert all(0 <= p.certainty <= 1 for piece in pieces for p in piece.places)


def test_an_empty_text_has_no_pieces_and_a_paragraph_is_never_cut() -> None:
    assert propose("", DRAFT) == []
    assert len(propose(ODD["long"], DRAFT)) == 1
    assert len(propose(ODD["blanks"], DRAFT)) == 1
    assert len(propose(ODD["one word"], DRAFT)) == 1


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                ["\n\n", "\n", "1. ", "Zu 1.1 ", "• ", "a) ", "Seite 3", REASON, "Anlage", "gez. X"]
            ),
        ),
        max_size=30,
    )
)
def test_whatever_comes_is_covered(parts: list[str]) -> None:
    text = "".join(parts)
    pieces = propose(text, DRAFT)
    assert covers(text, pieces) or text == ""
    starts = {block.start for block in paragraphs(text)}
    assert {piece.start for piece in pieces} <= starts


def test_numbered_demands_are_pieces_and_their_lists_are_not() -> None:
    text = "\n\n".join(
        f"{n}. {title}\n\n{REASON}\n\n• kurze Wege\n• feste Zeiten\n\n{REASON}"
        for n, title in enumerate(("Kurse", "Häuser", "Busse"), 1)
    )
    assert begun(text) == ["1. Kurse", "2. Häuser", "3. Busse"]


def test_page_ends_part_nothing() -> None:
    half = len(REASON) // 2
    torn = f"{REASON[:half].rstrip()}\n\nSeite 1 von 9\n\nVerband Aue\n\n{REASON[half:].lstrip()}"
    text = f"1. Kurse\n\n{torn}\n\n2. Häuser\n\n{REASON}"
    assert begun(text) == ["1. Kurse", "2. Häuser"]


def test_letterhead_closing_and_annex_are_named() -> None:
    text = "\n\n".join(
        [
            "Verband Aue\nAm Markt 1",
            "Sehr geehrte Frau Landrätin,",
            REASON,
            f"1. Kurse\n\n{REASON}",
            f"2. Häuser\n\n{REASON}",
            "Mit freundlichen Grüßen",
            "Jana Petersen",
            "Anlage 1: Zahlen",
            REASON,
        ]
    )
    kinds = [piece.kind for piece in propose(text, DRAFT)]
    assert kinds == ["letterhead", "general", "demand", "demand", "closing", "annex"]


def test_what_is_named_goes_before_what_is_quoted_before_its_words() -> None:
    quoted = "„In den Bibliotheken entstehen Lerncafés für alle, die schreiben lernen.“"
    for text, place, method in (
        (f"Zu 2.1: {quoted} {REASON}", 3, "reference"),
        (f"{quoted} Sprachkurse am Abend fehlen. {REASON}", 2, "quotation"),
        (f"Geförderte Wohnungen für Familien sind knapp. {REASON}", 3, "wording"),
        (f"Absatz 1: bitte streichen. {REASON}", 1, "reference"),
    ):
        first = propose(text, DRAFT)[0].places[0]
        assert (first.place, first.method) == (place, method)


def test_a_number_that_is_no_section_names_nothing() -> None:
    text = f"Die Kosten steigen um 2.1 Prozent. {REASON}"
    assert all(p.method != "reference" for p in propose(text, DRAFT)[0].places)


def test_nothing_in_common_has_no_place() -> None:
    assert propose("Привіт усім, хто це читає сьогодні.", DRAFT)[0].places == ()


def test_another_language_falls_back_to_paragraphs() -> None:
    said = "نريد دروسا مسائية في كل بلدية لأن الآباء يعملون طوال اليوم ولا يجدون وقتا. " * 8
    text = "\n\n".join([said.strip()] * 5)
    assert len(propose(text, DRAFT)) == 5


def test_a_phrase_of_the_draft_does_not_hide_a_later_reference() -> None:
    text = f"Forderung 1: Mehr Kurse.\n\n{REASON}\n\nForderung 2: Siehe 1.2.\n\n{REASON}"
    assert propose(text, DRAFT)[1].places[0].place == 2
