"""Which things changed their place, and which were only pushed along."""

from __future__ import annotations

import bisect
from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

Name = TypeVar("Name", bound=Hashable)


def moved(old: Sequence[Name], new: Sequence[Name]) -> set[Name]:
    """Of the names in both sequences those outside the longest run that kept its order."""
    place = {name: index for index, name in enumerate(old)}
    shared = [name for name in new if name in place]
    kept = longest_rise([place[name] for name in shared])
    return {name for index, name in enumerate(shared) if index not in kept}


def longest_rise(values: Iterable[int]) -> set[int]:
    """The indexes of a longest strictly rising subsequence, in n log n steps."""
    best: list[int] = []
    tails: list[int] = []
    previous: list[int] = []
    for at, value in enumerate(values):
        index = bisect.bisect_left(best, value)
        previous.append(tails[index - 1] if index else -1)
        if index == len(best):
            best.append(value)
            tails.append(at)
        else:
            best[index], tails[index] = value, at
    kept: set[int] = set()
    at = tails[-1] if tails else -1
    while at >= 0:
        kept.add(at)
        at = previous[at]
    return kept
