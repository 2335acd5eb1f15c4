"""What came back, against the truth: sections by their path of titles, elements by their words."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from richtschnur.bench.papers.offices.sheet import Truth
from richtschnur.documents.structure import Outline

SCORED = frozenset({"guideline", "goal", "measure"})
Path = tuple[str, ...]


class Score(NamedTuple):
    """Counts: what was right, what was found, what there is."""

    right: int
    found: int
    true: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.true) if self.found + self.true else 1.0


def summed(scores: Iterable[Score]) -> Score:
    rows = list(scores)
    return Score(*(sum(row[at] for row in rows) for at in range(3)))


def folded(text: str) -> str:
    """Words only: white space, hyphens of lines and the punctuation around them don't count."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return " ".join(text.split()).strip(' .,;:„“”"').casefold()


def paths(outline: Outline) -> list[Path]:
    """The path of titles of every section; levels count only relative to the parent."""
    found: list[Path] = []
    open_: list[tuple[int, str]] = []
    for section in outline.sections:
        while open_ and open_[-1][0] >= section.level:
            open_.pop()
        open_.append((section.level, section.title))
        if section.title:
            found.append(tuple(title for _, title in open_))
    return found


def sections(outline: Outline, truth: Truth) -> Score:
    """Sections with the same path, in the same order."""
    mine = [_folded(path) for path in paths(outline)]
    true = [_folded(path) for path in truth.sections]
    matcher = SequenceMatcher(None, mine, true, autojunk=False)
    right = sum(block.size for block in matcher.get_matching_blocks())
    return Score(right, len(mine), len(true))


def _folded(path: Sequence[str]) -> Path:
    return tuple(folded(title) for title in path)


def elements(outline: Outline, truth: Truth) -> Score:
    """Guidelines, goals and measures with the same words."""
    marked = (one for one in outline.elements if one.kind in SCORED)
    mine: Counter[tuple[str, str]] = Counter((one.kind, folded(one.title)) for one in marked)
    true = Counter((kind, folded(words)) for kind, words in truth.elements if kind in SCORED)
    return Score((mine & true).total(), mine.total(), true.total())
