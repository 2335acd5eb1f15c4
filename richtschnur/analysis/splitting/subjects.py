"""Prose without marks: where a paragraph begins to speak about something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

from richtschnur.analysis.splitting.marks import ADDS, GOES_ON, TURNS, is_heading
from richtschnur.analysis.splitting.placing import Placing
from richtschnur.analysis.splitting.shapes import Block, Why

LONG = 2_500  # characters of a piece in which more than one demand is looked for
MUCH_LONGER = 2.2  # than its neighbours
SAID = 60  # characters of a paragraph that can begin something
SURE, CLEARER = 0.15, 2.0


def unmarked(
    blocks: Sequence[Block], middle: Sequence[int], marks: Mapping[int, Why], placing: Placing
) -> dict[int, Why]:
    """More beginnings inside of pieces that are too long to be one demand: block → why."""
    found: dict[int, Why] = {}
    pieces = _pieces(middle, marks)
    lengths = [sum(len(blocks[at].words) for at in piece) for piece in pieces]
    usual = median(lengths) if len(lengths) > 2 else 0
    for piece, length in zip(pieces, lengths, strict=True):
        if length > max(LONG, MUCH_LONGER * usual):
            found |= _shifts(blocks, piece, placing)
    return found


def _pieces(middle: Sequence[int], marks: Mapping[int, Why]) -> list[list[int]]:
    pieces: list[list[int]] = []
    for at in middle:
        if at in marks or not pieces:
            pieces.append([])
        pieces[-1].append(at)
    return pieces


def _shifts(blocks: Sequence[Block], piece: Sequence[int], placing: Placing) -> dict[int, Why]:
    found: dict[int, Why] = {}
    evidence = [placing.evidence(blocks[at].words) for at in piece]
    if not any(part for one in evidence for part in one):
        return {at: "paragraph" for at in piece[1:] if len(blocks[at].words) >= SAID}
    spoken: int | None = None
    for n, (at, (named, quoted, alike)) in enumerate(zip(piece, evidence, strict=True)):
        words = blocks[at].words
        top = _top(named) if named else _top(quoted) if quoted else None
        clear = _clear(alike, spoken)
        is_new = top is not None and spoken is not None and top != spoken and _opens(words)
        is_other = clear is not None and not GOES_ON.match(words) and len(words) >= SAID
        follows_heading = n > 0 and is_heading(blocks[piece[n - 1]].words)
        if n and not follows_heading and (is_new or is_other or _announces(words)):
            found[at] = "subject"
            spoken = top if top is not None else clear
        elif spoken is None:
            spoken = top if top is not None else clear
    return found


def _announces(words: str) -> bool:
    return len(words) >= SAID and bool(TURNS.match(words) or ADDS.match(words))


def _opens(words: str) -> bool:
    return not GOES_ON.match(words)


def _top(scores: Mapping[int, float]) -> int:
    return max(scores, key=lambda at: (scores[at], -at))


def _clear(alike: Mapping[int, float], spoken: int | None) -> int | None:
    """The passage that the words plainly point to, where it is another than the one spoken of."""
    if not alike:
        return None
    top = _top(alike)
    held = alike.get(spoken, 0.0) if spoken is not None else 0.0
    is_clear = alike[top] >= SURE and alike[top] >= CLEARER * held
    return top if is_clear and (spoken is None or abs(top - spoken) > 1) else None
