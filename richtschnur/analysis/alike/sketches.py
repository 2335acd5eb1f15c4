"""Short sketches of texts by which those that share much fall into the same drawers (MinHash).

One-permutation hashing (Li, Owen, Zhang 2012) in six rounds of sixteen bins: a text of fifty word
pairs is gone over six times instead of ninety-six. Three bins together are the key of a drawer.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from richtschnur.analysis.alike.shingles import Places, Shingles

Sketches = NDArray[np.uint32]
ROUNDS, BINS = 6, 16
SIZE = ROUNDS * BINS
ROWS = 3  # bins that must agree
DRAWERS = 40
_EMPTY = np.uint32(0xFFFFFFFF)
_ODD = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1, 0xD3A2646D)


def sketches(found: Shingles) -> Sketches:
    """A row of 96 numbers for each text; the share of equal ones estimates how alike two are."""
    size = len(found)
    made = np.empty((size, SIZE), np.uint32)
    owner = np.repeat(np.arange(size, dtype=np.int64) * BINS, np.diff(found.starts))
    for at, odd in enumerate(_ODD):
        spread = (found.pairs ^ (found.pairs >> np.uint32(15))) * np.uint32(odd)
        spread ^= spread >> np.uint32(13)
        spread *= np.uint32(_ODD[at - 1])
        least = np.full(size * BINS, _EMPTY, np.uint32)
        np.minimum.at(least, owner + (spread >> np.uint32(28)), spread)
        made[:, at * BINS : (at + 1) * BINS] = _filled(least.reshape(size, BINS))
    return made


def _filled(bins: Sketches) -> Sketches:
    """An empty bin takes what the next full one holds, marked by how far that was."""
    full = bins.copy()
    for step in range(1, BINS):
        empty = full == _EMPTY
        if not empty.any():
            break
        moved = np.roll(bins, -step, axis=1)
        take = empty & (moved != _EMPTY)
        full[take] = moved[take] * np.uint32(2 * step + 1)
    return full


def drawers() -> Iterator[Places]:
    """For each drawer the columns of a sketch that are its key."""
    random = np.random.default_rng(20_261_128)
    for _ in range(DRAWERS):
        rounds = random.choice(ROUNDS, ROWS, replace=False)
        yield rounds * BINS + random.integers(0, BINS, ROWS)


def keys_of(made: Sketches, texts: Places, drawer: Places) -> NDArray[np.uint64]:
    """The key of each of the texts for one drawer."""
    key = np.zeros(len(texts), np.uint64)
    for column in drawer:
        key = (key ^ made[texts, column]) * np.uint64(0x9E3779B97F4A7C15)
        key ^= key >> np.uint64(29)
    return key * np.uint64(0x9E3779B97F4A7C15)
