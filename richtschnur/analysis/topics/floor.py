"""The floor, where there is no model: words and their parts, counted into a row of fixed width.

Each word's stem and each run of four letters adds to a place that its hash chooses; what stands
in a text often counts less each time. It needs nothing but numpy.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from functools import lru_cache

import numpy as np

from richtschnur.analysis.topics.embedding import Rows, as_rows, cleaned

WIDTH = 4_096
SIZES = (4, 5)
WORD = re.compile(r"[^\W_]+")
WEIGHT = 2.0  # of a whole word beside one of its parts


class CountedWords:
    """See the port: an embedder without a model."""

    name = "words/1"

    def embed(self, texts: list[str], /) -> Rows:
        """A row of 4,096 for each text."""
        rows = np.zeros((len(texts), WIDTH), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word, count in Counter(WORD.findall(cleaned(text).casefold())).items():
                for place, weight in _places(word):
                    row[place] += weight * (1 + np.log(count))
        return as_rows(rows)


@lru_cache(50_000)
def _places(word: str) -> tuple[tuple[int, float], ...]:
    """Where a word and its parts are counted, each with its sign and weight."""
    if len(word) < 3:
        return ()
    edged = f" {word[:40]} "
    parts = [edged[at : at + n] for n in SIZES for at in range(len(edged) - n + 1)]
    share = 1 / max(len(parts), 1) ** 0.5
    return (_place(f"={word}", WEIGHT), *(_place(part, share) for part in parts))


def _place(part: str, weight: float) -> tuple[int, float]:
    digest = zlib.crc32(part.encode("utf-8", "replace"))
    return digest % WIDTH, weight if digest >> 31 else -weight
