"""From what a table shows nobody can work out a cell of fewer than five people."""

from __future__ import annotations

import random
from itertools import product

import pytest

from richtschnur.analysis.disclosure import LEAST, hidden_cells, is_sum_shown

Told = tuple[int | None, ...]


def told(counts: tuple[int, ...]) -> Told:
    """All that a reader sees: cells (None: hidden) and the sum."""
    hidden = hidden_cells(counts)
    return (*(None if i in hidden else n for i, n in enumerate(counts)), sum(counts))


def derivable(rule, size: int, most: int) -> list[tuple[int, ...]]:  # type: ignore[no-untyped-def]
    """Tables with a small cell that the attacker, who also knows the rule, can name exactly.

    She thinks of every table that would look the same.
    """
    alike: dict[Told, list[tuple[int, ...]]] = {}
    for counts in product(range(most), repeat=size):
        if is_sum_shown(counts):
            alike.setdefault(rule(counts), []).append(counts)
    found = []
    for tables in alike.values():
        for place in range(size):
            values = {table[place] for table in tables}
            if len(values) == 1 and values.pop() < LEAST:
                found.append(tables[0])
    return found


@pytest.mark.parametrize(("size", "most"), [(2, 30), (3, 14), (4, 9)])
def test_no_small_cell_can_be_derived(size: int, most: int) -> None:
    assert derivable(told, size, most) == []


def test_the_attack_finds_what_a_careless_rule_leaves() -> None:
    def careless(counts: tuple[int, ...]) -> Told:
        return (*(None if n < LEAST else n for n in counts), sum(counts))

    assert derivable(careless, 3, 14)

    def two_are_enough(counts: tuple[int, ...]) -> Told:
        small = [i for i, n in enumerate(counts) if n < LEAST]
        others = sorted(set(range(len(counts))) - set(small), key=lambda i: counts[i])
        hidden = small + others[: 1 if len(small) == 1 else 0]
        return (*(None if i in hidden else n for i, n in enumerate(counts)), sum(counts))

    assert derivable(two_are_enough, 3, 14)


def test_large_tables_keep_the_rule() -> None:
    chance = random.Random(20261128)
    for _round in range(2000):
        counts = [
            chance.choice((0, 1, 3, 4, 5, 6, 9, 40, 200)) for _cell in range(chance.randint(2, 14))
        ]
        hidden = hidden_cells(counts)
        assert all(counts[i] >= LEAST for i in range(len(counts)) if i not in hidden)
        assert (
            not hidden
            or len(hidden) == len(counts)
            or (len(hidden) >= 2 and sum(counts[i] for i in hidden) >= LEAST)
        )
