"""A long paper in pieces that can be answered, each with the places that it speaks about."""

from richtschnur.analysis.splitting.paragraphs import paragraphs
from richtschnur.analysis.splitting.proposing import METHOD, propose
from richtschnur.analysis.splitting.shapes import Kind, Method, Piece, Place, Ranked

__all__ = ["METHOD", "Kind", "Method", "Piece", "Place", "Ranked", "paragraphs", "propose"]
