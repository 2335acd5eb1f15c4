"""Which passages a text names: numbers of sections, guidelines and passages, titles."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from richtschnur.analysis.splitting.shapes import Place

NUMBERED = re.compile(
    r"(?<![\d.,])(\d{1,2}(?:\.\d{1,2})+)(?![\d,.]*\d|\s*(?:Prozent|%|Euro|€|Uhr))"
)
LEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2})*)\.?\s+")
NAMED = re.compile(
    r"(?:Leitlinie|Kapitel|Handlungsfeld|Ziel|Maßnahme|Abschnitt|Teil)\s+(?:Nr\.\s*)?(\d{1,3})\b(?!\.\d)"
)
HEADED = re.compile(r"(Leitlinie|Kapitel|Handlungsfeld|Ziel|Maßnahme|Abschnitt|Teil)\s+(\d{1,3})\b")
PASSAGE = re.compile(r"(?:Absatz|Abs\.|Passage|Textstelle)\s+(?:Nr\.\s*)?(\d{1,4})\b")
ON_PAGE = re.compile(r"(?:S\.|Seite)\s*\d+\s*[,;]?\s*$")
QUOTED = re.compile(r"[„“\"»«‚]([^„“”\"»«‚\n]{6,110})[“”\"«»‘]")
LONGEST_HEADING = 110
OPENS = 300  # characters in which a piece says what it is about
SECTION, PLACE, CHAPTER, TITLE, LATER = 1.0, 1.1, 0.5, 0.6, 0.5
SHORTEST_TITLE = 6


class References:
    """The passages by the numbers and titles that they can be named by."""

    def __init__(self, paper: Sequence[Place]) -> None:
        self._sections: dict[str, list[int]] = defaultdict(list)
        self._chapters: dict[str, list[int]] = defaultdict(list)
        self._titles: dict[str, list[int]] = defaultdict(list)
        self._numbers = {place.number: at for at, place in enumerate(paper)}
        for at, place in enumerate(paper):
            for depth, heading in enumerate(place.heading, 1):
                if found := LEADING.match(heading):
                    self._sections[found[1]].append(at)
                if found := HEADED.match(heading):
                    self._chapters[found[2]].append(at)
                if depth == len(place.heading):
                    self._titles[title(heading)].append(at)

    def scores(self, text: str) -> dict[int, float]:
        """How surely a passage (by its place in the list) is named, 0 to a little over 1."""
        found: dict[int, float] = {}
        start = text[:OPENS]
        for part, weight in ((start, 1.0), (text[OPENS:], LATER)):
            for number in NUMBERED.findall(part):
                _note(found, self._sections.get(number, []), SECTION * weight)
            for name in NAMED.findall(part):
                keys = self._chapters.get(name) or self._sections.get(name, [])
                _note(found, keys, CHAPTER * weight)
        for match in PASSAGE.finditer(start):
            if not ON_PAGE.search(start[: match.start()]) and int(match[1]) in self._numbers:
                _note(found, [self._numbers[int(match[1])]], PLACE)
        lines = [
            f" {title(words)} " for words in start.split("\n") if len(words) <= LONGEST_HEADING
        ]
        quoted = {title(words) for words in QUOTED.findall(start)}
        for name, keys in self._titles.items():
            is_headed = any(f" {name} " in line for line in lines)
            if len(name) >= SHORTEST_TITLE and (is_headed or name in quoted):
                _note(found, keys, TITLE)
        return found


def title(heading: str) -> str:
    """A heading without its number, as it is compared."""
    words = LEADING.sub("", HEADED.sub("", heading), count=1)
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _note(found: dict[int, float], keys: Sequence[int], weight: float) -> None:
    for at in keys:
        found[at] = max(found.get(at, 0.0), weight)
