"""Pictures of a PDF: taken out by a process of its own, put between the lines of their page."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from richtschnur.documents.blocks import Doubt, Picture, Unreadable
from richtschnur.documents.reading import signs
from richtschnur.documents.reading.furniture import Sheet, SheetLine
from richtschnur.documents.reading.limits import Limits, run_confined
from richtschnur.documents.reading.pictures import Gallery
from richtschnur.documents.reading.pieces import Piece

_SECONDS: Final = 12  # the text has been read by then; pictures are not worth more
_BACKGROUND: Final = 0.8  # of the page: a scan, or paper with a pattern
_NAMED: Final = 50


@dataclass(frozen=True, slots=True)
class _Shown:
    left: float
    bottom: float
    right: float
    top: float
    key: str
    words: str

    def covers(self, area: float) -> bool:
        return (self.right - self.left) * (self.top - self.bottom) > _BACKGROUND * area


@dataclass(slots=True)
class Pictures:
    """Pieces by page (from 0) with the edges of their place, top first; all pictures by key."""

    pieces: dict[int, list[SheetLine]] = field(default_factory=lambda: defaultdict(list))
    taken: Mapping[str, Picture] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)


def extract(folder: Path, drawn: Sequence[int], pages: int, limits: Limits) -> Pictures:
    """The pictures of `draft.pdf` in the folder, from the pages `drawn`, furniture aside.

    The text is read already: pictures that ask too much are left out, with a doubt.
    """
    if not drawn:
        return Pictures()
    script = str(Path(__file__).resolve().with_name("pdf_pictures_child.py"))
    numbers = ",".join(map(str, drawn))
    command = [sys.executable, "-I", script, "draft.pdf", "pictures", numbers]
    try:
        code = run_confined(command, replace(limits, seconds=min(_SECONDS, limits.seconds)), folder)
        found = json.loads((folder / "pictures").read_text("utf-8")) if code == 0 else None
    except (Unreadable, OSError, ValueError):
        found = None
    if found is None:
        return Pictures(doubts=[_left_out(drawn)])
    return _sorted(found, pages, folder)


def _sorted(found: Sequence[dict[str, Any]], pages: int, folder: Path) -> Pictures:
    shown = {page["page"]: [_Shown(*one) for one in page["shown"]] for page in found}
    areas = {page["page"]: page["width"] * page["height"] for page in found}
    repeated = _repeated(shown, pages)
    gallery, made = Gallery(), Pictures()
    missed: list[int] = []
    for page, ones in shown.items():
        for one in ones:
            if one.key in repeated:
                continue
            words = signs.fold(signs.clean(one.words))
            data = (folder / one.key).read_bytes() if one.key else b""
            key = "" if one.covers(areas[page]) else gallery.take(data, words)
            if key:
                made.pieces[page].append(_line(one, Piece("picture", words, picture=key)))
            else:
                missed.append(page)
    made.taken = gallery.taken
    made.doubts = [_left_out(missed)] if missed else []
    return made


def _line(one: _Shown, piece: Piece) -> SheetLine:
    return SheetLine(
        "", one.left, one.right, one.bottom, one.top - one.bottom, False, 0, None, piece
    )


def _repeated(shown: Mapping[int, Sequence[_Shown]], pages: int) -> set[str]:
    """What stands on most pages, such as the coat of arms."""
    found: dict[str, set[int]] = defaultdict(set)
    for page, ones in shown.items():
        for one in ones:
            found[one.key].add(page)
    enough = max(3, round(0.4 * pages))
    return {key for key, places in found.items() if key and len(places) >= enough}


def _left_out(pages: Sequence[int]) -> Doubt:
    numbers = [str(page + 1) for page in sorted(set(pages))]
    return Doubt("pictures-left-out", detail=", ".join(numbers[:_NAMED]))


def placed(sheets: Sequence[Sheet], pictures: Pictures) -> list[Sheet]:
    """The sheets with every picture behind the line above it."""
    made: list[Sheet] = []
    for page, sheet in enumerate(sheets):
        lines = list(sheet.lines)
        for one in sorted(pictures.pieces.get(page, ()), key=lambda one: one.y + one.size):
            lines.insert(_place(one, sheet.lines), one)
        made.append(Sheet(sheet.height, tuple(lines)))
    return made


def _place(one: SheetLine, lines: Sequence[SheetLine]) -> int:
    """Behind the last line that begins above its middle, in its column if there are several."""
    middle = one.y + one.size / 2
    parted = any(line.edge for line in lines)
    near = [n for n, line in enumerate(lines) if not parted or _overlap(one, line) > 0]
    near = near or list(range(len(lines)))
    above = [n for n in near if _top(lines[n]) > middle]
    if above:
        return max(above) + 1
    return min(near, default=0)


def _overlap(one: SheetLine, other: SheetLine) -> float:
    return min(one.right, other.right) - max(one.left, other.left)


def _top(line: SheetLine) -> float:
    return line.table.top if line.table else line.y
