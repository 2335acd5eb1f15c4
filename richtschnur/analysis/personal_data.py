"""Personal data in texts of people, found by rules; they mark, a person decides.

Every find is {"kind", "start", "end"} in code points of the text, end exclusive. The rules want
proof (a check digit, a telling shape) or a cue beside it (Tel., geb., Frau), because a mark that
is mostly wrong is soon overlooked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypedDict

from richtschnur.analysis import names, numbers

KINDS = ("email", "phone", "iban", "name", "address", "birth", "tax", "plate")


class Find(TypedDict):
    """One place in a text: `text[start:end]` is of this kind."""

    kind: str
    start: int
    end: int


Span = tuple[int, int]
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")

DIGIT = re.compile(r"\d")
WITHOUT_DIGITS = ("email", "name")

EMAIL = re.compile(
    r"[\w.+-]{1,64}\s?(?:@|\(at\)|\[at\])\s?[\w-]{1,63}(?:\.[\w-]{1,63}){0,5}\.[^\W\d_]{2,24}", re.I
)
_STREET_END = (
    r"(?:stra(?:ß|ss)e|str\.|weg|gasse|platz|allee|ring|ufer|damm|steig|stieg|chaussee|promenade)"
)
_HOUSE = r"\s?\d{1,4}(?:\s?[a-z]\b)?(?:\s?[-/]\s?\d{1,4})?(?![\d.,]?\d)"
_TOWN = r"(?:,?\s+\d{5}\s+[A-ZÄÖÜ][\w-]+)?"
ADDRESSES = (
    re.compile(rf"\b[A-ZÄÖÜ][\w-]{{1,40}}?{_STREET_END}{_HOUSE}{_TOWN}"),
    re.compile(
        rf"\b(?:[A-ZÄÖÜ]\w{{1,30}}[ -]){{1,3}}"
        rf"(?:Stra(?:ß|ss)e|Str\.|Weg|Gasse|Platz|Allee|Ring|Ufer|Damm){_HOUSE}{_TOWN}"
    ),
    re.compile(
        rf"\b(?:Am|An der|An den|Im|In der|Auf dem|Auf der|Zum|Zur|Unter den)"
        rf"\s[A-ZÄÖÜ][\w-]{{2,30}}{_HOUSE},?\s+\d{{5}}\s+[A-ZÄÖÜ][\w-]+"
    ),
    re.compile(
        r"(?i:\b(?:wohne|wohnhaft|wohnt|Anschrift|Adresse)\b)[^.\n]{0,30}?"
        r"(\b[A-ZÄÖÜ][\w .-]{2,40}?"
        rf"{_HOUSE})"
    ),
    re.compile(
        r"(?i:\b(?:I live at|address:?|мешкаю|живу|адреса?:?|adresim:?|العنوان:?|آدرس:?))"
        r"\s+([^\n,;]{3,50}?\s\d{1,4}\b)"
    ),
)
_DATE = (
    r"(?:\d{1,2}\s?[./-]\s?\d{1,2}\s?[./-]\s?(?:19|20)?\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}"
    r"|\d{1,2}\.?\s[^\W\d_]{3,12}\s(?:19|20)\d{2})(?!\d)"
)
BIRTHS = (
    re.compile(
        r"(?i:\bgeb(?:oren(?:e[rn]?)?|\.)?\b|geburts(?:datum|tag)|\bborn\b|date of birth|birthday"
        r"|doğum|рожден|родил|народжен|народил|роден"
        r"|مولود|مواليد|تاريخ الميلاد|ولدت|متولد|تاریخ تولد)"
        rf"[^\d\n]{{0,24}}({_DATE})"
    ),
    re.compile(rf"\*\s?({_DATE})"),
    re.compile(rf"({_DATE})\s(?:in\s[A-ZÄÖÜ]\w+\s)?(?i:geboren|born|doğdum)"),
)
PLATES = (
    re.compile(r"\b([A-ZÄÖÜ]{1,3})-[A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?\b"),
    re.compile(r"\b([A-ZÄÖÜ]{1,3}) [A-Z]{1,2}[ -]?[1-9]\d{0,3}[EH]?\b(?![.,]?\d)"),
    re.compile(
        r"(?i:kennzeichen|nummernschild|plate|plaka|номер авто)\W{1,3}(?:\w+\s){0,2}?"
        r"((?-i:[A-ZÄÖÜ]{1,3}[ -]?[A-Z]{1,2}[ -]?\d{1,4}[EH]?))\b"
    ),
)
# Two groups of capitals and a number that are no plate: norms, laws, roads.
_CAPITALS = "DIN ISO EN EU EG VDE SGB BGB AG CO KW UN TOP ICE IC RB RE ADFC LED BAB"
NO_DISTRICTS = frozenset(_CAPITALS.split())


def find_personal_data(text: str) -> list[Find]:
    """All that looks like personal data, in the order of the text, none inside of another."""
    plain = text.translate(DIGITS)
    found: list[Find] = []
    has_digit = DIGIT.search(plain) is not None
    for kind, rule in _RULES:
        if not has_digit and kind not in WITHOUT_DIGITS:
            continue
        for start, end in rule(plain):
            if not any(start < other["end"] and other["start"] < end for other in found):
                found.append({"kind": kind, "start": start, "end": end})
    return sorted(found, key=lambda find: find["start"])


def _emails(text: str) -> Iterator[Span]:
    return (match.span() for match in EMAIL.finditer(text)) if _may_hold_email(text) else iter(())


def _may_hold_email(text: str) -> bool:
    """Cheap, and keeps the pattern away from long texts without any address."""
    small = text.lower()
    return "@" in text or "(at)" in small or "[at]" in small


def _any_of(patterns: tuple[re.Pattern[str], ...]) -> Callable[[str], Iterator[Span]]:
    """Each match of each pattern; where it has a group, only that part."""

    def find(text: str) -> Iterator[Span]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield match.span(1 if pattern.groups else 0)

    return find


def _plates(text: str) -> Iterator[Span]:
    for pattern in PLATES[:2]:
        for match in pattern.finditer(text):
            if match[1] not in NO_DISTRICTS:
                yield match.span()
    for match in PLATES[2].finditer(text):
        yield match.span(1)


# The surest first: what one rule has taken is no other's.
_RULES: tuple[tuple[str, Callable[[str], Iterator[Span]]], ...] = (
    ("email", _emails),
    ("iban", numbers.ibans),
    ("birth", _any_of(BIRTHS)),
    ("tax", numbers.tax_numbers),
    ("phone", numbers.phones),
    ("address", _any_of(ADDRESSES)),
    ("plate", _plates),
    ("name", names.names),
)
