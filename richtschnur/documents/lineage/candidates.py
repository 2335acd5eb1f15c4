"""Which passages are worth comparing: those that share rare words or pairs of words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from richtschnur.documents.lineage.words import Said

COMMON: Final = 60  # what more passages share than this leads to none of them
FEATURES: Final = 24


class Index:
    """An inverted index of one edition: rare stems and pairs of neighbouring stems."""

    def __init__(self, said: Sequence[Said]) -> None:
        self._places: dict[object, list[int]] = defaultdict(list)
        for at, one in enumerate(said):
            for feature in _features(one):
                self._places[feature].append(at)
        self._weight = {
            feature: math.log((2 + len(said)) / len(places))
            for feature, places in self._places.items()
            if len(places) <= COMMON
        }

    def nearest(self, said: Said, count: int, *, but: Iterable[int] = ()) -> list[int]:
        """Up to `count` passages that share most with this one, the nearest first."""
        known = [(self._weight[f], f) for f in _features(said) if f in self._weight]
        known.sort(key=lambda pair: (-pair[0], str(pair[1])))
        votes: Counter[int] = Counter()
        for weight, feature in known[:FEATURES]:
            for at in self._places[feature]:
                votes[at] += weight  # type: ignore[assignment]
        for at in but:
            votes.pop(at, None)
        return [at for at, _votes in votes.most_common(count)]


def _features(said: Said) -> set[object]:
    pairs = zip(said.stem_list, said.stem_list[1:], strict=False)
    return {*said.stems, *pairs}
