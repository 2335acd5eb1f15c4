"""What is typed comes back as it was; what is no notation stays text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.documents.marks import MARK_KINDS, Mark
from richtschnur.documents.notation import from_notation, tidy, to_notation
from tests.support.effort import spent

LETTERS = st.sampled_from("ab ö\n*^~[]()\\{}1س!#:<&")
TEXTS = st.text(LETTERS, max_size=24)
VALUES = {
    "link": ["https://a.example/x_(y)?z=1&q=*", "mailto:amt@kreis.example", "http://b/\\)~^"],
    "language": ["ar", "de-x-ls"],
    "note": ["1", "*", "a)", "[2]", "^"],
}


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    text = draw(TEXTS)
    marks = []
    for _count in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(sorted(MARK_KINDS)))
        start = draw(st.integers(0, len(text)))
        end = start if kind == "note" else draw(st.integers(start, len(text)))
        marks.append(Mark(start, end, kind, draw(st.sampled_from(VALUES.get(kind, [""])))))
    return text, marks


@settings(max_examples=1500, deadline=None)
@given(marked())
def test_text_and_marks_come_back_exactly(given_: tuple[str, list[Mark]]) -> None:
    text, marks = given_
    assert from_notation(to_notation(text, marks)) == (text, tidy(text, marks))


@settings(max_examples=500, deadline=None)
@given(st.text(LETTERS, max_size=60))
def test_anything_can_be_typed_and_settles_at_once(typed: str) -> None:
    text, marks = from_notation(typed)
    assert from_notation(to_notation(text, marks)) == (text, marks)
    assert all(0 <= mark.start <= mark.end <= len(text) for mark in marks)


@pytest.mark.parametrize(
    "text",
    [
        "Bürger*innen und Mitarbeiter*innen des Kreises",
        "Lehrer*, Schüler* und 5 * 3 * 2",
        "ca. ~5 Personen, nicht ~6 Familien",
        "5^2 und 3^2",
        "[sic] steht da, (auch) {das}, C:\\Pfad",
        "[Anlage](folgt)",
        "[hier](javascript:alert(1))",
        "ein ** loses Zeichen",
        "** zwei **",
        "[[[",
        "*",
        "",
    ],
)
def test_what_is_not_notation_stays_text(text: str) -> None:
    assert from_notation(text) == (text, ())
    assert to_notation(text, ()) == text


@pytest.mark.parametrize(
    ("typed", "text", "marks"),
    [
        ("Ein **wichtiges** Wort", "Ein wichtiges Wort", [(4, 13, "strong", "")]),
        ("Die *Bürger*innen* hier", "Die Bürger*innen hier", [(4, 16, "emphasis", "")]),
        ("***beides***", "beides", [(0, 6, "emphasis", ""), (0, 6, "strong", "")]),
        (
            "**a *b** c*",
            "a b c",
            [(0, 3, "strong", ""), (2, 5, "emphasis", "")],
        ),
        ("Bürger[innen]{*}", "Bürgerinnen", [(6, 11, "emphasis", "")]),
        (
            "[Amt](https://x.example/a_(b))",
            "Amt",
            [(0, 3, "link", "https://x.example/a_(b)")],
        ),
        ("40 m^2^ CO~2~", "40 m2 CO2", [(4, 5, "superscript", ""), (8, 9, "subscript", "")]),
        ("Satz.[^1]", "Satz.", [(5, 5, "note", "1")]),
        ("[سلام]{ar}", "سلام", [(0, 4, "language", "ar")]),
        (r"\*kein\* Stern", "*kein* Stern", []),
    ],
)
def test_what_is_typed_means(typed: str, text: str, marks: list[tuple[int, int, str, str]]) -> None:
    assert from_notation(typed) == (text, tuple(sorted(Mark(*m) for m in marks)))


def test_links_lead_to_the_web_or_a_mailbox_only() -> None:
    bad = [Mark(0, 2, "link", value) for value in ("javascript:x", "data:text/html,x", "/a", "h")]
    assert tidy("ab", bad) == ()


@pytest.mark.parametrize(
    "piece",
    [
        "[",
        "]",
        "**",
        "*a",
        "](https://x",
        "[^",
        "\\",
        "[a](https://x)",
        "]{ar}",
        "((",
        "~",
        "[[a]{ar}",
    ],
)
def test_hostile_input_ends_soon(piece: str) -> None:
    typed = piece * (200_000 // len(piece))
    start = spent()
    text, marks = from_notation(typed)
    to_notation(text, marks)
    assert spent() - start < 10
