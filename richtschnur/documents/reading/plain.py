"""Plain text, also as a PDF extractor left it, becomes pieces."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from richtschnur.documents.blocks import Document, Doubt
from richtschnur.documents.labels import label
from richtschnur.documents.reading import items, numbering, signs
from richtschnur.documents.reading.lines import Group, Line, goes_on, group, join_parts, measure
from richtschnur.documents.reading.pieces import Piece, to_document

_LINE_ENDS: Final = re.compile(r"\r\n|[\n\r\x0b\x85\u2028\u2029]")
_PAGE_ENDS: Final = re.compile(r"\x0c")
_LONGEST_BROKEN_LINE: Final = 160  # longer lines were never broken
_MOST_TITLE_LINES: Final = 5
_ENOUGH: Final = 20
_LETTERS: Final = re.compile(r"[^\W\d_]{2}")


def read_plain(text: str, *, language: str, doubts: Sequence[Doubt] = ()) -> Document:
    """A document of plain text. Not a word is lost; what was joined unsurely is a doubt."""
    lines = to_lines(text)
    column = measure(_full_lines(lines), exact=False)
    if not _is_broken(lines):
        lines = [_apart(line) for line in lines]
    groups, joined = group(lines, column)
    pieces = [to_piece(one) for one in groups]
    title, more = _take_title(pieces)
    more += numbering.promote(pieces)
    more += items.settle_levels(pieces, tolerance=1.5, exact=False)
    more += _lone_headings(pieces)
    found = [*doubts, *joined, *more]
    return to_document(pieces, language=language, doubts=found, title=title)


def to_lines(text: str) -> list[Line]:
    """Lines with letters in them; a gap is more white space than between the lines around."""
    raw: list[tuple[str, int, int]] = []  # text, blank lines before it, page
    for page, sheet in enumerate(_PAGE_ENDS.split(text)):
        blank = 0
        for line in _LINE_ENDS.split(signs.clean(_keep_hyphen(sheet))):
            if line.strip():
                raw.append((line, blank, page))
                blank = 0
            else:
                blank += 1
    usual = 1 if _is_double_spaced(raw) else 0
    lines = []
    for at, (line, blank, page) in enumerate(raw):
        words = signs.fold(line)
        indent = float(len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip()))
        turned = at > 0 and raw[at - 1][2] != page
        gap = at == 0 or (blank > usual and not turned)
        lines.append(Line(words, gap, page, indent, len(words) + indent))
    return lines


def _keep_hyphen(text: str) -> str:
    return re.sub("\u00ad(?=[ \t]*[\r\n])", "-", text)


def _is_double_spaced(raw: Sequence[tuple[str, int, int]]) -> bool:
    """Does a blank line follow nearly every line, amid sentences too?"""
    if len(raw) < 4:
        return False
    turned = {at for at in range(1, len(raw)) if raw[at][2] != raw[at - 1][2]}
    inner = [at for at in range(1, len(raw)) if at not in turned]
    tight = sum(1 for at in inner if raw[at][1] == 0)
    single = [at for at in inner if raw[at][1] == 1]
    amid = sum(1 for at in single if raw[at][0].lstrip()[:1].islower())
    return tight <= 0.1 * len(inner) and amid >= max(2, 0.04 * len(single))


def _is_broken(lines: Sequence[Line]) -> bool:
    """Does a paragraph take several lines? A long title or table row alone says nothing."""
    long = sum(1 for line in lines if line.right > _LONGEST_BROKEN_LINE)
    amid = sum(1 for line in lines if not line.gap and line.text[:1].islower())
    return not long or amid > 2 * long


def _full_lines(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines that a sentence surely goes on behind; titles may be longer. All, if few are."""
    full = [
        line
        for line, below in pairwise(lines)
        if not below.gap and below.text[:1].islower() and line.right <= _LONGEST_BROKEN_LINE
    ]
    return full if len(full) >= _ENOUGH else lines


def _apart(line: Line) -> Line:
    return Line(line.text, True, line.page, line.left, line.right)


def to_piece(one: Group) -> Piece:
    """A piece of lines that belong together."""
    first = one.lines[0]
    return Piece(
        kind="bullet" if one.kind == "bullet" else "number" if one.kind == "number" else "text",
        text=one.text,
        number=one.sign if one.kind == "number" else "",
        sign=one.sign if one.kind == "bullet" else "",
        indent=first.left,
        gap=first.gap,
        parts=tuple(one.parts),
        size=first.size,
        bold=all(line.bold for line in one.lines),
    )


def _take_title(pieces: list[Piece]) -> tuple[str, list[Doubt]]:
    """The lines above the first gap are the title when they look like one."""
    head: list[Piece] = []
    for piece in pieces:
        if piece.kind != "text" or (head and piece.gap):
            break
        head.append(piece)
    closed = len(head) < len(pieces) and all(one.is_heading_like for one in head)
    parts = [part for one in head for part in one.parts]
    if not closed or not 0 < len(parts) <= _MOST_TITLE_LINES or label(parts[0]):
        return "", []
    count = 1
    while count < len(parts) and goes_on(parts[count - 1], parts[count]):
        count += 1
    title = join_parts(parts[:count])
    rest = [Piece("text", part, parts=(part,)) for part in parts[count:]]
    pieces[: len(head)] = [Piece("heading", title, level=1, parts=tuple(parts[:count])), *rest]
    return title, [Doubt("title-lines", " | ".join(parts)[:300])] if len(parts) > 1 else []


def _lone_headings(pieces: Sequence[Piece]) -> list[Doubt]:
    """Short lines that stand alone before text are headings too, less surely."""
    doubts: list[Doubt] = []
    labels = Counter(piece.text for piece in pieces if piece.kind == "text" and piece.is_label)
    above, in_guideline = 0, False
    for at, piece in enumerate(pieces):
        if piece.kind == "heading":
            above = piece.level if piece.number else above
            named = label(piece.text, dash=True)
            in_guideline = in_guideline or (named is not None and named.kind == "guideline")
            continue
        if piece.kind != "text" or at + 1 == len(pieces):
            continue
        found = label(piece.text, dash=True)
        is_named = found is not None and found.kind == "guideline" and bool(found.number)
        is_part = found is not None and (in_guideline or labels[piece.text] > 1)
        if not is_named and (is_part or not _stands_alone(pieces, at)):
            continue
        if is_named and not piece.is_heading_like:
            continue
        in_guideline = in_guideline or is_named
        piece.kind, piece.level = "heading", above + 1
        if not is_named:
            doubts.append(Doubt("heading-guessed", piece.text))
    return doubts


def _stands_alone(pieces: Sequence[Piece], at: int) -> bool:
    piece, following = pieces[at], pieces[at + 1]
    if not piece.gap or piece.lines > 1 or not piece.is_heading_like:
        return False
    if not _LETTERS.search(piece.text):
        return False
    if following.kind == "text":
        return len(following.text) > len(piece.text) and not following.is_heading_like
    return following.kind in {"bullet", "table"}
