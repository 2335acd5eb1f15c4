"""The table of contents of a PDF: lines that end with a page's number, below "Inhalt"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from richtschnur.documents.blocks import Doubt
from richtschnur.documents.reading.furniture import Sheet, SheetLine

_TITLE: Final = re.compile(
    r"(?:\d\.?\s+)?(?:inhalt|inhaltsverzeichnis|gliederung|inhaltsübersicht|abbildungsverzeichnis"
    r"|tabellenverzeichnis|(?:table of )?contents)",
    re.IGNORECASE,
)
_ENTRY: Final = re.compile(r".*[^\d.,](?:\s*[.…·_]{2,}\s*|\s*)\d{1,3}$|.*\S\s+\d{1,3}$")
_LEADER: Final = re.compile(r".*\S\s*(?:(?:\.\s?){4,}|…{2,})\s*\d{1,3}$")
_LEAST: Final = 3


def without_contents(sheets: Sequence[Sheet]) -> tuple[list[Sheet], list[Doubt]]:
    """The sheets without tables of contents; a doubt shows the first lines that were left out."""
    places = [(page, at) for page, sheet in enumerate(sheets) for at in range(len(sheet.lines))]
    lines = [sheets[page].lines[at] for page, at in places]
    gone: set[int] = set()
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        gone.update(range(at, end))
        at = max(end, at + 1)
    if not gone:
        return list(sheets), []
    left_out = {places[at] for at in gone}
    kept = [
        Sheet(s.height, tuple(one for at, one in enumerate(s.lines) if (page, at) not in left_out))
        for page, s in enumerate(sheets)
    ]
    first = " | ".join(lines[at].text for at in sorted(gone)[:3])
    return kept, [Doubt("contents-left-out", first[:200], str(len(gone)))]


def _end(lines: Sequence[SheetLine], start: int) -> int:
    """The index behind a table of contents that begins at `start`, or `start`."""
    titled = _TITLE.fullmatch(lines[start].text) is not None
    sign = _ENTRY if titled else _LEADER
    if not titled and not _LEADER.fullmatch(lines[start].text):
        return start
    last, count, at = start, 0, start + titled
    while at < len(lines) and at - last <= 2 and not lines[at].table:
        if sign.fullmatch(lines[at].text):
            last, count = at, count + 1
        at += 1
    return last + 1 if count >= _LEAST else start
