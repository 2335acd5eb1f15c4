"""Texts as numbers of their word pairs, many at once: what two texts share can then be counted.

Case, punctuation, line breaks, accents' encoding, zero-width and direction marks, vowel signs and
mark-up make no difference. A word counts by the set of its letters, so that swapped or doubled
letters, the commonest slips, keep it the same word; pairs of words tell anagrams apart.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from richtschnur.analysis.cleaning import SEPARATOR

Hashes = NDArray[np.uint32]
Places = NDArray[np.int64]
_MULTIPLY = 0xD6E8FEB86659FD93
_TURN = 0x9E3779B97F4A7C15


@dataclass(frozen=True)
class Shingles:
    """The pairs of all texts in one row: those of text i are `pairs[starts[i]:starts[i + 1]]`."""

    pairs: Hashes
    starts: Places

    def __len__(self) -> int:
        return len(self.starts) - 1


def shingles(texts: Sequence[str]) -> Shingles:
    """The word pairs of each text, in their order; a single word stands for itself."""
    words, starts = _words(texts)
    counts = np.diff(starts)
    pairs = np.zeros(len(words), np.uint64)
    pairs[:-1] = _mixed(words[:-1] * np.uint64(3) + words[1:] * np.uint64(_TURN))
    keep = np.ones(len(words), bool)
    keep[starts[1:][counts > 1] - 1] = False
    alone = starts[:-1][counts == 1]
    pairs[alone] = words[alone]
    lengths = np.maximum(counts - 1, counts == 1)
    numbers = (pairs[keep] >> np.uint64(32)).astype(np.uint32)
    return Shingles(numbers, np.concatenate([[0], np.cumsum(lengths)]))


def _words(texts: Sequence[str]) -> tuple[NDArray[np.uint64], Places]:
    """A number for each word of all texts, and where each text's words begin."""
    joined = SEPARATOR.join(texts).replace("ß", "ss").replace("ẞ", "ss")
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _kinds()[codes]
    if (kinds == _IGNORED).any():
        codes, kinds = codes[kinds != _IGNORED], kinds[kinds != _IGNORED]
    if not len(codes):
        return np.zeros(0, np.uint64), np.zeros(len(texts) + 1, np.int64)
    letters = np.left_shift(np.uint64(1), kinds, dtype=np.uint64)
    letters[kinds == _GAP] = 0
    is_word = kinds != _GAP
    edges = np.flatnonzero(is_word[1:] != is_word[:-1]) + 1
    begins = edges if not is_word[0] else np.concatenate([[0], edges])
    words = np.bitwise_or.reduceat(letters, begins)[::2] if len(begins) else letters[:0]
    gaps = np.flatnonzero(codes == 0)
    starts = np.concatenate([[0], np.searchsorted(begins[::2], gaps), [len(words)]])
    return _mixed(words), starts


_GAP, _IGNORED = 255, 254


@lru_cache
def _kinds() -> NDArray[np.uint8]:
    """For each code point the bit (0..63) of its letter, or that it parts words or is no letter."""
    kinds = np.full(0x110000, _GAP, np.uint8)
    for code in range(0x20000):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category in ("Cf", "Mn"):
            kinds[code] = _IGNORED
        elif letter.isalnum():
            kinds[code] = _bit(ord(unicodedata.normalize("NFKC", letter).casefold()[0]))
    kinds[0x20000:0x32000] = np.arange(0x12000) % 64  # further Chinese signs
    kinds[0xE0000:0xE0200] = _IGNORED  # tags and variants
    return kinds


def _bit(code: int) -> int:
    """Letters of one script get different bits as far as 64 allow."""
    if ord("a") <= code <= ord("z"):
        return code - ord("a")
    if chr(code) in "äöü":
        return 26 + "äöü".index(chr(code))
    return 30 + code - ord("0") if ord("0") <= code <= ord("9") else code % 64


def _mixed(numbers: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Each number spread over all bits."""
    for _ in range(2):
        numbers = (numbers ^ (numbers >> np.uint64(32))) * np.uint64(_MULTIPLY)
    return numbers ^ (numbers >> np.uint64(32))
