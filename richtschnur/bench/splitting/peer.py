"""The plain way: a piece for each paragraph, its place by TF-IDF of the words as they stand."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache

from richtschnur.analysis.splitting import Piece, Ranked
from richtschnur.bench.splitting.material import draft

BLANK = re.compile(r"\n\s*\n\s*")
WORD = re.compile(r"\w\w+")
Vector = dict[str, float]


def split(text: str) -> list[Piece]:
    """A piece from each blank line to the next."""
    starts = [0, *(match.end() for match in BLANK.finditer(text))]
    ends = [*starts[1:], len(text)]
    return [
        Piece(start, end, "demand", "paragraph", _places(text[start:end]))
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def _places(text: str) -> tuple[Ranked, ...]:
    asked = _vector(text)
    cosines = [
        sum(value * vector.get(word, 0.0) for word, value in asked.items()) for vector in _paper()
    ]
    best = sorted(range(len(cosines)), key=cosines.__getitem__, reverse=True)[:3]
    return tuple(Ranked(draft()[at].id, cosines[at], "wording") for at in best)


def _vector(text: str) -> Vector:
    counted = Counter(WORD.findall(text.lower()))
    values = {w: (1 + math.log(n)) * _weights().get(w, 0.0) for w, n in counted.items()}
    length = math.sqrt(sum(value**2 for value in values.values())) or 1.0
    return {word: value / length for word, value in values.items()}


@lru_cache
def _weights() -> Vector:
    texts = [set(WORD.findall(_whole(place.heading, place.text))) for place in draft()]
    held = Counter(word for words in texts for word in words)
    return {word: 1 + math.log((1 + len(texts)) / (1 + n)) for word, n in held.items()}


@lru_cache
def _paper() -> list[Vector]:
    return [_vector(_whole(place.heading, place.text)) for place in draft()]


def _whole(heading: tuple[str, ...], text: str) -> str:
    return " ".join((*heading, text)).lower()
