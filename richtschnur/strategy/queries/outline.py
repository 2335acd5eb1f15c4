"""A working edition's outline as it is rearranged; of a long one a branch at a time."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import Count

from richtschnur.strategy.models import Edition, Section

SHORT_OUTLINE = 100  # sections; of more, what stands under a section is shown when asked for


@dataclass
class OutlineEntry:
    """A section with how many passages it holds and which moves are possible.

    `below`: the sections under it, `passages_below` their passages; `is_open`: those directly
    under it are shown, `is_whole`: all of them.
    """

    section: Section
    passages: int
    parent: OutlineEntry | None = None
    below: int = 0
    passages_below: int = 0
    is_open: bool = False
    is_whole: bool = False
    may_up: bool = False
    may_down: bool = False
    may_deeper: bool = False
    may_higher: bool = False

    @property
    def depth(self) -> int:
        """1 to 6."""
        return max(1, min(self.section.level, 6))

    @property
    def is_folded(self) -> bool:
        return self.below > 0 and not self.is_open

    @property
    def passages_shown(self) -> int:
        """Its own; with those under it where they are folded away."""
        return self.passages + (self.passages_below if self.is_folded else 0)

    def above(self) -> list[OutlineEntry]:
        """What it stands under, the nearest first."""
        return [self.parent, *self.parent.above()] if self.parent else []


def outline_of(
    edition: Edition, *, opened: uuid.UUID | None = None, seen: uuid.UUID | None = None
) -> list[OutlineEntry]:
    """The outline in order; one query.

    A short one whole. Of a long one the outermost sections, and the branch of `opened` with what
    stands under it, and that in which `seen` stands.
    """
    found = edition.sections.order_by("position", "pk").annotate(count=Count("passages"))
    entries = [OutlineEntry(section, section.count) for section in found]
    _nest(entries)
    _allow_moves(entries)
    _open(entries, opened, seen)
    return [entry for entry in entries if entry.parent is None or entry.parent.is_open]


def _nest(entries: list[OutlineEntry]) -> None:
    above: list[OutlineEntry] = []
    for entry in entries:
        above = [known for known in above if known.section.level < entry.section.level]
        for known in above:
            known.below += 1
            known.passages_below += entry.passages
        entry.parent = above[-1] if above else None
        above.append(entry)


def _allow_moves(entries: list[OutlineEntry]) -> None:
    last_of: dict[int, OutlineEntry] = {}
    level_before = 0
    for entry in entries:
        level = entry.section.level
        for deeper in [known for known in last_of if known > level]:
            del last_of[deeper]
        sibling = last_of.get(level)
        if sibling is not None:
            sibling.may_down, entry.may_up = True, True
        entry.may_deeper = level_before >= level and level < 6
        entry.may_higher = level > 1
        last_of[level] = entry
        level_before = level


def _open(entries: list[OutlineEntry], opened: uuid.UUID | None, seen: uuid.UUID | None) -> None:
    """Open the ways to two sections, and the first of them; a lone root is always open."""
    ways: set[int] = set()
    for entry in entries:
        if entry.section.identity in (opened, seen):
            ways.update(one.section.pk for one in entry.above())
        if entry.section.identity == opened:
            ways.add(entry.section.pk)
    roots = [entry for entry in entries if entry.parent is None and entry.below]
    if len(roots) == 1:
        ways.add(roots[0].section.pk)
    is_short = len(entries) <= SHORT_OUTLINE
    for entry in entries:
        is_way = entry.section.pk in ways
        inherits = entry.parent is not None and entry.parent.is_whole
        entry.is_whole = is_short or inherits or (is_way and entry.below <= SHORT_OUTLINE)
        entry.is_open = entry.is_whole or is_way
