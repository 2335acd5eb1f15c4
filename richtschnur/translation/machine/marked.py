"""Marks on their way through a machine: as tags around the words, and back; or lost, and told.

The tags carry numbers only, so nothing of a link's address is sent or can be bent.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from itertools import pairwise

from richtschnur.documents.cells import join_rows, split_rows
from richtschnur.documents.marks import Mark
from richtschnur.translation.operations import Draft
from richtschnur.translation.sources import Source

TAG = re.compile(r'<(/?)(span|sup)(?:\s+id="?(\d+)"?)?\s*>', re.IGNORECASE)
ANY_TAG = re.compile(r"</?[A-Za-z][^<>]*>")


def pieces_of(source: Source) -> list[str]:
    """What a machine is given of a source: text (or a table's cells) and caption, as HTML."""
    if source.is_table:
        pieces = [html.escape(cell, quote=False) for row in split_rows(source.text) for cell in row]
    else:
        pieces = [_tagged(source.text, source.marks)]
    return [*pieces, *([html.escape(source.caption, quote=False)] if source.caption else [])]


def draft_of(source: Source, pieces: Sequence[str | None]) -> Draft | None:
    """The pieces put together again, None when one of them is missing."""
    told = [piece for piece in pieces if piece is not None]
    if len(told) != len(pieces) or len(pieces) != len(pieces_of(source)):
        return None
    caption = _plain(told.pop()) if source.caption else ""
    if source.is_table:
        rows = split_rows(source.text)
        cells = iter(told)
        text = join_rows([_plain(next(cells)) for _cell in row] for row in rows)
        return Draft(source, text, (), caption, is_doubtful=bool(source.marks))
    text, marks = _untagged(told[0], source.marks)
    if not text.strip():
        return None
    return Draft(source, text, marks, caption, is_doubtful=len(marks) != len(source.marks))


def _tagged(text: str, marks: Sequence[Mark]) -> str:
    """Text with a numbered tag for each mark; without any where marks cross each other."""
    order = sorted(range(len(marks)), key=lambda n: (marks[n].start, -marks[n].end, n))
    if any(a.start < b.start < a.end < b.end for a in marks for b in marks):
        return html.escape(text, quote=False)
    places: list[tuple[int, int, int, str]] = []
    for rank, number in enumerate(order):
        mark = marks[number]
        if mark.start == mark.end:
            sign = f'<sup id="{number}">{html.escape(mark.value or "*", quote=False)}</sup>'
            places.append((mark.start, 1, rank, sign))
        else:
            places.append((mark.start, 2, rank, f'<span id="{number}">'))
            places.append((mark.end, 0, -rank, "</span>"))
    places.sort(key=lambda place: place[:3])
    borders = [0, *(place[0] for place in places), len(text)]
    parts = [html.escape(text[a:b], quote=False) for a, b in pairwise(borders)]
    tags = [*(place[3] for place in places), ""]
    return "".join(part + tag for part, tag in zip(parts, tags, strict=True))


def _untagged(told: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    """Plain text and the marks that came through exactly once and properly closed."""
    text, at, open_tags = "", 0, list[tuple[str, int, int]]()
    found: dict[int, tuple[int, int]] = {}
    spoiled: set[int] = set()
    for tag in TAG.finditer(told):
        text += _plain(told[at : tag.start()])
        at = tag.end()
        name, number = tag[2].lower(), int(tag[3]) if tag[3] else -1
        if not tag[1]:
            open_tags.append((name, number, len(text)))
            continue
        if not open_tags or open_tags[-1][0] != name:
            spoiled |= {number for _name, number, _start in open_tags}
            continue
        name, number, start = open_tags.pop()
        spoiled |= {number} & found.keys()
        if name == "sup":
            text = text[:start]
        found[number] = (start, len(text))
    text += _plain(told[at:])
    kept = [
        Mark(*span, marks[number].kind, marks[number].value)
        for number, span in found.items()
        if 0 <= number < len(marks) and number not in spoiled
        if (span[0] < span[1]) == (marks[number].start < marks[number].end)
    ]
    return _trimmed(text, kept)


def _trimmed(text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    left = len(text) - len(text.lstrip())
    trimmed = text.strip()
    end = len(trimmed)
    moved = [
        Mark(min(max(m.start - left, 0), end), min(max(m.end - left, 0), end), m.kind, m.value)
        for m in marks
    ]
    return trimmed, tuple(sorted(moved))


def _plain(piece: str) -> str:
    """Without what else a machine put into angle brackets; entities become characters."""
    return html.unescape(ANY_TAG.sub("", piece))
