"""Running heads and page numbers: what stands on every sheet and belongs to none."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.reading import signs
from richtschnur.documents.reading.pieces import Piece

_CANDIDATES: Final = 3  # lines at the head and at the foot of a page that may be furniture
_MARGIN: Final = 0.12  # of the page's height
_SAME_PLACE: Final = 3.0  # points
_PAGE_NUMBER: Final = re.compile(
    r"[-–—\s|]*(?:seite|s\.|page|p\.)?\s*(\d{1,4})(?:\s*(?:von|/|of|\|)\s*\d{1,4})?[-–—\s|]*",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A line of a page; lengths in points, `y` counted from the foot."""

    text: str
    left: float
    right: float
    y: float
    size: float
    bold: bool
    edge: float = 0.0  # the right edge of its column where the page has several
    table: PageTable | None = None  # a table stands here instead of a line
    picture: Piece | None = None  # or a picture


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table of one page; `columns`: the places of the lines between its columns."""

    rows: tuple[tuple[str, ...], ...]
    columns: tuple[float, ...]
    top: float
    foot: float
    lines: tuple[SheetLine, ...] = ()  # what a frame holds that is no table by itself


@dataclass(frozen=True, slots=True)
class Sheet:
    height: float
    lines: tuple[SheetLine, ...]


def without_furniture(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Doubt]]:
    """The sheets without what repeats in the margins; a doubt names what was taken away."""
    body = _body_size(sheets)
    found: dict[tuple[str, bool], list[tuple[int, int]]] = defaultdict(list)
    for page, sheet in enumerate(sheets):
        for at in _in_margin(sheet):
            line = sheet.lines[at]
            if line.table:
                continue
            mark = signs.bullet(line.text)
            if mark and mark.sure:
                continue
            key = _key(line)
            found[(key, line.y > sheet.height / 2)].append((page, at))
    within = _keys_within(sheets)
    gone: set[tuple[int, int]] = set()
    for (key, _), places in found.items():
        if within[key] == 0:  # what also stands amid the text is text
            gone.update(_repeated(places, sheets, body))
    texts = dict.fromkeys(sheets[page].lines[at].text for page, at in sorted(gone))
    kept = [
        Sheet(s.height, tuple(ln for at, ln in enumerate(s.lines) if (page, at) not in gone))
        for page, s in enumerate(sheets)
    ]
    excerpt = " | ".join(list(texts)[:4])
    return kept, [Doubt("page-furniture", excerpt[:200], str(len(gone)))] if gone else []


def _key(line: SheetLine) -> str:
    return _DIGITS.sub("#", line.text.casefold())


def _keys_within(sheets: Sequence[Sheet]) -> Counter[str]:
    """How often lines stand amid the pages, page numbers aside."""
    return Counter(
        _key(line)
        for sheet in sheets
        for line in sheet.lines
        if not line.table
        and _MARGIN * sheet.height < line.y < (1 - _MARGIN) * sheet.height
        and not _PAGE_NUMBER.fullmatch(line.text)
    )


def _body_size(sheets: Sequence[Sheet]) -> float:
    weights: dict[float, int] = defaultdict(int)
    for sheet in sheets:
        for line in sheet.lines:
            weights[line.size] += len(line.text)
    return max(weights, key=lambda size: weights[size]) if weights else 0.0


def _in_margin(sheet: Sheet) -> list[int]:
    order = sorted(range(len(sheet.lines)), key=lambda at: sheet.lines[at].y)
    ends = {*order[:_CANDIDATES], *order[-_CANDIDATES:]}
    low, high = _MARGIN * sheet.height, (1 - _MARGIN) * sheet.height
    return [at for at in sorted(ends) if not low < sheet.lines[at].y < high]


def _repeated(
    places: Sequence[tuple[int, int]], sheets: Sequence[Sheet], body: float
) -> list[tuple[int, int]]:
    lines = [sheets[page].lines[at] for page, at in places]
    if _PAGE_NUMBER.fullmatch(lines[0].text):
        return [
            place
            for place, line in zip(places, lines, strict=True)
            if _counts_pages(line.text, place[0], places, lines)
        ]
    pages = {page for page, _ in places}
    enough = 2 if len(sheets) == 2 else max(3, round(0.4 * len(sheets)))
    heights = sorted(line.y for line in lines)
    usual = heights[len(heights) // 2]
    alike = [p for p, ln in zip(places, lines, strict=True) if abs(ln.y - usual) < _SAME_PLACE]
    if len(pages) < enough or len(alike) < enough:
        return []
    if _numbers_differ(lines) and (
        not _follow_pages(places, lines) or any(_stands_out(line, body) for line in lines)
    ):
        return []  # "Leitlinie 1", "Leitlinie 2" at the head of their pages
    return alike


def _stands_out(line: SheetLine, body: float) -> bool:
    return line.size > body * 1.02 or line.bold


def _follow_pages(places: Sequence[tuple[int, int]], lines: Sequence[SheetLine]) -> bool:
    """Do the numbers in these lines stay or go up by one with every page?"""
    first_page = places[0][0]
    first = [int(number) for number in _DIGITS.findall(lines[0].text)]
    for (page, _), line in zip(places, lines, strict=True):
        for number, start in zip(_DIGITS.findall(line.text), first, strict=True):
            if int(number) not in {start, start + page - first_page}:
                return False
    return True


def _counts_pages(
    text: str, page: int, places: Sequence[tuple[int, int]], lines: Sequence[SheetLine]
) -> bool:
    """Does the number go up with the pages, or is it the page's own?"""
    offset = _page_number(text) - page
    if offset == 1:
        return True
    same = sum(
        1
        for (other, _), line in zip(places, lines, strict=True)
        if _page_number(line.text) - other == offset
    )
    return same >= 2


def _page_number(text: str) -> int:
    found = _PAGE_NUMBER.fullmatch(text)
    return int(found[1]) if found else -1


def _numbers_differ(lines: Sequence[SheetLine]) -> bool:
    return len({line.text.casefold() for line in lines}) > 1
