"""Languages by their codes and by the names that people write into tables."""

from __future__ import annotations

from functools import cache
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from django.utils.translation import get_language

from richtschnur.network.states import FacetKind, Offer, OrganizationKind
from richtschnur.ui.languages import LANGUAGES, language_of

# What offices write, and no list of languages has.
WRITTEN: Final = {
    "dari": "fa-AF",
    "farsi": "fa",
    "persisch": "fa",
    "kurmandschi": "kmr",
    "kurmanci": "kmr",
    "sorani": "ckb",
    "pashtu": "ps",
    "paschtu": "ps",
    "tigrinya": "ti",
    "tigrinisch": "ti",
    "gebärdensprache": "gsg",
    "deutsche gebärdensprache": "gsg",
    "romani": "rom",
    "romanes": "rom",
    "moldawisch": "ro",
    "bosnisch/kroatisch/serbisch": "sh",
}
OWN_NAMES: Final = ("pl", "fr", "es", "ro", "vi", "bg", "it", "sq", "el", "hr", "sr", "ku")


@cache
def _codes() -> dict[str, str]:
    """Name in lower case → code; German and English names count before others."""
    found: dict[str, str] = {}
    interface = dict.fromkeys(["de", "en", *(language.formats for language in LANGUAGES)])
    for spoken in interface:
        for code, name in Locale.parse(spoken, sep="-" if "-" in spoken else "_").languages.items():
            if len(code) <= 3 or code == "fa_AF":
                found.setdefault(name.lower(), code.replace("_", "-"))
                found.setdefault(code.lower().replace("_", "-"), code.replace("_", "-"))
    for code in OWN_NAMES:
        found.setdefault(Locale.parse(code).languages.get(code, code).lower(), code)
    return found | WRITTEN


def language_code(written: str) -> str:
    """The code of a language that somebody wrote ("Arabisch", "arabic", "ar"), else the words."""
    words = " ".join(written.split())
    return _codes().get(words.lower(), words[:80])


def language_name(code: str) -> str:
    """What a language is called in the language in force; words without a code as they are."""
    shown = _names(get_language() or "").get(code.replace("-", "_"))
    return str(shown) if shown else {"gsg": "Deutsche Gebärdensprache"}.get(code, code)


@cache
def _names(language: str) -> dict[str, str]:
    """Code → name in a language of the interface; looking it up in babel takes a while."""
    try:
        return dict(Locale.parse(language_of(language).formats).languages)
    except (UnknownLocaleError, ValueError):
        return dict(Locale.parse("de").languages)


def value_name(field: str, value: str) -> str:
    """One value of an entry's field as people read it."""
    if field == FacetKind.LANGUAGE:
        return language_name(value)
    if field == FacetKind.OFFER and value in Offer.values:
        return str(Offer(value).label)
    if field == "kind" and value in OrganizationKind.values:
        return str(OrganizationKind(value).label)
    return value
