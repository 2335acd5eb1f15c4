"""Groups of texts that are alike: plain texts in, a number for each out.

Stated behaviour: texts without any word (empty, emoji, mark-up only) belong to no group. Texts of
the same words are a group however short; else a group needs whole sentences in common. Of a long
text the first 20,000 characters are looked at.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from richtschnur.analysis.alike.centres import groups
from richtschnur.analysis.alike.shingles import Places, Shingles, shingles
from richtschnur.analysis.alike.sketches import SIZE, Sketches, sketches
from richtschnur.analysis.cleaning import clean

CHUNK = 4_000  # texts that are numbered at once
THREADS = 4


def grouped(
    texts: Sequence[str], *, progress: Callable[[int], None] = lambda done: None
) -> list[int | None]:
    """For each text the place of its group's first text; None for a text that stands alone.

    The result hangs on the texts and their order only. `progress` hears how many texts were read.
    """
    return grouped_pairs(*_read(texts, progress))


def grouped_pairs(found: Shingles, made: Sketches) -> list[int | None]:
    """The same for texts whose word pairs and sketches are known."""
    distinct, same_as = _collapsed(found)
    label = groups(_chosen(found, distinct), made[distinct]) if len(distinct) else distinct
    first = distinct[label][same_as] if len(distinct) else np.zeros(0, np.int64)
    first = _earliest(first)
    counts = np.bincount(first, minlength=len(found))
    is_grouped = (counts[first] > 1) & (np.diff(found.starts) > 0)
    return [int(at) if is_in else None for at, is_in in zip(first, is_grouped, strict=True)]


def _read(texts: Sequence[str], progress: Callable[[int], None]) -> tuple[Shingles, Sketches]:
    """Word pairs and sketches of all texts, in chunks, on several processors."""
    made = np.empty((len(texts), SIZE), np.uint32)
    begins = range(0, len(texts), CHUNK)

    def part(begin: int) -> Shingles:
        found = shingles([clean(text) for text in texts[begin : begin + CHUNK]])
        made[begin : begin + CHUNK] = sketches(found)
        return found

    parts = []
    with ThreadPoolExecutor(min(THREADS, os.cpu_count() or 1)) as pool:
        for found in pool.map(part, begins):
            parts.append(found)
            progress(min(len(texts), len(parts) * CHUNK))
    lengths = [np.diff(found.starts) for found in parts]
    starts = np.concatenate([[0], np.cumsum(np.concatenate([*lengths, np.zeros(0, np.int64)]))])
    pairs = np.concatenate([found.pairs for found in parts] or [np.zeros(0, np.uint32)])
    return Shingles(pairs, starts.astype(np.int64)), made


def _collapsed(found: Shingles) -> tuple[Places, Places]:
    """The first of each set of texts with the same word pairs; for each text its place there."""
    numbers = found.pairs * np.uint64(0x9E3779B97F4A7C15)
    numbers ^= numbers >> np.uint64(29)
    numbers *= np.uint64(0xD6E8FEB86659FD93)
    sums = np.concatenate([np.zeros(1, np.uint64), np.cumsum(numbers, dtype=np.uint64)])
    keys = sums[found.starts[1:]] - sums[found.starts[:-1]]
    order = np.argsort(keys, kind="stable")
    is_new = np.concatenate([[True], keys[order][1:] != keys[order][:-1]])[: len(order)]
    same_as = np.empty(len(keys), np.int64)
    same_as[order] = np.cumsum(is_new) - 1
    return order[is_new], same_as


def _chosen(found: Shingles, texts: Places) -> Shingles:
    """The pairs of these texts alone."""
    sizes = np.diff(found.starts)[texts]
    starts = np.concatenate([[0], np.cumsum(sizes)])
    places = np.arange(starts[-1]) + np.repeat(found.starts[texts] - starts[:-1], sizes)
    return Shingles(found.pairs[places], starts)


def _earliest(first: Places) -> Places:
    """The same groups, each named by the first of its texts."""
    named = np.full(len(first), len(first), np.int64)
    np.minimum.at(named, first, np.arange(len(first)))
    return named[first]
