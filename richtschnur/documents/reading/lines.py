"""Lines that an extractor broke become paragraphs and items again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.labels import label
from richtschnur.documents.reading import sentinels, signs
from richtschnur.documents.reading.pieces import Piece

_END: Final = re.compile(r"[.!?:…][\"“”«»’')\]]*$")
_SENTENCE_END: Final = re.compile(r"[.!?…][\"“”«»’')\]]*$")
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(])(?:ca|bzw|z|u|v|i|d|Nr|ggf|inkl|Abs|Art|Dr|Prof|vgl|insb|St|rd|max|mind)\.$"
)
_OPEN: Final = re.compile(
    r"(?:[,(\[„–—-]|\b(?:der|die|das|den|dem|des|ein|eine|einen|einem|einer|eines|und|oder|sowie|"
    r"für|von|vom|mit|in|im|an|am|auf|aus|bei|beim|zu|zum|zur|nach|über|unter|durch|als|wie|"
    r"sich|nicht|the|of|and|or|for|to|with|a|in))$",
    re.IGNORECASE,
)
# "Jugend-" before one of these keeps its hyphen: "Jugend- und Familienhilfe".
_ELLIPSIS: Final = re.compile(r"(?:und|oder|sowie|bzw\.?|noch|als|bis|and|or)\b", re.IGNORECASE)
_HYPHEN: Final = re.compile(r"[^\W\d_][-‐\u00ad]$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stood on the page; widths are in characters or in points, alike in a file."""

    text: str
    gap: bool = False  # more space before it than between lines of a paragraph
    page: int = 0
    left: float = 0.0
    right: float = 0.0
    char: float = 1.0  # mean width of a character
    size: float = 0.0  # of the type, 0 if unknown
    bold: bool = False
    edge: float = 0.0  # the right edge of its column, 0: that of the page
    rows: tuple[tuple[str, ...], ...] = ()  # a table stands here
    picture: Piece | None = None  # or a picture

    @property
    def bare(self) -> str:
        """The words without the sign of a footnote behind them."""
        return sentinels.without_notes(self.text)


@dataclass(slots=True)
class Group:
    """Lines that belong together: what becomes one block."""

    lines: list[Line]
    kind: str = "text"  # "text", "bullet", "number"
    sign: str = ""
    parts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return join_parts(self.parts)


@dataclass(frozen=True, slots=True)
class Measure:
    """The width of the text column; `slack` is how much of it may stay empty on a full line."""

    width: float
    slack: float

    def is_full(self, line: Line, next_word: str) -> bool:
        needed = line.right + line.char * (1 + len(next_word))
        return needed > (line.edge or self.width) - self.slack


def measure(lines: Sequence[Line], *, exact: bool) -> Measure:
    """The column that these lines fill. `exact`: widths are points, not counted letters."""
    widths = sorted(line.right for line in lines if line.text)
    if not widths:
        return Measure(0.0, 0.0)
    width = widths[-3] if len(widths) >= 20 else widths[-1]  # a table may stick out
    chars = sorted(line.char for line in lines if line.text)
    return Measure(width, 2 * chars[len(chars) // 2] if exact else 0.18 * width)


def group(lines: Sequence[Line], column: Measure) -> tuple[list[Group], list[Doubt]]:
    """Group lines to blocks, in order, without losing one.

    A line goes on with the one before it when that one was full or unfinished.
    """
    groups: list[Group] = []
    doubts: list[Doubt] = []
    for line in lines:
        if not line.text:
            continue
        last = groups[-1] if groups else None
        opened = _opening(line, last, column)
        if opened is None and last is not None:
            joins, sure = _goes_on(last, line, column)
            if joins:
                if not sure:
                    doubts.append(Doubt("joined-lines", f"{last.lines[-1].text} | {line.text}"))
                last.lines.append(line)
                last.parts.append(line.text)
                continue
        groups.append(opened or Group([line], parts=[line.text]))
    return groups, doubts


def _opening(line: Line, last: Group | None, column: Measure) -> Group | None:
    """A group that starts here because of a bullet sign or a number."""
    mark = signs.bullet(line.text)
    before = last.lines[-1] if last else None
    free = before is None or last is None or line.gap or _ends(before.bare)
    if mark:
        in_list = last is not None and last.kind == "bullet"
        if in_list and before is not None and last is not None and last.sign != mark.sign:
            in_list = not column.is_full(before, mark.rest.split(" ", 1)[0])
        if mark.sure or free or in_list:
            return Group([line], "bullet", mark.sign, [mark.rest] if mark.rest else [])
    if free and label(line.text) and not (before and before.text[-1:] == "-"):
        return Group([line], parts=[line.text])
    looks = line.gap or (before is not None and _other_type(before, line, column))
    found = signs.number(line.text, bare=looks)
    if not found:
        return None
    assert last is None or before is not None
    if not free and before is not None:
        if _OPEN.search(before.bare) or _ABBREVIATION.search(before.bare):
            return None
        if column.is_full(before, found[0]) and last is not None and last.kind == "text":
            return None
    return Group([line], "number", found[0], [found[1]])


def _ends(text: str) -> bool:
    return _END.search(text) is not None and not _ABBREVIATION.search(text)


def _goes_on(last: Group, line: Line, column: Measure) -> tuple[bool, bool]:
    """Does `line` go on with `last`, and is that sure?"""
    before = last.lines[-1]
    if _other_type(before, line, column):
        return False, True
    if not last.parts:  # a bullet sign alone on its line
        return True, True
    if line.gap:
        # Extractors put space inside a sentence, at the foot of a page for example.
        joins = line.text[0].islower() and not _ends(before.bare)
        return joins, not joins
    if goes_on(before.bare, line.text):
        return True, True
    return _goes_on_when_full(last, line, column)


def _goes_on_when_full(last: Group, line: Line, column: Measure) -> tuple[bool, bool]:
    """A line begins with a capital: it goes on only if it had no room on the line before."""
    before = last.lines[-1]
    full = column.is_full(before, line.text.split(" ", 1)[0])
    ends = _SENTENCE_END.search(before.bare) is not None
    outdented = line.left < last.lines[0].left + 0.5 * line.char and bool(before.left and line.left)
    if last.kind == "bullet" and outdented and len(last.lines) == 1:
        return full and not ends, False
    return full, not full or (last.kind == "text" if ends else last.kind != "number")


def goes_on(before: str, text: str) -> bool:
    """Is the sentence of `before` surely not at its end, so that `text` belongs to it?"""
    if text[0].islower() or _ABBREVIATION.search(before):
        return True
    return _OPEN.search(before) is not None and not _ends(before)


def _other_type(before: Line, line: Line, column: Measure) -> bool:
    if not before.size or not line.size:
        return False
    if abs(before.size - line.size) > 0.06 * before.size:
        return True
    if before.bold == line.bold:
        return False
    if line.gap:
        return True
    # Bold words at the beginning of a paragraph may fill its first line.
    return before.bold and not column.is_full(before, line.text.split(" ", 1)[0])


def join_parts(parts: Sequence[str]) -> str:
    """Join the lines of a paragraph; a word parted by a hyphen becomes whole again."""
    text: list[str] = []
    for part in parts:
        if text and _HYPHEN.search(text[-1]) and not _ELLIPSIS.match(part):
            if part[0].islower():
                text[-1] = text[-1][:-1]
            text.append(part)
        else:
            text.append(f" {part}" if text else part)
    return "".join(text)
