"""How a paragraph begins: with a bullet sign, a number, a label that an office program printed."""

from __future__ import annotations

import re
from typing import Final

from richtschnur.documents.labels import label
from richtschnur.documents.reading import marked, signs
from richtschnur.documents.reading.marked import Marked
from richtschnur.documents.reading.pieces import Piece

_NUMBER: Final = re.compile(
    r"\(?(?:\d{1,4}|[A-Za-z]{1,2}|[ivxlcIVXLC]{1,7})(?:\.(?:\d{1,3}|[A-Za-z]))*[.)]{0,2}"
)
_ROMAN: Final = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


def starts_anew(line: str) -> bool:
    """Does a line after a line break begin an item or a labelled part?"""
    mark = signs.bullet(line)
    return mark is not None or signs.number(line) is not None or label(line) is not None


def text_piece(whole: Marked, bold: bool, language: str) -> Piece:
    mark = signs.bullet(whole.text)
    if mark and mark.rest:
        rest = marked.tail(whole, mark.rest)
        return Piece("bullet", rest.text, sign=mark.sign, language=language, marks=rest.marks)
    found = signs.number(whole.text)
    if found:
        rest = marked.tail(whole, found[1])
        kind, number, whole = "number", found[0], rest
    else:
        kind, number = "text", ""
    return Piece(
        "number" if kind == "number" else "text",
        whole.text,
        number,
        language=language,
        bold=bold,
        gap=True,
        marks=whole.marks,
    )


def label_or_words(printed: str) -> tuple[str, str]:
    """A printed label as a number; "Leitlinie 1:" is words, "•" is neither."""
    printed = signs.fold(signs.without_private(printed)[0])
    if not any(sign.isalnum() for sign in printed) or printed == "o":
        return "", ""
    return (printed, "") if _NUMBER.fullmatch(printed) else ("", printed)


def as_number(count: int, style: str, delimiter: str) -> str:
    if style in {"LowerAlpha", "UpperAlpha"} and 0 < count <= 26:
        word = chr(96 + count)
        word = word if style == "LowerAlpha" else word.upper()
    elif style in {"LowerRoman", "UpperRoman"} and 0 < count < 40:
        word = "X" * (count // 10) + _ROMAN[count % 10]
        word = word if style == "UpperRoman" else word.lower()
    else:
        word = str(count)
    return (
        f"({word})"
        if delimiter == "TwoParens"
        else word + (")" if delimiter == "OneParen" else ".")
    )
