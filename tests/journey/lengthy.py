"""A paper too long for one page, open for comments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.operations import index_stale, keep_outline
from richtschnur.strategy.queries import contents_of


@dataclass
class Lengthy:
    """`position` is that of a page in the middle of the draft."""

    at: datetime
    consultation: Consultation = field(init=False)
    position: int = field(init=False)

    def __post_init__(self) -> None:
        edition = keep_outline(outline=_outline(), by=CLI, at=self.at)
        self.consultation = open_consultation(
            on=edition,
            opens_at=self.at - timedelta(days=1),
            closes_at=self.at + timedelta(days=30),
            audience="public",
            by=CLI,
            at=self.at - timedelta(days=1),
        )
        self.position = contents_of(edition).pages[1].position
        index_stale()


def _outline() -> Outline:
    sections = []
    for chapter in range(1, 5):
        sections.append(OutlineSection(f"Handlungsfeld {chapter}", f"{chapter}.", 1, ()))
        for part in range(1, 6):
            passages = tuple(
                OutlinePassage("paragraph", f"Kinderbetreuungsplätze, Satz {n}.", 0, "")
                for n in range(10)
            )
            sections.append(OutlineSection(f"Ziel {part}", f"{chapter}.{part}", 2, passages))
    return Outline(title="Kreisentwicklung", sections=tuple(sections), elements=(), doubts=())
