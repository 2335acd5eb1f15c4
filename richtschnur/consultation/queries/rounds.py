"""All consultations of one paper in their order: which round is which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import all_consultations
from richtschnur.consultation.states import Audience, Phase


@dataclass(frozen=True)
class Round:
    """One consultation of a paper; `number` counts those where the same people are asked."""

    consultation: Consultation
    number: int
    phase: Phase


def rounds_of(strategy_id: int, at: datetime) -> list[Round]:
    """All rounds of a paper, the first one first; one query."""
    return numbered(all_consultations().filter(strategy=strategy_id), at)


def numbered(consultations: Iterable[Consultation], at: datetime) -> list[Round]:
    """These, which are all of one paper, as rounds."""
    seen: Counter[str] = Counter()
    found = []
    for row in sorted(consultations, key=lambda row: (row.opens_at, row.pk)):
        seen[row.audience] += 1
        found.append(Round(row, seen[row.audience], row.phase(at)))
    return found


def public_rounds(rounds: Iterable[Round]) -> list[Round]:
    """What everyone may know of, if there is more than one."""
    found = [row for row in rounds if row.consultation.audience == Audience.PUBLIC]
    return found if len(found) > 1 else []
