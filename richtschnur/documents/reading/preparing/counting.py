"""Counters of lists and headings, and how their numbers are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
LEVELS: Final = 10


def printed(count: int, form: str) -> str:
    """A number in the form "1", "01", "a", "A", "i" or "I"; "" prints nothing."""
    if form in {"", "1"}:
        return str(count) if form else ""
    if form == "01":
        return f"{count:02}"
    if form in {"a", "A"} and 0 < count <= 26 * 30:
        word = chr(97 + (count - 1) % 26) * ((count - 1) // 26 + 1)
    elif form in {"i", "I"} and 0 < count < 4000:
        word, left = "", count
        for value, sign in _ROMAN:
            word += sign * (left // value)
            left %= value
    else:
        return str(count)
    return word.upper() if form.isupper() else word


@dataclass(slots=True)
class Counters:
    """One numbering's state: `counts` by level from 0; 0 means not begun."""

    counts: list[int] = field(default_factory=lambda: [0] * LEVELS)

    def step(self, level: int, starts: Sequence[int]) -> list[int]:
        """Count at `level`; deeper ones begin anew. The counts up to this level."""
        for above in range(level):
            self.counts[above] = self.counts[above] or starts[above]
        begun = self.counts[level]
        self.counts[level] = begun + 1 if begun else starts[level]
        self.counts[level + 1 :] = [0] * (LEVELS - level - 1)
        return self.counts[: level + 1]
