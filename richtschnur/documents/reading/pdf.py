"""PDF drafts: lines with their place on the page become pieces, without the page furniture."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from richtschnur.documents.blocks import Document, Doubt, Unreadable
from richtschnur.documents.reading import (
    captions,
    footnotes,
    items,
    numbering,
    page_pictures,
    signs,
)
from richtschnur.documents.reading.contents import without_contents
from richtschnur.documents.reading.furniture import Sheet, SheetLine, without_furniture
from richtschnur.documents.reading.limits import Limits, complaint, run_confined
from richtschnur.documents.reading.lines import Line, Measure, group, measure
from richtschnur.documents.reading.looks import style_by_look
from richtschnur.documents.reading.page_pictures import Pictures
from richtschnur.documents.reading.page_tables import over_pages, without_frames
from richtschnur.documents.reading.pieces import Piece, to_document
from richtschnur.documents.reading.plain import to_piece
from richtschnur.documents.reading.sheets import in_columns, in_order, to_sheet
from richtschnur.documents.reading.unruled import unruled_tables

_CODES: Final = ("encrypted", "damaged", "oversized")
_WIDER_THAN_A_LINE: Final = 1.25


def read_pdf(data: bytes, *, language: str, limits: Limits) -> Document:
    """A document of a PDF with a text layer.

    Raises Unreadable: encrypted, damaged, oversized, no-text, timeout.
    """
    sheets, pictures = _extract(data, limits)
    lines = [line for sheet in sheets for line in sheet.lines]
    if not any(line.table or signs.without_private(line.text)[0].strip() for line in lines):
        raise Unreadable("no-text")
    doubts = _empty_pages(sheets)
    sheets, removed = without_furniture(sheets)
    sheets, contents = without_contents(sheets)
    sheets = [in_columns(without_frames(sheet)) for sheet in sheets]
    sheets, notes = footnotes.without_footnotes(sheets, _body_size(sheets))
    sheets = over_pages([in_order(sheet) for sheet in sheets])
    sheets = page_pictures.placed(sheets, pictures)
    pieces, joined = _pieces(_to_lines(sheets))
    captions.attach(pieces)
    doubts += [*pictures.doubts, *removed, *contents, *joined]
    doubts += numbering.promote(pieces)
    doubts += items.settle_levels(pieces, tolerance=4.0, exact=True)
    footnotes.settle(pieces, notes)
    return to_document(pieces, language=language, doubts=doubts, pictures=pictures.taken)


def _pieces(lines: Sequence[Line]) -> tuple[list[Piece], list[Doubt]]:
    """Pieces of lines; tables stand between them."""
    column = measure([one for one in lines if one.text], exact=True)
    pieces: list[Piece] = []
    doubts: list[Doubt] = []
    start = 0
    for at in range(len(lines) + 1):
        if at < len(lines) and not lines[at].rows:
            continue
        made, joined = _between_tables(lines[start:at], column)
        pieces += made
        doubts += joined
        if at < len(lines):
            pieces.append(Piece("table", rows=lines[at].rows))
        start = at + 1
    return style_by_look(pieces), doubts


def _between_tables(lines: Sequence[Line], column: Measure) -> tuple[list[Piece], list[Doubt]]:
    """Pieces with every picture behind the paragraph that it stands in."""
    behind: dict[int, list[Piece]] = {}
    last = 0
    for line in lines:
        if line.picture:
            behind.setdefault(last, []).append(line.picture)
        else:
            last = id(line)
    groups, doubts = group(lines, column)
    pieces = behind.get(0, [])
    for one in groups:
        pieces.append(to_piece(one))
        for line in one.lines:
            pieces += behind.get(id(line), [])
    return pieces, doubts


def _extract(data: bytes, limits: Limits) -> tuple[list[Sheet], Pictures]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "draft.pdf").write_bytes(data)
        script = str(Path(__file__).resolve().with_name("pdf_child.py"))
        command = [sys.executable, "-I", script, "draft.pdf", "answer", str(limits.pages)]
        code = run_confined(command, limits, folder)
        answer = folder / "answer"
        if code != 0 or not answer.exists():
            memory = code != 0 and "MemoryError" in complaint(folder)
            raise Unreadable("oversized" if memory else "damaged", f"exit {code}")
        try:
            found: dict[str, Any] = json.loads(answer.read_text(encoding="utf-8"))
        except ValueError as problem:
            raise Unreadable("damaged", str(problem)) from None
        for code_word in _CODES:
            if found.get("problem") == code_word:
                raise Unreadable(code_word)
        pages = found["pages"]
        drawn = [number for number, page in enumerate(pages) if page["drawn"]]
        pictures = page_pictures.extract(folder, drawn, len(pages), limits)
    segments = [[_segment(*one) for one in page["segments"]] for page in pages]
    sheets = [
        to_sheet(page["height"], held, page["rules"])
        for page, held in zip(pages, segments, strict=True)
    ]
    pictures.doubts += unruled_tables(segments, sheets)
    return sheets, pictures


def _segment(text: str, left: float, right: float, y: float, size: float, bold: int) -> SheetLine:
    return SheetLine(signs.fold(signs.clean(text)), left, right, y, size, bool(bold))


def _empty_pages(sheets: Sequence[Sheet]) -> list[Doubt]:
    empty = [str(number) for number, sheet in enumerate(sheets, 1) if not sheet.lines]
    return [Doubt("pages-without-text", detail=", ".join(empty[:50]))] if empty else []


def _body_size(sheets: Sequence[Sheet]) -> float:
    weights: Counter[float] = Counter()
    for sheet in sheets:
        for line in sheet.lines:
            weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0] if weights else 0.0


def _to_lines(sheets: Sequence[Sheet]) -> list[Line]:
    lines: list[Line] = []
    pitch = _pitch(sheets)
    for page, sheet in enumerate(sheets):
        above: SheetLine | None = None
        for one in sheet.lines:
            if one.picture:
                lines.append(Line("", page=page, picture=one.picture))
                continue
            if one.table:
                lines.append(Line("", True, page, rows=one.table.rows))
                above = None
                continue
            made = _line(one, above, pitch, page)
            lines.append(replace(made, gap=True) if lines and lines[-1].rows else made)
            above = one
    if lines:
        lines[0] = replace(lines[0], gap=True)
    return lines


def _line(one: SheetLine, above: SheetLine | None, pitch: float, page: int) -> Line:
    down = above.y - one.y if above else 0.0
    gap = down > pitch * max(one.size, 1.0) * _WIDER_THAN_A_LINE
    char = max((one.right - one.left) / max(len(one.text), 1), 1.0)
    return Line(one.text, gap, page, one.left, one.right, char, one.size, one.bold, one.edge)


def _pitch(sheets: Sequence[Sheet]) -> float:
    """The usual way from line to line within a paragraph, in sizes of the type."""
    sure: list[float] = []
    all_steps: list[float] = []
    for sheet in sheets:
        for above, one in pairwise(sheet.lines):
            step = (above.y - one.y) / max(one.size, 1.0)
            if above.size == one.size and 0.5 < step < 4 and one.text:
                all_steps.append(step)
                if one.text[0].islower() and one.left <= above.left + one.size * 2:
                    sure.append(step)
    steps = sorted(sure or all_steps)
    return steps[len(steps) // 2 if sure else len(steps) // 4] if steps else 1.3
