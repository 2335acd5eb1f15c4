"""Which cells of a table are not shown, so that nobody can be found in it.

The table has one row of cells and their sum. Cells below LEAST are hidden, empty ones too. Whoever
knows the sum and the other cells could work them out (also from several: two small cells of eight
people are four and four), so the smallest of the others is
hidden with them, and all that are as small as that one: which was taken would tell something.
"""

from __future__ import annotations

from collections.abc import Sequence

LEAST = 5


def hidden_cells(counts: Sequence[int], *, least: int = LEAST) -> frozenset[int]:
    """The places of the cells that are not shown."""
    small = {place for place, count in enumerate(counts) if count < least}
    others = [count for count in counts if count >= least]
    if not small or not others:
        return frozenset(small)
    return frozenset(place for place, count in enumerate(counts) if count <= min(others))


def is_sum_shown(counts: Sequence[int], *, least: int = LEAST) -> bool:
    """Whether the sum may be shown: where it is small, nothing is."""
    return sum(counts) >= least
