"""PDF drafts: lines with their place on the page become pieces, without the page furniture."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from richtschnur.documents.blocks import Document, Doubt, Unreadable
from richtschnur.documents.reading import items, numbering, signs
from richtschnur.documents.reading.furniture import Sheet, SheetLine, without_furniture
from richtschnur.documents.reading.limits import Limits, complaint, run_confined
from richtschnur.documents.reading.lines import Line, group, measure
from richtschnur.documents.reading.looks import style_by_look
from richtschnur.documents.reading.pieces import to_document
from richtschnur.documents.reading.plain import to_piece

_CODES: Final = ("encrypted", "damaged", "oversized")
_WIDER_THAN_A_LINE: Final = 1.25


def read_pdf(data: bytes, *, language: str, limits: Limits) -> Document:
    """A document of a PDF with a text layer.

    Raises Unreadable: encrypted, damaged, oversized, no-text, timeout.
    """
    sheets = _extract(data, limits)
    if not any(signs.without_private(line.text)[0].strip() for s in sheets for line in s.lines):
        raise Unreadable("no-text")
    doubts = _empty_pages(sheets)
    sheets, removed = without_furniture(sheets)
    doubts += removed
    lines = _to_lines(sheets)
    groups, joined = group(lines, measure(lines, exact=True))
    pieces = style_by_look([to_piece(one) for one in groups])
    doubts += joined
    doubts += numbering.promote(pieces)
    doubts += items.settle_levels(pieces, tolerance=4.0, exact=True)
    return to_document(pieces, language=language, doubts=doubts)


def _extract(data: bytes, limits: Limits) -> list[Sheet]:
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
    return [
        Sheet(page["height"], tuple(_sheet_line(*line) for line in page["lines"]))
        for page in found["pages"]
    ]


def _sheet_line(
    text: str, left: float, right: float, y: float, size: float, bold: int
) -> SheetLine:
    return SheetLine(signs.fold(signs.clean(text)), left, right, y, size, bool(bold))


def _empty_pages(sheets: Sequence[Sheet]) -> list[Doubt]:
    empty = [str(number) for number, sheet in enumerate(sheets, 1) if not sheet.lines]
    return [Doubt("pages-without-text", detail=", ".join(empty[:50]))] if empty else []


def _to_lines(sheets: Sequence[Sheet]) -> list[Line]:
    lines: list[Line] = []
    pitch = _pitch(sheets)
    for page, sheet in enumerate(sheets):
        above: SheetLine | None = None
        for one in sheet.lines:
            if not one.text:
                continue
            down = above.y - one.y if above else 0.0
            gap = down > pitch * max(one.size, 1.0) * _WIDER_THAN_A_LINE
            char = (one.right - one.left) / max(len(one.text), 1)
            lines.append(
                Line(one.text, gap, page, one.left, one.right, max(char, 1.0), one.size, one.bold)
            )
            above = one
    if lines:
        lines[0] = replace(lines[0], gap=True)
    return lines


def _pitch(sheets: Sequence[Sheet]) -> float:
    """The usual way from line to line within a paragraph, in sizes of the type."""
    sure: list[float] = []
    all_steps: list[float] = []
    for sheet in sheets:
        for above, one in zip(sheet.lines, sheet.lines[1:], strict=False):
            step = (above.y - one.y) / max(one.size, 1.0)
            if above.size == one.size and 0.5 < step < 4 and one.text:
                all_steps.append(step)
                if one.text[0].islower() and one.left <= above.left + one.size * 2:
                    sure.append(step)
    steps = sorted(sure or all_steps)
    return steps[len(steps) // 2 if sure else len(steps) // 4] if steps else 1.3
