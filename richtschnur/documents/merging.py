"""Two people changed one text: what each did to it, and both put together where they don't touch.

Also how marks follow when only the plain text was changed. Words are compared, with the white
space behind them; what grew too long to compare word by word counts as one change.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from richtschnur.documents.marks import Mark

PieceKind = Literal["same", "mine", "theirs", "both", "conflict"]
MOST_WORDS: Final = 3000
_WORD: Final = re.compile(r"\S+\s*|\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the merged text. In a conflict `text` is mine and `theirs` the other one's."""

    kind: PieceKind
    text: str
    theirs: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """`pieces` in order; without a conflict `text` holds what both people did."""

    pieces: tuple[Piece, ...]

    @property
    def is_clean(self) -> bool:
        return all(piece.kind != "conflict" for piece in self.pieces)

    @property
    def text(self) -> str:
        """Both put together; in a conflict my words stand there."""
        return "".join(piece.text for piece in self.pieces).strip()


Span = tuple[int, int, int, int]  # base from, to; other from, to: what was replaced by what


def merge(base: str, mine: str, theirs: str) -> Merge:
    """Put together what two people made of `base`.

    Changes of the same words, or side by side without a word between them, are a conflict unless
    both did the same.
    """
    a, x, y = (_words(text.strip() + " ") if text.strip() else [] for text in (base, mine, theirs))
    pieces: list[Piece] = []
    at = 0
    for start, end, my, their in _regions(_changes(a, x), _changes(a, y)):
        pieces.append(Piece("same", "".join(a[at:start])))
        my_words = _replaced(a, x, my, start, end)
        their_words = _replaced(a, y, their, start, end)
        pieces.append(_decided("".join(a[start:end]), my_words, their_words))
        at = end
    pieces.append(Piece("same", "".join(a[at:])))
    return Merge(tuple(piece for piece in pieces if piece.text or piece.theirs))


def _decided(base: str, mine: str, theirs: str) -> Piece:
    if _key(mine) == _key(theirs):
        return Piece("both", mine)
    if _key(theirs) == _key(base):
        return Piece("mine", mine)
    if _key(mine) == _key(base):
        return Piece("theirs", theirs)
    return Piece("conflict", mine, theirs)


def _key(words: str) -> str:
    """By which words are compared: line breaks count, the width of other white space does not."""
    return re.sub(r"\s+", lambda gap: "\n" if "\n" in gap[0] else " ", words).strip(" ")


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _changes(a: Sequence[str], b: Sequence[str]) -> list[Span]:
    """What has to be replaced to make `b` of `a`, in order."""
    left, right = [_key(word) for word in a], [_key(word) for word in b]
    head = 0
    while head < min(len(left), len(right)) and left[head] == right[head]:
        head += 1
    tail = 0
    while tail < min(len(left), len(right)) - head and left[-1 - tail] == right[-1 - tail]:
        tail += 1
    inner_a, inner_b = left[head : len(left) - tail], right[head : len(right) - tail]
    if not inner_a and not inner_b:
        return []
    if max(len(inner_a), len(inner_b)) > MOST_WORDS:
        return [(head, len(left) - tail, head, len(right) - tail)]
    codes = difflib.SequenceMatcher(None, inner_a, inner_b, autojunk=False).get_opcodes()
    return [
        (i1 + head, i2 + head, j1 + head, j2 + head)
        for tag, i1, i2, j1, j2 in codes
        if tag != "equal"
    ]


def _regions(
    mine: list[Span], theirs: list[Span]
) -> Iterator[tuple[int, int, list[Span], list[Span]]]:
    """Stretches of the base that somebody changed, those that touch each other taken together."""
    changes = sorted([(*span, 0) for span in mine] + [(*span, 1) for span in theirs])
    group: list[tuple[int, int, int, int, int]] = []
    for change in changes:
        if group and change[0] > max(one[1] for one in group):
            yield _region(group)
            group = []
        group.append(change)
    if group:
        yield _region(group)


def _region(
    group: list[tuple[int, int, int, int, int]],
) -> tuple[int, int, list[Span], list[Span]]:
    sides: tuple[list[Span], list[Span]] = ([], [])
    for start, end, j1, j2, side in group:
        sides[side].append((start, end, j1, j2))
    return group[0][0], max(one[1] for one in group), sides[0], sides[1]


def _replaced(a: Sequence[str], b: Sequence[str], changes: list[Span], start: int, end: int) -> str:
    """What one side has in place of a[start:end]."""
    out: list[str] = []
    at = start
    for i1, i2, j1, j2 in changes:
        out += a[at:i1]
        out += b[j1:j2]
        at = i2
    out += a[at:end]
    return "".join(out)


def carried_marks(old: str, marks: Iterable[Mark], new: str) -> tuple[Mark, ...]:
    """The marks of an old text as far as their words still stand in the new one.

    A mark ends where its words do; a footnote's sign goes with the word before it.
    """
    a, b = _words(old), _words(new)
    starts_a, starts_b = _starts(a), _starts(b)
    kept: list[tuple[int, int, int]] = []  # old from, old to, how far it moved
    at_a = at_b = 0
    for i1, i2, _j1, j2 in [*_changes(a, b), (len(a), len(a), len(b), len(b))]:
        kept += _kept(a, starts_a, starts_b, at_a, i1, at_b)
        at_a, at_b = i2, j2
    found: list[Mark] = []
    for mark in marks:
        for start, end, shift in kept:
            left, right = max(start, mark.start), min(end, mark.end)
            is_sign = mark.kind == "note" and start < mark.start <= end
            if is_sign or left < right:
                found.append(Mark(left + shift, right + shift, mark.kind, mark.value))
                if mark.kind == "note":
                    break
    return tuple(sorted(found))


def _kept(
    a: Sequence[str], starts_a: list[int], starts_b: list[int], i1: int, i2: int, j1: int
) -> list[tuple[int, int, int]]:
    """Runs of words that stayed; the last one's white space may have changed."""
    if i1 == i2:
        return []
    spans: list[tuple[int, int, int]] = []
    for count in range(i2 - i1):
        start = starts_a[i1 + count]
        width = len(a[i1 + count].rstrip()) or len(a[i1 + count])
        shift = starts_b[j1 + count] - start
        if spans and spans[-1][2] == shift:
            spans[-1] = (spans[-1][0], start + width, shift)
        else:
            spans.append((start, start + width, shift))
    return spans


def _starts(words: Sequence[str]) -> list[int]:
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word)
    return starts
