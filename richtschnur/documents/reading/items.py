"""How deep a bullet stands, by its sign, its indent and the words before it."""

from __future__ import annotations

from collections.abc import Sequence

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.labels import label
from richtschnur.documents.reading.pieces import Piece

_MOST_DEPTH = 9


def settle_levels(pieces: Sequence[Piece], *, tolerance: float, exact: bool) -> list[Doubt]:
    """Give every bullet without a level one. `exact`: the indent is measured, not lost."""
    doubts: list[Doubt] = []
    stack: list[tuple[str, float]] = []
    under_colon = False
    before: Piece | None = None
    for piece in pieces:
        if piece.kind != "bullet" or piece.level:
            if piece.kind != "number" or piece.level == 0:
                stack, under_colon = [], False
            before = piece
            continue
        depth = _depth(stack, piece, tolerance, exact=exact)
        follows = before is not None and before.kind == "bullet" and before.sign == piece.sign
        if under_colon and before is not None:
            under_colon = follows and before.text.endswith((",", ";"))
        elif follows and before is not None and before.text.endswith(":"):
            under_colon = _is_part_of_sentence(piece, before)
            if under_colon and not exact:
                doubts.append(Doubt("nested-by-colon", f"{before.text} {piece.text}"[:160]))
        piece.level = min(depth + under_colon, _MOST_DEPTH)
        before = piece
    return doubts


def _depth(stack: list[tuple[str, float]], piece: Piece, tolerance: float, *, exact: bool) -> int:
    while stack and piece.indent < stack[-1][1] - tolerance:
        stack.pop()
    if not stack or piece.indent > stack[-1][1] + tolerance:
        stack.append((piece.sign, piece.indent))
    elif piece.sign != stack[-1][0] and not exact:
        known = [depth for depth, (sign, _) in enumerate(stack) if sign == piece.sign]
        if known:
            del stack[known[-1] + 1 :]
        else:
            stack.append((piece.sign, piece.indent))
    return len(stack)


def _is_part_of_sentence(piece: Piece, before: Piece) -> bool:
    if label(before.text):
        return False
    return piece.text[:1].islower() or piece.text.endswith((",", ";"))
