"""Tables in: CSV, XLSX and ODS become rows of text."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from richtschnur.documents.blocks import Unreadable

FILE_BYTES = 100 * 1024 * 1024
UNPACKED_BYTES = 500 * 1024 * 1024
LOOKED_AT = 20  # lines of a CSV, to find what parts it


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table's first sheet as {head: text}; heads are lower-cased and trimmed.

    CSV is UTF-8 with or without byte-order mark, parted by comma, semicolon or tab. Empty rows
    are left out. Raises Unreadable: empty, damaged, encrypted, oversized, wrong-encoding.
    """
    head: list[str] | None = None
    for row in _rows(path, lines=1):
        if head is None:
            head = [name.strip().lower() for name in row]
        elif any(cell.strip() for cell in row):
            yield dict(zip(head, row, strict=False))
    if head is None:
        raise Unreadable("empty")


def read_rows(path: Path) -> Iterator[list[str]]:
    """The rows of a table's first sheet as they stand there, empty ones and titles included.

    For tables whose head is not the first row. Raises Unreadable as `read_table` does.
    """
    yield from _rows(path, lines=LOOKED_AT)


def _rows(path: Path, *, lines: int) -> Iterator[list[str]]:
    """All rows; what parts a CSV is told by the fullest of its first `lines` lines."""
    size = path.stat().st_size
    if size == 0:
        raise Unreadable("empty")
    if size > FILE_BYTES:
        raise Unreadable("oversized", f"{size} bytes")
    yield from _workbook(path) if zipfile.is_zipfile(path) else _separated(path, lines)


def _separated(path: Path, lines: int) -> Iterator[list[str]]:
    data = path.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("encrypted")
    if b"\x00" in data[:4096]:
        raise Unreadable("damaged")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable("wrong-encoding", str(error)) from None
    first = text.split("\n", lines)[:lines]
    delimiter = max(",;\t", key=lambda sign: max(line.count(sign) for line in first))
    csv.field_size_limit(FILE_BYTES)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as error:
        raise Unreadable("damaged", str(error)) from None


def _workbook(path: Path) -> Iterator[list[str]]:
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > UNPACKED_BYTES:
            raise Unreadable("oversized")
    try:
        book = CalamineWorkbook.from_path(str(path))
        if not book.sheet_names:
            raise Unreadable("empty")
        sheet = book.get_sheet_by_index(0)
        for row in sheet.iter_rows():
            yield [_text(cell) for cell in row]
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged", str(error)) from None


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    return str(cell)
