"""The links as fates, and the questions about what is left."""

from __future__ import annotations

from typing import Final

from richtschnur.documents.lineage.fuzzy import Search
from richtschnur.documents.lineage.likeness import Likeness
from richtschnur.documents.lineage.matching import Gaps, Link, Matching
from richtschnur.documents.lineage.order import moved
from richtschnur.documents.lineage.pieces import Fate, Lineage, Strand

IN_PLACE: Final = 0.2  # below this, two passages at the same place have next to nothing in common
NEAR: Final = 0.4
ELSEWHERE: Final = 0.5
LITTLE: Final = 0.65
ALL_BUT: Final = 0.85
MUCH: Final = 4.0
MOST_CANDIDATES: Final = 4


def tell(search: Search) -> Lineage:
    """Every passage of both editions in one strand, in the new edition's order."""
    known = search.known
    strands = [(_place(known, link), strand) for link, strand in _linked(known)]
    strands += _left(search)
    ordered = sorted(strands, key=lambda pair: pair[0])
    return Lineage(tuple(strand for _at, strand in ordered), dict(known.sections))


def _place(known: Matching, link: Link) -> tuple[float, int]:
    return float(min(link.after)), 0


def _linked(known: Matching) -> list[tuple[Link, Strand]]:
    single = {link.after[0]: link for link in known.links if len(link.before + link.after) == 2}
    shifted = moved(
        sorted(link.before[0] for link in single.values()),
        [single[at].before[0] for at in sorted(single)],
    )
    told = []
    for link in known.links:
        is_moved = len(link.before) == len(link.after) == 1 and link.before[0] in shifted
        is_exact = _is_exact(known, link)
        fate = _fate(link, is_exact=is_exact, is_moved=is_moved)
        strand = Strand(fate, link.before, link.after, link.certainty, True, is_exact, is_moved)
        told.append((link, strand))
    return told


def _is_exact(known: Matching, link: Link) -> bool:
    before = " ".join(known.old_said[at].key for at in link.before)
    after = " ".join(known.new_said[at].key for at in link.after)
    if len(link.before) == len(link.after):
        return before == after
    return before.replace("\x00", "").split() == after.replace("\x00", "").split()


def _fate(link: Link, *, is_exact: bool, is_moved: bool) -> Fate:
    if len(link.before) > 1:
        return "merged"
    if len(link.after) > 1:
        return "split"
    if not is_exact:
        return "changed"
    return "moved" if is_moved else "kept"


def _left(search: Search) -> list[tuple[tuple[float, int], Strand]]:
    """What was not linked: new or gone where nothing comes near, else a question."""
    known, gaps = search.known, Gaps(search.known)
    likely = _candidates(search, gaps)
    left = []
    for new in gaps.new:
        near = likely["new", new]
        certainty = round(1 - (near[0][0] if near else 0.05), 3)
        candidates = tuple(at for _score, at in near)
        strand = Strand("added", (), (new,), certainty, not near, candidates=candidates)
        left.append(((float(new), 1), strand))
    for old in gaps.old:
        near = likely["old", old]
        certainty = round(1 - (near[0][0] if near else 0.05), 3)
        candidates = tuple(at for _score, at in near)
        strand = Strand("dropped", (old,), (), certainty, not near, candidates=candidates)
        before = gaps.old[old][0]
        at = -1.0 if before is None else float(max(known.of_old[before]))
        left.append(((at + 0.5, old), strand))
    return left


def _candidates(search: Search, gaps: Gaps) -> dict[tuple[str, int], list[tuple[float, int]]]:
    """For each free passage those it may be, with their likeness, the likeliest first."""
    likely: dict[tuple[str, int], list[tuple[float, int]]] = {
        **{("old", at): [] for at in gaps.old},
        **{("new", at): [] for at in gaps.new},
    }
    for (old, new), likeness in search.pairs(gaps).items():
        place = gaps.agreement(old, new) + search.known.are_same_section(old, new)
        if _may_be(likeness, place):
            likely["old", old].append((likeness.score, new))
            likely["new", new].append((likeness.score, old))
    for near in likely.values():
        near.sort(key=lambda pair: (-pair[0], pair[1]))
        del near[MOST_CANDIDATES:]
    return likely


def _may_be(likeness: Likeness, place: int) -> bool:
    """Whether a person should be asked if two passages are the same one.

    `place` 0 to 3: edges of their gaps in common, and the section. Far away, only much in common
    raises the question, of look-alikes nearly everything.
    """
    if place == 3:
        return likeness.score >= IN_PLACE
    if place:
        return likeness.score >= NEAR
    if likeness.has_other_facts:
        return likeness.score >= ALL_BUT and likeness.shared >= MUCH
    return likeness.score >= (ELSEWHERE if likeness.shared >= MUCH else LITTLE)
