"""Groups around what their members have in common.

A chain (A is like B, B is like C …) makes no group yet: every member must be like the centre, the
pairs that half of the members hold, else it is put out and tries again more strictly. At the end
whoever stands alone may join a centre, or make a pair with one other.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from richtschnur.analysis.alike.linking import (
    LIKENESS,
    SHARED,
    STRICT,
    compared,
    different,
    first_with,
    link,
    of_texts,
)
from richtschnur.analysis.alike.shingles import Places, Shingles
from richtschnur.analysis.alike.sketches import Sketches, drawers, keys_of, sketches

ASKED = 32  # members of a group from whom the common pairs are taken
COMMON = 0.5  # share of them that must hold a pair
SURE, FAR = 0.7, 0.25  # likeness to the centre by the sketch that needs no closer look
MEMBER = 0.95  # how alike by the pairs themselves, 1 being enough for two texts
# Members of a group -> the same for those who stand alone: a large one is sooner theirs by right,
# many small ones are come near by chance.
JOINER = ((3, 10, 30), (1.4, 1.2, 0.9))
HELD = 0.5  # share of the centre that a member holds
STRICTER = (STRICT, STRICT, 1.2, 1.4)


def groups(found: Shingles, made: Sketches) -> Places:
    """For each text the number of the first text of its group; alone, its own."""
    label = np.arange(len(found))
    every = waiting = np.flatnonzero(np.diff(found.starts) > 0)
    unsure = []
    for strictness in STRICTER:
        links = link(found, made, waiting, strictness)
        unsure += [(waiting[one], waiting[other], by) for one, other, by in links.unsure]
        chains = waiting[links.parents]
        is_in = are_like_centre(found, made, waiting, chains)
        label[waiting[is_in]] = _first_of(chains[is_in], waiting[is_in])
        waiting = waiting[~is_in]
        if len(waiting) < 2:
            break
    _join_centres(found, made, every, label)
    if unsure:
        _pair(label, *map(np.concatenate, zip(*unsure, strict=True)))
    return label


def are_like_centre(
    found: Shingles, made: Sketches, texts: Places, chains: Places
) -> NDArray[np.bool_]:
    """Whether each text is like what its chain has in common; two alone are as they are."""
    counts = np.bincount(chains, minlength=len(found))
    is_in = counts[chains] <= 2
    members = np.flatnonzero(~is_in)
    number = np.cumsum(counts > 2) - 1
    group = number[chains[members]]
    centres = common(found, texts[members], group, int(number[-1]) + 1)
    enough = np.full(len(members), MEMBER)
    is_in[members] = _fit(found, made, texts[members], centres, sketches(centres), group, enough)
    return is_in


def _fit(
    found: Shingles,
    made: Sketches,
    texts: Places,
    centres: Shingles,
    sketched: Sketches,
    group: Places,
    strictness: NDArray[np.float64],
) -> NDArray[np.bool_]:
    """Whether each text is like the centre beside it."""
    estimate = (made[texts] == sketched[group]).mean(axis=1)
    fits = estimate >= SURE
    unsure = np.flatnonzero(~fits & (estimate >= FAR))
    shared, own, centre = compared(found, texts[unsure], centres, group[unsure])
    needed = strictness[unsure] * np.interp(shared, SHARED, LIKENESS)
    fits[unsure] = (shared >= needed * (own + centre - shared)) & (shared >= HELD * centre)
    return fits


def common(found: Shingles, texts: Places, group: Places, size: int) -> Shingles:
    """For each group the word pairs that half of its members hold, at least two of them."""
    order = np.argsort(group, kind="stable")
    counts = np.bincount(group, minlength=size)
    rank = np.arange(len(order)) - np.repeat(np.cumsum(counts) - counts, counts)
    asked = order[rank % np.repeat(np.maximum(1, counts // ASKED), counts) == 0]
    owner, pairs = of_texts(found, texts[asked])
    keys = different(owner << np.uint64(32) | pairs)  # a pair counts once a text
    owner = group[asked].astype(np.uint64)[keys >> np.uint64(32)]
    keys = owner << np.uint64(32) | keys & np.uint64(0xFFFFFFFF)
    keys.sort()
    first = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]])[: len(keys)])
    holders = np.diff(np.append(first, len(keys)))
    of = (keys[first] >> np.uint64(32)).astype(np.int64)
    many = holders >= np.maximum(2, COMMON * np.bincount(group[asked], minlength=size)[of])
    lengths = np.bincount(of[many], minlength=size)
    return Shingles(keys[first][many].astype(np.uint32), np.concatenate([[0], np.cumsum(lengths)]))


def _first_of(chains: Places, texts: Places) -> Places:
    """For each text the first text of those that stayed in its chain."""
    first = np.full(int(chains.max(initial=-1)) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, chains, texts)
    return first[chains]


def _join_centres(found: Shingles, made: Sketches, texts: Places, label: Places) -> None:
    """Whoever stands alone joins a group whose centre it is like."""
    counts = np.bincount(label, minlength=len(label))
    members = texts[counts[label[texts]] > 2]
    alone = texts[counts[label[texts]] == 1]
    numbers = np.flatnonzero(counts > 2)
    numbers = numbers[np.argsort(-counts[numbers], kind="stable")]
    if not len(numbers) or not len(alone):
        return
    place = np.zeros(len(label), np.int64)
    place[numbers] = np.arange(len(numbers))
    centres = common(found, members, place[label[members]], len(numbers))
    sketched = sketches(centres)
    every = np.arange(len(numbers))
    strictness = np.interp(counts[numbers], *JOINER)
    for drawer in drawers():
        at = first_with(keys_of(sketched, every, drawer), keys_of(made, alone, drawer))
        met = np.flatnonzero(at >= 0)
        fits = met[_fit(found, made, alone[met], centres, sketched, at[met], strictness[at[met]])]
        label[alone[fits]] = numbers[at[fits]]
        alone = np.delete(alone, fits)


def _pair(label: Places, left: Places, right: Places, surplus: NDArray[np.float64]) -> None:
    """Two that stand alone and are alike become a pair, the likest first."""
    counts = np.bincount(label, minlength=len(label))
    both = np.flatnonzero((counts[label[left]] == 1) & (counts[label[right]] == 1))
    taken: set[int] = set()
    for at in both[np.argsort(-surplus[both], kind="stable")].tolist():
        pair = {int(left[at]), int(right[at])}
        if not pair & taken:
            taken |= pair
            label[list(pair)] = min(pair)
