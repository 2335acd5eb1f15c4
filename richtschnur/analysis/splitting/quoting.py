"""Which passages a text quotes: runs of four words that stand there, too."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from richtschnur.analysis.splitting.shapes import Place

RUN = 4
WORD = re.compile(r"[^\W_]+")
FEW_HOLDERS = 3  # runs that stand in more passages tell nothing
LEAST = 3  # runs that make a quotation
WHOLE = 8  # runs that make a sure one


class Quotations:
    """The passages by their runs of words."""

    def __init__(self, paper: Sequence[Place]) -> None:
        held: dict[tuple[str, ...], set[int]] = defaultdict(set)
        for at, place in enumerate(paper):
            for run in runs(place.text):
                held[run].add(at)
        self._held = {run: at for run, at in held.items() if len(at) <= FEW_HOLDERS}

    def scores(self, text: str) -> dict[int, float]:
        """How surely a passage (by its place in the list) is quoted, 0 to 1."""
        found: dict[int, int] = defaultdict(int)
        for run in set(runs(text)):
            for at in self._held.get(run, ()):
                found[at] += 1
        return {at: min(1.0, count / WHOLE) for at, count in found.items() if count >= LEAST}

    def share(self, text: str) -> float:
        """The share of a text's runs that stand in the paper."""
        own = runs(text)
        return sum(run in self._held for run in own) / len(own) if len(own) >= LEAST else 0.0


def runs(text: str) -> list[tuple[str, ...]]:
    """Every four words in a row, small."""
    words = [word.casefold() for word in WORD.findall(text)]
    return list(zip(*(words[at:] for at in range(RUN)), strict=False))
