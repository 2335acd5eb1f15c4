"""What stands out within a line of text: bold, links, footnote signs, words of another language.

A text stays plain, so that words are counted, compared, quoted and searched without markup; its
marks stand beside it and say from which code point to which (end exclusive) they hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, cast, get_args

MarkKind = Literal["strong", "emphasis", "superscript", "subscript", "link", "note", "language"]
MARK_KINDS: Final = frozenset(get_args(MarkKind))
Stored = list[int | str]


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """`value` is a link's address, a footnote's sign or a language (BCP 47), else empty.

    A footnote's mark has no width: `start == end` is the place of its sign, which is not part of
    the text. Marks may overlap.
    """

    start: int
    end: int
    kind: MarkKind
    value: str = ""


def stored(marks: Iterable[Mark]) -> list[Stored]:
    """Marks as JSON keeps them: [[start, end, kind, value], …] in order."""
    return [[mark.start, mark.end, mark.kind, mark.value] for mark in sorted(marks)]


def restored(rows: Iterable[Sequence[int | str]]) -> tuple[Mark, ...]:
    """Marks from JSON. Raises ValueError when they are none."""
    found = []
    for start, end, kind, value in rows:
        if kind not in MARK_KINDS or not 0 <= int(start) <= int(end):
            raise ValueError(f"no mark: {kind} {start}–{end}")
        found.append(Mark(int(start), int(end), cast(MarkKind, kind), str(value)))
    return tuple(sorted(found))


def within(marks: Iterable[Mark], start: int, end: int, *, shift: int = 0) -> tuple[Mark, ...]:
    """The marks of text[start:end], counted from its beginning, then moved by `shift`."""
    kept = []
    for mark in marks:
        left, right = max(mark.start, start), min(mark.end, end)
        is_note = mark.kind == "note"
        if (start <= mark.start <= end) if is_note else left < right:
            moved = shift - start
            kept.append(Mark(left + moved, right + moved, mark.kind, mark.value))
    return tuple(sorted(kept))
