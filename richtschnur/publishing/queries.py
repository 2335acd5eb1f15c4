"""What the portal shows, over all stages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import public_consultations
from richtschnur.consultation.states import Phase
from richtschnur.strategy.models import Edition
from richtschnur.strategy.queries import published_editions


@dataclass(frozen=True)
class Portal:
    """Consultations by where they stand, and the latest edition of each paper."""

    open: list[Consultation]
    planned: list[Consultation]
    closed: list[Consultation]
    papers: list[Edition]


def portal(at: datetime) -> Portal:
    """What stands on the front page at a moment: two queries."""
    found = list(public_consultations())
    latest: dict[int, Edition] = {}
    for edition in published_editions():
        latest.setdefault(edition.strategy_id, edition)
    return Portal(
        open=sorted((c for c in found if c.phase(at) == Phase.OPEN), key=lambda c: c.closes_at),
        planned=sorted(
            (c for c in found if c.phase(at) == Phase.PLANNED), key=lambda c: c.opens_at
        ),
        closed=[c for c in found if c.phase(at) == Phase.CLOSED],
        papers=list(latest.values()),
    )
