"""Texts that together stand best for many: chosen one by one, each for what is still unsaid.

Facility location: every text is as well represented as the likest chosen one is like it; the next
one chosen raises the sum of that most. Texts in, places out; the same for the same texts.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from richtschnur.analysis.topics.embedding import Embedder, cleaned, has_words
from richtschnur.analysis.topics.floor import CountedWords

METHOD = "quotations/1"
ASKED = 1_000  # texts that are compared, spread over all
SHORTEST, LONGEST = 20, 600  # characters of what can be quoted, if any text is of that length


def representative(
    texts: Sequence[str], count: int = 3, *, embedder: Embedder | None = None
) -> list[int]:
    """The places of up to `count` texts that stand for all; texts without words for nothing.

    No two of them have the same words.
    """
    step = max(1, -(-len(texts) // ASKED))
    words = {at: cleaned(texts[at]) for at in range(0, len(texts), step)}
    places = [at for at, own in words.items() if has_words(own)]
    if not places:
        return []
    rows = (embedder or CountedWords()).embed([words[at] for at in places])
    likeness = np.maximum(rows @ rows.T, 0)
    is_fit = np.array([SHORTEST <= len(texts[at].strip()) <= LONGEST for at in places])
    offered = is_fit if is_fit.any() else np.ones(len(places), bool)
    return [places[at] for at in _chosen(likeness, offered, [words[at] for at in places], count)]


def _chosen(likeness: np.ndarray, offered: np.ndarray, words: list[str], count: int) -> list[int]:
    held = np.zeros(len(words))
    chosen: list[int] = []
    while len(chosen) < count and offered.any():
        gains = np.maximum(likeness - held, 0).sum(axis=1)
        best = int(np.argmax(np.where(offered, gains.round(6), -1)))
        chosen.append(best)
        held = np.maximum(held, likeness[best])
        offered = offered & np.array([own != words[best] for own in words])
    return chosen
