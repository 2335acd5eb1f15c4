"""The nouns of the stage."""

from richtschnur.strategy.models.history import PassageVersion
from richtschnur.strategy.models.paper import (
    Descent,
    DropReason,
    Edition,
    Element,
    Passage,
    Section,
    Strategy,
)
from richtschnur.strategy.models.work import DescentProposal, PassageDraft, Preview, Remark

__all__ = [
    "Descent",
    "DescentProposal",
    "DropReason",
    "Edition",
    "Element",
    "Passage",
    "PassageDraft",
    "PassageVersion",
    "Preview",
    "Remark",
    "Section",
    "Strategy",
]
