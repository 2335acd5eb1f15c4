"""How near a proposal came to the truth about a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from richtschnur.analysis.splitting import Piece
from richtschnur.bench.splitting.writer import Unit


@dataclass(frozen=True)
class Score:
    """Counts that add up over papers; the text's beginning is no border."""

    right: int = 0
    proposed: int = 0
    true: int = 0
    demands: int = 0
    first: int = 0
    among_three: int = 0
    sure: float = 0.0

    def __add__(self, other: Score) -> Score:
        mine, others = vars(self), vars(other)
        return Score(**{name: mine[name] + others[name] for name in mine})

    @property
    def boundary_f1(self) -> float:
        both = self.proposed + self.true
        return 2 * self.right / both if both else 1.0

    @property
    def place_top3(self) -> float:
        return self.among_three / self.demands if self.demands else 1.0

    @property
    def place_top1(self) -> float:
        return self.first / self.demands if self.demands else 1.0


def judge(pieces: Sequence[Piece], units: Sequence[Unit]) -> Score:
    """Borders letter by letter; places of each demand by the piece that holds most of it."""
    proposed = {piece.start for piece in pieces} - {0}
    true = {unit.start for unit in units} - {0}
    ends = [unit.start for unit in units[1:]] + [pieces[-1].end if pieces else 0]
    first = three = demands = 0
    sure = 0.0
    for unit, end in zip(units, ends, strict=True):
        if unit.place is None:
            continue
        demands += 1
        holder = max(pieces, key=lambda p: min(p.end, end) - max(p.start, unit.start))
        named = [ranked.place for ranked in holder.places]
        first += named[:1] == [unit.place]
        three += unit.place in named[:3]
        sure += holder.places[0].certainty if holder.places else 0.0
    return Score(len(proposed & true), len(proposed), len(true), demands, first, three, sure)
