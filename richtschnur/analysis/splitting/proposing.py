"""From a paper to pieces: beginning and end, marks, subjects; then the places of each."""

from __future__ import annotations

from collections.abc import Sequence

from richtschnur.analysis.splitting.ends import first_said, last_said
from richtschnur.analysis.splitting.furniture import furniture, seams
from richtschnur.analysis.splitting.levels import marked
from richtschnur.analysis.splitting.marks import FOREWORD
from richtschnur.analysis.splitting.paragraphs import paragraphs
from richtschnur.analysis.splitting.placing import Placing
from richtschnur.analysis.splitting.shapes import Block, Kind, Piece, Place, Why, Words
from richtschnur.analysis.splitting.subjects import unmarked
from richtschnur.analysis.splitting.wording import plain_words

METHOD = "splitting/1"  # a new number when the same text is cut anew
Begins = dict[int, tuple[Kind, Why]]
PLACED = frozenset({"general", "demand"})


def propose(text: str, paper: Sequence[Place], *, words: Words = plain_words) -> list[Piece]:
    """The pieces of a text, in order and without a gap; each with up to three places in the paper.

    `words` gives what two texts have in common: stems, parts of compounds. A paragraph is never
    cut; a text that is one paragraph is one piece. An empty text has none.
    """
    if not text:
        return []
    blocks = paragraphs(text)
    placing = Placing(paper, words, [block.words for block in blocks])
    begins = _begins(blocks, placing)
    starts = sorted(begins)
    ends = [*starts[1:], len(blocks)]
    return [
        _piece(blocks[start:end], *begins[start], placing)
        for start, end in zip(starts, ends, strict=True)
    ]


def _begins(blocks: Sequence[Block], placing: Placing) -> Begins:
    """The blocks with which pieces begin."""
    aside = furniture(blocks)
    aside |= seams(blocks, aside)
    body = [at for at in range(len(blocks)) if at not in aside]
    if not body:
        return {0: ("general", "beginning")}
    first = first_said(blocks, body)
    closing, annex = last_said(blocks, body)
    closing, annex = max(first, closing), max(first, annex)
    middle = body[first:closing]
    begins = _middle(blocks, middle, placing)
    if closing < annex:
        begins[body[closing]] = ("closing", "signature")
    if annex < len(body):
        begins[body[annex]] = ("annex", "annex")
    if first or not begins:
        begins[0] = ("letterhead", "beginning") if first and middle else ("general", "beginning")
    else:
        begins[0] = begins.pop(min(begins))
    return begins


def _middle(blocks: Sequence[Block], middle: Sequence[int], placing: Placing) -> Begins:
    """What stands between the greeting and the closing words."""
    if not middle:
        return {}
    marks = marked(blocks, middle, placing)
    marks |= unmarked(blocks, middle, marks, placing)
    begins: Begins = {at: (_kind(blocks[at].words), why) for at, why in marks.items()}
    if middle[0] not in begins:
        kind: Kind = "general" if len(middle) > 1 and begins else "demand"
        begins[middle[0]] = (kind, "beginning")
    return begins


def _kind(words: str) -> Kind:
    return "general" if FOREWORD.match(words) else "demand"


def _piece(blocks: Sequence[Block], kind: Kind, why: Why, placing: Placing) -> Piece:
    said = "\n".join(block.words for block in blocks)
    places = placing.ranked(said) if kind in PLACED else ()
    return Piece(blocks[0].start, blocks[-1].end, kind, why, places)
