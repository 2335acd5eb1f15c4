"""A long paper in pieces that can be answered, each with the places in the draft it speaks about."""

from richtschnur.analysis.splitting.paragraphs import paragraphs
from richtschnur.analysis.splitting.proposing import propose
from richtschnur.analysis.splitting.shapes import Kind, Method, Piece, Place, Ranked

__all__ = ["Kind", "Method", "Piece", "Place", "Ranked", "paragraphs", "propose"]
