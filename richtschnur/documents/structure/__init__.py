"""What a county's strategy paper is made of: sections, passages and the elements marked in them."""

from richtschnur.documents.structure.outline import (
    ElementKind,
    Outline,
    OutlineElement,
    OutlinePassage,
    OutlineSection,
    PassageKind,
)
from richtschnur.documents.structure.recognition import recognise

__all__ = [
    "ElementKind",
    "Outline",
    "OutlineElement",
    "OutlinePassage",
    "OutlineSection",
    "PassageKind",
    "recognise",
]
