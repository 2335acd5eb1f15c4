"""Names of people: after a cue (Frau, ich heiße, Mit freundlichen Grüßen), or by a given name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

Span = tuple[int, int]
RESOURCES = Path(__file__).parent / "resources"

_LETTERS = r"[^\W\d_]"
_PARTICLE = r"(?:(?:von|van|zu|der|de|al|el|bin|ibn)[ -])?"
_PART = rf"{_PARTICLE}[^\W\d_a-zäöüß]{_LETTERS}{{1,30}}(?:['’-]{_LETTERS}{{1,30}}){{0,3}}"
_FULL = rf"{_PART}(?: {_PART}){{0,2}}"
TITLED = re.compile(
    r"\b(?:Herrn?|Frau|Fr\.|Hr\.|Familie|Fam\.|Eheleute|Mr\.?|Mrs\.?|Ms\.?|Пан(?:і|ові)?|Bay|Bayan)"
    rf" (?:(?:Dr|Prof|Dipl)\.(?:-[A-Z]\w+\.)? ?){{0,3}}({_PART}(?: {_PART})?)"
)
DOCTOR = re.compile(rf"\b(?:Dr|Prof)\.(?: (?:med|phil|jur|rer\. nat)\.)? ({_PART}(?: {_PART})?)")
INTRODUCED = re.compile(
    r"(?:\b(?i:mein name ist|ich hei(?:ß|ss)e|ich bin (?:der|die)|my name is|benim adım|adım"
    r"|меня зовут|мене звати|моє ім['’]я|казвам се|je m['’]appelle|nazywam się|mă numesc)\s+)"
    rf"({_FULL})"
)
INTRODUCED_ARABIC = re.compile(
    r"(?:اسمي|أنا اسمي|نام من|اسم من|من اسمم)\s+([\u0621-\u06d3]{2,}(?:\s[\u0621-\u06d3]{2,})?)"
)
GREETED = re.compile(
    r"(?i:gr(?:ü|ue|u)(?:ß|ss)e?n?(?: aus [^\W\d_]+)?|hochachtungsvoll"
    r"|(?:best|kind) regards|yours (?:sincerely|faithfully)"
    r"|saygılarımla|с уважением|з повагою|с уважение|gez\.)[,!. ]*\s+"
    rf"((?:(?:Dr|Prof)\. )?{_FULL})"
)
NAMESAKE = re.compile(rf"\b({_PART})(?: [A-Z]\.)?((?: {_PART}){{1,2}})")
# Words that follow a title without being a name.
_TITLES = (
    "Bürgermeister Bürgermeisterin Oberbürgermeister Landrat Landrätin Doktor Professor Minister"
    " Ministerin Präsident Präsidentin Direktor Direktorin Kollegin Kollege Lehrer Lehrerin Pfarrer"
)
_OTHERS = "Und Oder Die Der Das Den Dem Sie Wir Ich Holle Damen Herren Nachbar Nachbarin Kanzlerin"
NO_NAMES = frozenset(f"{_TITLES} {_OTHERS}".split())


def names(text: str) -> Iterator[Span]:
    """Where people are named; a given name alone, without a cue, is none."""
    for pattern in (TITLED, DOCTOR, INTRODUCED, GREETED):
        for match in pattern.finditer(text):
            if match[1].split()[0] not in NO_NAMES:
                yield _without_words(match, 1)
    for match in INTRODUCED_ARABIC.finditer(text):
        yield match.span(1)
    yield from _full_names(text)


def _without_words(match: re.Match[str], group: int) -> Span:
    """The span up to the first word that no name holds (… Meier Und)."""
    words = match[group].split(" ")
    while len(words) > 1 and words[-1] in NO_NAMES:
        words.pop()
    return match.start(group), match.start(group) + len(" ".join(words))


def _full_names(text: str) -> Iterator[Span]:
    """A known given name with another capitalised word behind it: Anna Schmidt."""
    place = 0
    while match := NAMESAKE.search(text, place):
        first = match[1]
        if first.split("-")[0].casefold() in _given() and _is_surname(match[2].split()[-1]):
            yield match.span()
            place = match.end()
        else:
            place = match.end(1)


def _is_surname(word: str) -> bool:
    """What follows a given name but is plainly an ordinary noun (Maria Straße) is none."""
    return word not in NO_NAMES and not word.casefold().endswith(_NOUN_ENDINGS)


_NOUN_ENDINGS = (
    *(
        "straße",
        "strasse",
        "platz",
        "weg",
        "allee",
        "brücke",
        "ring",
        "kirche",
        "schule",
        "gymnasium",
    ),
    *("ung", "heit", "keit", "schaft", "stiftung", "haus", "tunnel", "ufer", "park", "viertel"),
)


@lru_cache
def _given() -> frozenset[str]:
    lines = (RESOURCES / "given_names.txt").read_text("utf-8").splitlines()
    return frozenset(
        word.casefold() for line in lines if not line.startswith("#") for word in line.split()
    )
