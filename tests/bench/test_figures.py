"""The benchmarks' own arithmetic."""

from __future__ import annotations

from richtschnur.bench.intake import _figures
from richtschnur.bench.load import Tally


def tally(per_second: float) -> Tally:
    return Tally(seconds=[0.01] * 100, took=100 / per_second)


def test_a_ratio_is_the_median_of_each_turn() -> None:
    turns = [(tally(a), tally(b), tally(900)) for a, b in ((60, 100), (10, 100), (300, 400))]
    figures = _figures("sqlite", 8, turns)
    assert figures["ratio"] == 0.6
    assert figures["submissions_per_s"] == 60.0
    assert figures["hello_per_s"] == 900.0
    assert figures["p99_ms"] == 10.0


def test_percentiles_hold_the_slow_ones() -> None:
    many = Tally(seconds=[0.001] * 98 + [1.0, 1.0], took=1)
    assert many.percentile_ms(50) == 1.0
    assert many.percentile_ms(99) == 1000.0
