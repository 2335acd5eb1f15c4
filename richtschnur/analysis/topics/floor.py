"""The floor, where there is no model: words and their parts, counted into a row of fixed width.

Each word's stem and each run of four letters adds to a place that its hash chooses; what stands
in a text often counts less each time. It needs nothing but numpy.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from functools import lru_cache
from math import log

import numpy as np
from numpy.typing import NDArray

from richtschnur.analysis.topics.embedding import Rows, as_rows, cleaned

WIDTH = 4_096
AT_ONCE = 256  # texts
SIZES = (4, 5)
WORD = re.compile(r"[^\W_]+")
WEIGHT = 2.0  # of a whole word beside one of its parts


class CountedWords:
    """See the port: an embedder without a model."""

    name = "words/1"

    def embed(self, texts: list[str], /) -> Rows:
        """A row of 4,096 for each text."""
        parts = [self._rows(texts[at : at + AT_ONCE]) for at in range(0, len(texts), AT_ONCE)]
        return as_rows(np.concatenate([*parts, np.zeros((0, WIDTH), np.float32)]))

    def _rows(self, texts: list[str]) -> Rows:
        places, weights, sizes = [], [], []
        for at, text in enumerate(texts):
            counts = Counter(WORD.findall(cleaned(text).casefold()))
            for word, count in counts.items():
                own, each = _places(word)
                places.append(own + at * WIDTH)
                weights.append(each if count == 1 else each * (1 + log(count)))
            sizes.append(len(counts))
        if not sum(sizes):
            return np.zeros((len(texts), WIDTH), np.float32)
        where, what = np.concatenate(places), np.concatenate(weights)
        sums = np.bincount(where, what, minlength=len(texts) * WIDTH)
        return sums.astype(np.float32).reshape(len(texts), WIDTH)


@lru_cache(50_000)
def _places(word: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Where a word and its parts are counted, each with its sign and weight."""
    if len(word) < 3:
        return np.zeros(0, np.int64), np.zeros(0)
    edged = f" {word[:40]} "
    parts = [edged[at : at + n] for n in SIZES for at in range(len(edged) - n + 1)]
    share = 1 / max(len(parts), 1) ** 0.5
    found = [_place(f"={word}", WEIGHT), *(_place(part, share) for part in parts)]
    return np.array([place for place, _ in found]), np.array([weight for _, weight in found])


def _place(part: str, weight: float) -> tuple[int, float]:
    digest = zlib.crc32(part.encode("utf-8", "replace"))
    return digest % WIDTH, weight if digest >> 31 else -weight
