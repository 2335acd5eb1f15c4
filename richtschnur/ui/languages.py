"""The languages of the interface, and of texts that stand beside the German one.

No import of Django: the settings read their list from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Language:
    """One language.

    `code` stands in addresses, `tag` in `lang` attributes (BCP 47), `name` in the switch, in the
    language's own words; `formats` names babel's locale for days and numbers.
    """

    code: str
    tag: str
    name: str
    formats: str
    is_right_to_left: bool = False

    @property
    def direction(self) -> str:
        return "rtl" if self.is_right_to_left else "ltr"


# "simple" is a registered variant; the county's Persian readers mostly speak Dari.
LANGUAGES: Final = (
    Language("de", "de", "Deutsch", "de_DE"),
    Language("de-simple", "de-simple", "Einfache Sprache", "de_DE"),
    Language("en", "en", "English", "en_GB"),
    Language("uk", "uk", "Українська", "uk"),
    Language("ru", "ru", "Русский", "ru"),
    Language("ar", "ar", "العربية", "ar", is_right_to_left=True),
    Language("fa", "fa-AF", "دری (فارسی)", "fa_AF", is_right_to_left=True),
    Language("tr", "tr", "Türkçe", "tr"),
)
BY_CODE: Final = {language.code: language for language in LANGUAGES}
RIGHT_TO_LEFT: Final = frozenset(["ar", "fa", "prs", "ps", "ur", "he", "ckb"])


def language_of(code: str | None) -> Language:
    """The language of a code or tag in any spelling; German where it is none of ours."""
    wanted = (code or "").lower().replace("_", "-")
    while wanted:
        if wanted in BY_CODE:
            return BY_CODE[wanted]
        wanted = wanted.rpartition("-")[0]
    return LANGUAGES[0]


def name_of(tag: str) -> str:
    """How a language calls itself; the tag where it is none of ours."""
    known = {language.tag.lower(): language.name for language in LANGUAGES}
    return known.get(tag.lower()) or (BY_CODE[tag].name if tag in BY_CODE else tag)


def direction_of(tag: str) -> str:
    """ "rtl", "ltr" or, when the language is unknown, "auto"."""
    if not tag:
        return "auto"
    return "rtl" if tag.lower().partition("-")[0] in RIGHT_TO_LEFT else "ltr"
