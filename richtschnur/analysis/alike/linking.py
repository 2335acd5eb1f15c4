"""Which texts are alike: drawers propose, the word pairs themselves decide."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from richtschnur.analysis.alike.shingles import Hashes, Places, Shingles
from richtschnur.analysis.alike.sketches import Sketches, drawers, keys_of

# How alike (shared pairs by all pairs of both) two texts must be, by how many pairs they share:
# a short text is soon like another by one common sentence.
SHARED = (0, 12, 20, 30, 40, 60)
LIKENESS = (0.8, 0.7, 0.53, 0.47, 0.45, 0.45)
FEWEST_SHARED = 3
MOST_NEEDED = 0.9
PROMISING = 0.33  # estimated likeness from which on the pairs themselves are compared
ATTEMPTS = 2  # how often those that were unlike their drawer's first try another one
AT_ONCE = 50_000  # pairs of texts
STRICT = 1.1  # a link that others may follow must be so much surer than one of two alone


class Links:
    """The groups that grow while links are found; and the pairs that are alike, but not surely."""

    def __init__(self, size: int) -> None:
        self.parents = np.arange(size)
        self.unsure: list[tuple[Places, Places, NDArray[np.float64]]] = []

    def join(self, left: Places, right: Places) -> None:
        """The groups of each pair become one; every text points at its group's first again."""
        above: dict[int, int] = {}

        def root(text: int) -> int:
            while text in above:
                text = above[text]
            return text

        for one, other in zip(
            self.parents[left].tolist(), self.parents[right].tolist(), strict=True
        ):
            first, second = sorted((root(one), root(other)))
            if first != second:
                above[second] = first
        if above:
            self.parents[list(above)] = [root(text) for text in above]
            self.parents = self.parents[self.parents]


def link(found: Shingles, made: Sketches, texts: Places, strictness: float) -> Links:
    """What chains of links hold together, as places in `texts`."""
    links = Links(len(texts))
    for drawer in drawers():
        keys = keys_of(made, texts, drawer)
        waiting = np.arange(len(texts))
        for _ in range(ATTEMPTS):
            firsts = waiting[first_with(keys[waiting], keys[waiting])]
            apart = links.parents[waiting] != links.parents[firsts]
            left, right = waiting[apart], firsts[apart]
            surplus = likeness(found, made, texts[left], texts[right])
            sure = surplus >= strictness
            links.join(left[sure], right[sure])
            likely = (surplus >= 1) & ~sure
            links.unsure.append((left[likely], right[likely], surplus[likely]))
            waiting = left[~sure]
            if not len(waiting):
                break
    return links


def first_with(keys: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> Places:
    """For each key that is wanted a place where it stands in `keys`, the first one mostly.

    Two keys may share a slot; then the later one is not found: its own place, or 0, is told.
    """
    bits = max(4, int(len(keys) * 2).bit_length())
    shift = np.uint64(64 - bits)
    table = np.zeros(1 << bits, np.int64)
    table[(keys >> shift)[::-1]] = np.arange(len(keys))[::-1]
    places = table[wanted >> shift]
    return np.where(
        keys[places] == wanted, places, np.arange(len(wanted)) if keys is wanted else -1
    )


def likeness(found: Shingles, made: Sketches, left: Places, right: Places) -> NDArray[np.float64]:
    """How alike the texts of each pair are, 1 being just enough; 0 where plainly too little."""
    told = np.zeros(len(left))
    for begin in range(0, len(left), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        estimate = (made[left[part]] == made[right[part]]).mean(axis=1)
        hopeful = begin + np.flatnonzero(estimate >= PROMISING)
        shared, ones, others = compared(found, left[hopeful], found, right[hopeful])
        needed = np.interp(shared, SHARED, LIKENESS)
        told[hopeful] = shared / (ones + others - shared) / needed
        told[hopeful[shared < FEWEST_SHARED]] = 0
        same = (shared == ones) & (shared == others)
        told[hopeful[same]] = 2
    return told


def compared(
    found: Shingles, left: Places, others: Shingles, right: Places
) -> tuple[Places, Places, Places]:
    """For each pair of texts how many different word pairs both hold, the one, the other."""
    sides = []
    for side, (shingles, texts) in enumerate(((found, left), (others, right))):
        owner, pairs = of_texts(shingles, texts)
        sides.append(owner << np.uint64(33) | pairs.astype(np.uint64) << np.uint64(1))
        sides[-1] |= np.uint64(side)
    keys = different(np.concatenate(sides))
    owner = (keys >> np.uint64(33)).astype(np.int64)
    again = np.flatnonzero(keys[1:] >> np.uint64(1) == keys[:-1] >> np.uint64(1))
    right_side = (keys & np.uint64(1)).astype(bool)
    size = len(left)
    counts = (owner[again], owner[~right_side], owner[right_side])
    shared, one, other = (np.bincount(of, minlength=size) for of in counts)
    return shared, one, other


def different(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each key once, in order (numpy's own is many times slower for so many)."""
    keys.sort()
    return keys[np.concatenate([[True], keys[1:] != keys[:-1]])] if len(keys) else keys


def of_texts(found: Shingles, texts: Places) -> tuple[NDArray[np.uint64], Hashes]:
    """All pairs of these texts in a row, and for each the place of its text in `texts`."""
    begins, sizes = found.starts[texts], np.diff(found.starts)[texts]
    ends = np.cumsum(sizes)
    places = np.arange(ends[-1] if len(ends) else 0) + np.repeat(begins - ends + sizes, sizes)
    return np.repeat(np.arange(len(texts), dtype=np.uint64), sizes), found.pairs[places]
