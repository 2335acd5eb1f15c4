"""Passages that are easily mistaken for one another: families, sentences repeated everywhere."""

from __future__ import annotations

import re
from collections.abc import Container
from random import Random
from typing import Final

from richtschnur.bench.papers.sentences import GROUPS, OFFICES, TOWNS

REPEATED: Final = (
    "Die Umsetzung wird jährlich überprüft.",
    "Zuständig ist die Stabsstelle Integration.",
    "Über den Stand wird dem Kreistag berichtet.",
    "Finanzierung: vorbehaltlich der Haushaltsmittel.",
    "Die Gleichstellung der Geschlechter wird beachtet.",
    "Ziele:",
    "Maßnahmen:",
)
_FAMILIES: Final = (
    "Sprachkurs für {group} in {town} ab {year} mit {count} Plätzen.",
    "Das {office} richtet in {town} eine Sprechstunde für {group} ein.",
    "Bis {year} entstehen {count} Wohnungen in {town}.",
    "Einmal im Monat findet in {town} ein Begegnungscafé für {group} statt.",
    "Elternabende in {town}: {count} Termine im Jahr {year}.",
    "Das {office} schult {count} Lotsinnen und Lotsen für {group}.",
    "Die Buslinie {count} fährt ab {year} auch abends nach {town}.",
    "Ein Mentoring für {group} wird gemeinsam mit dem {office} aufgebaut und {year} ausgewertet.",
)
_TABLE: Final = (
    "Maßnahme | {name}\nZielgruppe | {group}\nOrt | {town}\nZuständig | {office}\n"
    "Zeitraum | {year} bis {until}\nKosten | {count}.000 Euro im Jahr"
)
_NAMES: Final = (
    "Sprachcafé",
    "Elterntreff",
    "Lotsendienst",
    "Lernpaten",
    "Werkstatt",
    "Hausaufgabenhilfe",
)


class Family:
    """Draws members of one family that differ in one or two facts only; never the same twice."""

    def __init__(self, random: Random, template: str) -> None:
        self._random = random
        self._template = template
        self._facts = _facts(random)
        self._drawn: set[str] = set()

    def member(self) -> str:
        """Another look-alike."""
        while True:
            fresh = _facts(self._random)
            for name in self._random.sample(sorted(fresh), self._random.choice((1, 1, 2))):
                self._facts[name] = fresh[name]
            text = self._template.format(**self._facts)
            if text not in self._drawn:
                self._drawn.add(text)
                return text


def families(random: Random, count: int) -> list[Family]:
    """Some families of sentences."""
    return [Family(random, template) for template in random.sample(_FAMILIES, count)]


def tables(random: Random) -> Family:
    """A family of Steckbrief tables."""
    return Family(random, _TABLE)


def other_fact(random: Random, text: str, taken: Container[str] = ()) -> str:
    """The same text with one fact replaced by another of its kind; unchanged if it has none.

    It never takes the words of another passage (`taken`): nobody could tell these two apart.
    """
    kinds: list[tuple[str, ...]] = [tuple(TOWNS), GROUPS, OFFICES]
    kinds.append(tuple(str(year) for year in range(2025, 2036)))
    found = [(kind, fact) for kind in kinds for fact in kind if _stands(fact, text)]
    if not found:
        return text
    kind, fact = random.choice(found)
    others = [re.sub(rf"\b{fact}\b", one, text, count=1) for one in kind if one != fact]
    free = [other for other in others if other not in taken]
    return random.choice(free) if free else text


def _stands(fact: str, text: str) -> bool:
    return re.search(rf"\b{fact}\b", text) is not None


def _facts(random: Random) -> dict[str, str]:
    year = random.randint(2025, 2031)
    return {
        "group": random.choice(GROUPS),
        "town": random.choice(TOWNS),
        "office": random.choice(OFFICES),
        "name": random.choice(_NAMES),
        "year": str(year),
        "until": str(year + random.randint(1, 4)),
        "count": str(random.randint(3, 60)),
    }
