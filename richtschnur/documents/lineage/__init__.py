"""What became of each passage when a changed draft of the same paper comes in again."""

from richtschnur.documents.lineage.order import longest_rise, moved
from richtschnur.documents.lineage.pieces import Fate, Heading, Lineage, Manuscript, Piece, Strand
from richtschnur.documents.lineage.tracing import trace

__all__ = [
    "Fate",
    "Heading",
    "Lineage",
    "Manuscript",
    "Piece",
    "Strand",
    "longest_rise",
    "moved",
    "trace",
]
