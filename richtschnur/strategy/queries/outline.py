"""A working edition's outline as it is rearranged."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from richtschnur.strategy.models import Edition, Section


@dataclass
class OutlineEntry:
    """A section with how many passages it holds and which moves are possible."""

    section: Section
    passages: int
    may_up: bool = False
    may_down: bool = False
    may_deeper: bool = False
    may_higher: bool = False

    @property
    def depth(self) -> int:
        """1 to 6."""
        return max(1, min(self.section.level, 6))


def outline_of(edition: Edition) -> list[OutlineEntry]:
    """Every section in order; one query."""
    found = edition.sections.order_by("position", "pk").annotate(count=Count("passages"))
    entries = [OutlineEntry(section, section.count) for section in found]
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
    return entries
