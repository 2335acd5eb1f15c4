"""Beginning and end of a letter: letterhead, greeting, signature, annexes."""

from __future__ import annotations

from collections.abc import Sequence

from richtschnur.analysis.splitting.marks import (
    AFTERWORD,
    ANNEX,
    FOREWORD,
    GREETING,
    SIGNED,
    THANKED,
    is_heading,
    opening,
)
from richtschnur.analysis.splitting.shapes import Block

FIRST = 40  # paragraphs in which a letter has begun
LONG = 140  # characters of a paragraph that says something
SHORT = 110
LATE = 0.5  # of the text
NEAR = 6  # paragraphs that a signature may take


def first_said(blocks: Sequence[Block], body: Sequence[int]) -> int:
    """How many of the body's paragraphs are letterhead and greeting."""
    opened = body[: min(FIRST, len(body) // 2)]
    if opened and opening(blocks[opened[0]].words):
        return 0
    for n, at in enumerate(opened):
        if GREETING.match(blocks[at].words) and len(blocks[at].words) <= SHORT:
            return n + 1
    for n, at in enumerate(opened):
        words = blocks[at].words
        if FOREWORD.match(words) or len(words) >= LONG or (n and opening(words)):
            return n
    return 0


def last_said(blocks: Sequence[Block], body: Sequence[int]) -> tuple[int, int]:
    """How many of the body's paragraphs stand before the closing words, and before the annexes."""
    length = blocks[-1].end
    annex = next((n for n, at in enumerate(body) if _is_annex(blocks[at], length)), len(body))
    signed = [
        n
        for n in range(max(0, annex - NEAR), annex)
        if _is_late(blocks[body[n]], length) and _is_signature(blocks[body[n]].words)
    ]
    closing = signed[0] if signed else annex
    while closing and _thanks(blocks[body[closing - 1]], length):
        closing -= 1
    return closing, annex


def _is_late(block: Block, length: int) -> bool:
    return block.start >= LATE * length


def _is_annex(block: Block, length: int) -> bool:
    is_named = ANNEX.match(block.words) and is_heading(block.words.rstrip(":"))
    return bool(is_named) and _is_late(block, length)


def _is_signature(words: str) -> bool:
    return len(words) <= SHORT and not words.endswith(".") and bool(SIGNED.search(words))


def _thanks(block: Block, length: int) -> bool:
    words = block.words
    is_after = AFTERWORD.match(words) and len(words) <= SHORT
    return _is_late(block, length) and bool(THANKED.match(words) or is_after)
