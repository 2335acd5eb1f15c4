"""Passages with other words: linked only when nothing else comes near and no fact was replaced."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from richtschnur.documents.lineage.candidates import Index
from richtschnur.documents.lineage.likeness import Likeness, compare_pieces, speaks_for
from richtschnur.documents.lineage.matching import Gaps, Matching

RIVAL: Final = 0.5  # as alike as this, a third passage has to be told apart
# How much its own words must speak for a pair, -1 to 1: less when the rival has its own place.
MARGIN: Final = {False: 0.5, True: 0.35}
FAR: Final = 0.78  # likeness asked of what has neither neighbours nor section in common
REST: Final = 0.45  # share of a free neighbour that makes it look like the other part
NEAREST: Final = 5
IN_GAP: Final = 6


@dataclass
class Search:
    """Likenesses that were looked at, so that none is reckoned twice."""

    known: Matching
    old_index: Index = field(init=False)
    new_index: Index = field(init=False)
    _likeness: dict[tuple[int, int], Likeness] = field(default_factory=dict)
    _of_new: dict[int, list[int]] = field(default_factory=dict)
    _of_old: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.old_index = Index(self.known.old_said)
        self.new_index = Index(self.known.new_said)

    def likeness(self, old: int, new: int) -> Likeness:
        pair = old, new
        if pair not in self._likeness:
            self._likeness[pair] = compare_pieces(
                self.known.old_said[old], self.known.new_said[new]
            )
        return self._likeness[pair]

    def near_old(self, old: int) -> list[int]:
        """The new passages, free or not, that share most with an old one."""
        if old not in self._of_old:
            self._of_old[old] = self.new_index.nearest(self.known.old_said[old], NEAREST)
        return self._of_old[old]

    def near_new(self, new: int) -> list[int]:
        """The old passages, free or not, that share most with a new one."""
        if new not in self._of_new:
            self._of_new[new] = self.old_index.nearest(self.known.new_said[new], NEAREST)
        return self._of_new[new]

    def pairs(self, gaps: Gaps) -> dict[tuple[int, int], Likeness]:
        """Free passages worth comparing: by their words, and by their place."""
        known = self.known
        found = set()
        for old in gaps.old:
            found |= {(old, new) for new in self.near_old(old) if new not in known.of_new}
            found |= {(old, new) for new in gaps.opposite(old, IN_GAP)}
        for new in gaps.new:
            found |= {(old, new) for old in self.near_new(new) if old not in known.of_old}
        return {pair: self.likeness(*pair) for pair in found}


def link_changed(search: Search, *, floor: float) -> int:
    """Link passages that are each other's best and clearly so; the number of new links.

    `floor` is the likeness asked of a passage at its place; moved ones need more.
    """
    known = search.known
    gaps = Gaps(known)
    pairs = search.pairs(gaps)
    best_old, best_new = _best(pairs)
    done = 0
    for (old, new), likeness in sorted(pairs.items(), key=lambda item: (-item[1].rank, item[0])):
        if best_old[old] != (likeness.rank, new) or best_new[new] != (likeness.rank, old):
            continue
        certainty = _certainty(search, gaps, old, new, floor)
        if certainty:
            known.link((old,), (new,), certainty)
            done += 1
    return done


def _best(
    pairs: dict[tuple[int, int], Likeness],
) -> tuple[dict[int, tuple[float, int]], dict[int, tuple[float, int]]]:
    best_old: dict[int, tuple[float, int]] = defaultdict(lambda: (-1.0, -1))
    best_new: dict[int, tuple[float, int]] = defaultdict(lambda: (-1.0, -1))
    for (old, new), likeness in pairs.items():
        best_old[old] = max(best_old[old], (likeness.rank, new))
        best_new[new] = max(best_new[new], (likeness.rank, old))
    return best_old, best_new


def _certainty(search: Search, gaps: Gaps, old: int, new: int, floor: float) -> float:
    """0 when a person has to be asked, else how sure this is."""
    known, likeness = search.known, search.likeness(old, new)
    if likeness.has_other_facts or known.old.pieces[old].picture != known.new.pieces[new].picture:
        return 0.0
    place = gaps.agreement(old, new) + known.are_same_section(old, new)
    if likeness.score < _asked(likeness, place, floor):
        return 0.0
    if _may_be_part(search, gaps, old, new) or not _is_told_apart(search, old, new):
        return 0.0
    return round(min(0.99, 0.6 * likeness.score + 0.32 + 0.04 * place), 3)


def _asked(likeness: Likeness, place: int, floor: float) -> float:
    """How alike they have to be: little shared weight or a replaced noun need more."""
    asked = floor + 0.08 * (3 - place) if place else FAR
    if likeness.has_other_noun:
        asked += 0.06
    if likeness.shared < 3.0:
        asked += 0.15
    return asked


def _is_told_apart(search: Search, old: int, new: int) -> bool:
    """Whether every look-alike of either edition is clearly another passage."""
    known, likeness = search.known, search.likeness(old, new)
    one, other = known.old_said[old], known.new_said[new]
    for rival in search.near_new(new):
        is_linked, third = rival in known.of_old, search.likeness(rival, new)
        if rival == old or not _is_rival(likeness, third, is_linked):
            continue
        if speaks_for(one, known.old_said[rival], other) < MARGIN[is_linked]:
            return False
    for rival in search.near_old(old):
        is_linked, third = rival in known.of_new, search.likeness(old, rival)
        if rival == new or not _is_rival(likeness, third, is_linked):
            continue
        if speaks_for(other, known.new_said[rival], one) < MARGIN[is_linked]:
            return False
    return True


def _is_rival(likeness: Likeness, third: Likeness, is_linked: bool) -> bool:
    """Whether a third passage is alike enough to be mistaken; other facts rule it out.

    One that has its own place already has to be nearly as alike.
    """
    is_ruled_out = likeness.has_same_facts or third.score <= likeness.score
    if third.has_other_facts and not likeness.has_other_facts and is_ruled_out:
        return False
    if is_linked:
        return third.alike >= max(RIVAL, likeness.score - 0.12)
    return third.score >= max(RIVAL, likeness.score - 0.25)


def _may_be_part(search: Search, gaps: Gaps, old: int, new: int) -> bool:
    """Whether a free neighbour seems to hold the rest: then it may have been split or merged."""
    likeness = search.likeness(old, new)
    if likeness.alike >= 0.8:
        return False
    if likeness.of_new > likeness.of_old:
        beside = [at for at in (new - 1, new + 1) if at in gaps.new]
        return any(search.likeness(old, at).of_new >= REST for at in beside)
    beside = [at for at in (old - 1, old + 1) if at in gaps.old]
    return any(search.likeness(at, new).of_old >= REST for at in beside)
