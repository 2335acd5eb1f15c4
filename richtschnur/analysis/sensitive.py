"""Words on origin, religion and health (Art. 9 GDPR): texts that hold them are looked at first.

Stems in the languages of the interface; they mark, and say nothing about what is meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypedDict

RESOURCES = Path(__file__).parent / "resources"
KINDS = ("origin", "religion", "health")
WORD = re.compile(r"[^\W\d_]{2,60}")
ARTICLE = re.compile("^(?:وال|بال|فال|ال|لل)")


class SensitiveFind(TypedDict):
    """One word: `text[start:end]` speaks of this kind."""

    kind: str
    start: int
    end: int


def find_sensitive(text: str) -> list[SensitiveFind]:
    """All telling words with their whole length, in the order of the text, in code points."""
    found: list[SensitiveFind] = []
    for match in WORD.finditer(text):
        for kind in _kinds_of(match[0]):
            found.append({"kind": kind, "start": match.start(), "end": match.end()})
    return found


def _kinds_of(written: str) -> list[str]:
    word = written.casefold()
    bare = ARTICLE.sub("", word)
    return [kind for kind, stems in _stems().items() if stems.has(word) or stems.has(bare)]


@dataclass(frozen=True)
class _Stems:
    """Whole words, beginnings, and what may stand anywhere in a word."""

    words: frozenset[str]
    beginnings: tuple[str, ...]
    parts: tuple[str, ...]

    def has(self, word: str) -> bool:
        return (
            word in self.words
            or word.startswith(self.beginnings)
            or any(part in word for part in self.parts)
        )


@lru_cache
def _stems() -> dict[str, _Stems]:
    """A stem with a full stop stands for that word alone; with a star also inside of words."""
    listed: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for line in (RESOURCES / "sensitive.txt").read_text("utf-8").splitlines():
        kind, _colon, words = line.partition(":")
        if kind in listed:
            listed[kind] += [stem.casefold() for stem in words.split()]
    return {
        kind: _Stems(
            frozenset(stem[:-1] for stem in stems if stem.endswith(".")),
            tuple(stem for stem in stems if not stem.endswith(".") and stem[0] != "*"),
            tuple(stem[1:] for stem in stems if stem[0] == "*"),
        )
        for kind, stems in listed.items()
    }
