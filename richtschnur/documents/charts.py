"""Charts of bars: how long each is and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

LONGEST: Final = 82.0  # per cent of the width; the rest is for the number behind the bar
LINE: Final = 44  # pixels for a bar with its label above it
LABEL: Final = 44  # code points of a label; the table beside the chart has all of it


@dataclass(frozen=True, slots=True)
class Bar:
    """A label with its number, None where it is not shown; `language` where it is another one."""

    label: str
    value: int | None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A bar with its place: `share` per cent of the width, the rest in pixels from the top."""

    label: str
    figure: str
    share: float
    rest: float
    text_y: int
    bar_y: int
    figure_y: int
    language: str = ""


def drawn(bars: Sequence[Bar], figures: Sequence[str]) -> list[Drawn]:
    """Where each bar stands; `figures` are the numbers in words, in the same order."""
    most = max((bar.value or 0 for bar in bars), default=0)
    found = []
    for row, (bar, figure) in enumerate(zip(bars, figures, strict=True)):
        share = round(LONGEST * (bar.value or 0) / most, 2) if most else 0.0
        top = row * LINE
        found.append(
            Drawn(
                shortened(bar.label), figure, share, round(100 - share, 2),
                top + 16, top + 22, top + 35, bar.language,
            )
        )  # fmt: skip
    return found


def height_of(bars: Sequence[Drawn]) -> int:
    """Pixels."""
    return LINE * len(bars) + 4


def shortened(label: str) -> str:
    """A label that fits beside a bar on a narrow screen."""
    return label if len(label) <= LABEL else label[: LABEL - 1].rstrip() + "…"
