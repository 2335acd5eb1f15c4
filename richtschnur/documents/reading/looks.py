"""Headings that nobody gave a style: told by the size and weight of their type."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from richtschnur.documents.reading import marked, signs
from richtschnur.documents.reading.lines import goes_on, join_parts
from richtschnur.documents.reading.pieces import Piece

_LARGER: Final = 1.08
_SURELY_LARGER: Final = 1.25
_KINDS: Final = {"text", "number", "heading"}


def body_type(pieces: Sequence[Piece]) -> tuple[float, bool]:
    """Size and weight of most letters."""
    weights: Counter[tuple[float, bool]] = Counter()
    for piece in pieces:
        if piece.size:
            weights[(piece.size, piece.bold)] += len(piece.text)
    return weights.most_common(1)[0][0] if weights else (0.0, False)


def style_by_look(pieces: Sequence[Piece]) -> list[Piece]:
    """Headings by their type, ranked by it; lines of one heading are joined.

    A lone label in bold of the usual size ("Maßnahmen") stays a label.
    """
    body, body_bold = body_type(pieces)
    settled: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind not in _KINDS or not _stands_out(piece, body, body_bold):
            settled.append(piece)
            continue
        above = settled[-1] if settled else None
        if above and _is_one_heading(above, piece):
            above.parts = (*above.parts, *piece.parts)
            above.text = join_parts(above.parts)
            continue
        if at + 1 < len(pieces) or piece.kind == "heading":
            piece.kind, piece.styled = "heading", True
            found = None if piece.number else signs.number(piece.text, bare=True)
            if found:
                piece.number, piece.marked = found[0], marked.tail(piece.marked, found[1])
                piece.parts = (piece.text,)
        settled.append(piece)
    _settle_cover(settled)
    _rank(settled)
    return settled


def _stands_out(piece: Piece, body: float, body_bold: bool) -> bool:
    if not piece.text or not any(sign.isalpha() for sign in piece.text):
        return False
    if piece.size > body * _LARGER:
        return piece.is_heading_like or piece.size > body * _SURELY_LARGER
    bold = piece.bold and not body_bold and piece.size >= body * 0.98
    return bold and piece.is_heading_like and not (piece.is_label and not piece.number)


def _is_one_heading(above: Piece, piece: Piece) -> bool:
    alike = above.styled and (above.size, above.bold) == (piece.size, piece.bold)
    alike = alike and bool(above.parts and piece.parts)
    return alike and not piece.number and (not piece.gap or goes_on(above.text, piece.text))


def _settle_cover(pieces: Sequence[Piece]) -> None:
    """Below the title stand lines in type of their own, such as a subtitle: no headings."""
    looks = Counter((p.size, p.bold) for p in pieces if p.styled)
    first = next((at for at, one in enumerate(pieces) if one.styled), len(pieces))
    for one in pieces[first + 1 :]:
        alone = one.styled and looks[(one.size, one.bold)] == 1 and not one.number
        if not alone or one.is_label or one.size > pieces[first].size:
            return
        one.kind, one.styled = "text", False


def _rank(pieces: Sequence[Piece]) -> None:
    looks = sorted({(-p.size, not p.bold) for p in pieces if p.styled})
    for piece in pieces:
        if piece.styled:
            piece.level = looks.index((-piece.size, not piece.bold)) + 1
