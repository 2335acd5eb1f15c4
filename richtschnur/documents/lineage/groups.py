"""One passage that became several in a row, or several that became one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from richtschnur.documents.lineage.fuzzy import Search
from richtschnur.documents.lineage.likeness import compare_pieces
from richtschnur.documents.lineage.words import Said, stem

PART: Final = 0.75  # share of a part that stands in the whole
COVER: Final = 0.78  # share of the whole that stands in its parts
OWN: Final = 0.12  # share of the whole that each part brings
MOST: Final = 6


@dataclass(frozen=True, slots=True)
class _Side:
    """Looking from the wholes to their parts; the same for splitting and merging."""

    wholes: list[Said]
    parts: list[Said]
    free_parts: set[int]
    is_split: bool


def link_groups(search: Search) -> None:
    """Link what was split, then what was merged."""
    known = search.known
    split = _Side(known.old_said, known.new_said, set(known.free_new()), True)
    for old in known.free_old():
        near = search.new_index.nearest(known.old_said[old], 8)
        run, certainty = _run(split, old, near)
        if run:
            known.link((old,), run, certainty)
            split.free_parts.difference_update(run)
    merged = _Side(known.new_said, known.old_said, set(known.free_old()), False)
    for new in known.free_new():
        near = search.old_index.nearest(known.new_said[new], 8)
        run, certainty = _run(merged, new, near)
        if run:
            known.link(run, (new,), certainty)
            merged.free_parts.difference_update(run)


def _run(side: _Side, whole: int, near: list[int]) -> tuple[tuple[int, ...], float]:
    """The adjacent free parts that together cover a whole, in its order; none when unsure."""
    said = side.wholes[whole]
    parts = sorted(at for at in near if at in side.free_parts and _is_part(side, said, at))
    for run in _adjacent(parts):
        covered = _cover(said, [side.parts[at] for at in run])
        if covered >= COVER and not _has_other_facts(said, [side.parts[at] for at in run]):
            return run, round(min(0.99, covered), 3)
    return (), 0.0


def _is_part(side: _Side, whole: Said, at: int) -> bool:
    part = side.parts[at]
    likeness = compare_pieces(part, whole)
    return likeness.of_old >= PART and likeness.of_new >= OWN and likeness.of_new < 0.9


def _adjacent(parts: list[int]) -> list[tuple[int, ...]]:
    runs: list[list[int]] = []
    for at in parts:
        if runs and runs[-1][-1] == at - 1 and len(runs[-1]) < MOST:
            runs[-1].append(at)
        else:
            runs.append([at])
    return [tuple(run) for run in runs if len(run) > 1]


def _cover(whole: Said, parts: list[Said]) -> float:
    """The share of the whole in its parts; 0 when they stand in another order or overlap."""
    left = whole.stems.copy()
    middles = []
    for part in parts:
        common = left & part.stems
        brought = sum(whole.weights[name] * count for name, count in common.items())
        if brought < OWN * whole.weight or brought < PART * part.weight:
            return 0.0
        left -= common
        places = [at for at, name in enumerate(whole.stem_list) if name in common]
        middles.append(sum(places) / len(places))
    if middles != sorted(middles):
        return 0.0
    lost = sum(whole.weights[name] * count for name, count in left.items())
    return 1 - lost / whole.weight


def _has_other_facts(whole: Said, parts: list[Said]) -> bool:
    numbers: set[str] = set().union(*(part.numbers for part in parts))
    if whole.numbers.keys() - numbers and numbers - whole.numbers.keys():
        return True
    stems = {name for part in parts for name in part.stems}
    lost = {name for name in whole.names if stem(name) not in stems}
    gained = {name for part in parts for name in part.names if stem(name) not in whole.stems}
    return bool(lost and gained)
