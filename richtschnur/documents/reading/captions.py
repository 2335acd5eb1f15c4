"""Captions find their picture or table."""

from __future__ import annotations

import re
from typing import Final

from richtschnur.documents.reading.pieces import Piece

_TABLE: Final = re.compile(r"(?:Tab(?:elle)?\.?|Übersicht|Table)\s*\d{1,3}\b", re.IGNORECASE)
_PICTURE: Final = re.compile(
    r"(?:Abb(?:ildung)?\.?|Bild|Foto|Grafik|Diagramm|Schaubild|Karte|Fig(?:ure)?\.?)\s*\d{1,3}\b",
    re.IGNORECASE,
)
_LONGEST: Final = 300


def attach(pieces: list[Piece]) -> None:
    """Captions beside a table or picture become its caption, in place; others become text."""
    gone: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece.kind not in {"caption", "text"}:
            continue
        goal = _goal(pieces, at) or _signed(pieces, at)
        if goal is not None:
            goal.caption = piece.text
            gone.add(at)
        elif piece.kind == "caption":
            piece.kind = "text"
    if gone:
        pieces[:] = [piece for at, piece in enumerate(pieces) if at not in gone]


def _signed(pieces: list[Piece], at: int) -> Piece | None:
    """In Markdown a table's caption stands below it, behind a colon."""
    above = _neighbour(pieces, at, -1)
    if above is None or above.kind != "table" or above.caption or pieces[at].text[:2] != ": ":
        return None
    pieces[at].text = pieces[at].text[2:]
    return above


def _goal(pieces: list[Piece], at: int) -> Piece | None:
    """What the caption at `at` belongs to: tables are named above, pictures below."""
    piece = pieces[at]
    above, below = _neighbour(pieces, at, -1), _neighbour(pieces, at, 1)
    named = len(piece.text) <= _LONGEST
    if named and _PICTURE.match(piece.text):
        order, wanted = (above, below), "picture"
    elif named and _TABLE.match(piece.text):
        order, wanted = (below, above), "table"
    elif piece.kind == "caption":
        is_below = above is not None and above.kind == "picture" and not above.caption
        order, wanted = ((above, below) if is_below else (below, above)), ""
    else:
        return None
    for one in order:
        fits = one is not None and one.kind in {"picture", "table"} and not one.caption
        if fits and one is not None and (not wanted or one.kind == wanted):
            return one
    return None


def _neighbour(pieces: list[Piece], at: int, step: int) -> Piece | None:
    place = at + step
    return pieces[place] if 0 <= place < len(pieces) else None
