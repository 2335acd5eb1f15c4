"""Which passages use the same words: TF-IDF over the passages with their headings."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from richtschnur.analysis.splitting.shapes import Place, Words

WORD = re.compile(r"[^\W\d_]{3,}")
HEADING = 2  # a word of the heading counts as often as one of the passage


def plain_words(text: str) -> list[str]:
    """The floor for any language: words of three letters and more, small."""
    return [word.casefold() for word in WORD.findall(text)]


class Wording:
    """The passages by their words. `pieces` are those of the paper that is split: what stands in
    all of them tells little about any."""

    def __init__(self, paper: Sequence[Place], words: Words, pieces: Iterable[str] = ()) -> None:
        self._words = words
        counted = [
            Counter(words(place.text)) + _times(Counter(words(" ".join(place.heading))), HEADING)
            for place in paper
        ]
        held = Counter(word for one in counted for word in one)
        said = Counter(word for piece in pieces for word in set(words(piece)))
        many = max(said.values(), default=0)
        self._weight = {
            word: math.log(1 + len(counted) / held[word])
            * (math.log(2 + many / said[word]) if said[word] else 1.0)
            for word in held
        }
        self._holders: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for at, one in enumerate(counted):
            values = {word: self._value(word, count) for word, count in one.items()}
            length = math.sqrt(sum(value**2 for value in values.values())) or 1.0
            for word, value in values.items():
                self._holders[word].append((at, value / length))

    def scores(self, text: str) -> dict[int, float]:
        """The cosine with each passage (by its place in the list) that shares a word."""
        asked = {w: self._value(w, n) for w, n in Counter(self._words(text)).items()}
        length = math.sqrt(sum(value**2 for value in asked.values())) or 1.0
        found: dict[int, float] = defaultdict(float)
        for word, value in asked.items():
            for at, held in self._holders.get(word, ()):
                found[at] += value * held / length
        return found

    def _value(self, word: str, count: int) -> float:
        return (1 + math.log(count)) * self._weight.get(word, 0.0)


def _times(counter: Counter[str], times: int) -> Counter[str]:
    return Counter({word: count * times for word, count in counter.items()})
