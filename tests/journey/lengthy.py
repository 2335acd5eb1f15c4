"""A paper too long for one page, open for comments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.documents.marks import Mark
from richtschnur.documents.structure import Outline, OutlinePassage, OutlineSection
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import index_stale, keep_outline
from richtschnur.strategy.queries import contents_of
from richtschnur.strategy.queries.in_language import heading_source, source_of
from richtschnur.translation.operations import Draft, keep_drafts
from tests.journey.spoken import WORDS

# A passage with a footnote, and one that is Turkish in the paper itself.
_SPOKEN = (
    OutlinePassage("paragraph", "Der Kreis plant.", 0, "", (Mark(9, 9, "note", "1"),)),
    OutlinePassage("note", "Stand 2026.", 0, "1"),
    OutlinePassage("paragraph", "Kreşler için yer planlıyoruz.", 0, "", language="tr"),
)


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
            publication="names_by_consent",
            by=CLI,
            at=self.at - timedelta(days=1),
        )
        self.position = contents_of(edition).pages[1].position
        _speak(edition, self.at)
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
            more = _SPOKEN if (chapter, part) == (2, 1) else ()
            sections.append(
                OutlineSection(f"Ziel {part}", f"{chapter}.{part}", 2, (*more, *passages))
            )
    return Outline(title="Kreisentwicklung", sections=tuple(sections), elements=(), doubts=())


def _speak(edition: Edition, at: datetime) -> None:
    """Every second heading, the passage with the footnote and the footnote in every language."""
    sections = list(edition.sections.order_by("position"))[::2]
    noted = edition.passages.get(text="Der Kreis plant.")
    note = edition.passages.get(text="Stand 2026.")
    for language, words in WORDS.items():
        drafts = [Draft(heading_source(section, "de"), words) for section in sections]
        drafts.append(Draft(source_of(noted, "de"), words, (Mark(4, 4, "note", "1"),)))
        drafts.append(Draft(source_of(note, "de"), words))
        keep_drafts(drafts=drafts, language=language, machine="M", about="edition:x", by=CLI, at=at)
