"""Texts and topics out of CSV files of any size, read row by row; what is wrong names its row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from richtschnur.journal.refusals import Refused

Column = Iterator[tuple[str, str]]
LONGEST_CELL = 100 * 1024 * 1024


def read_column(path: Path) -> Column:
    """(id, text) of each row; without a column id its number. Raises Refused.

    UTF-8 with or without byte-order mark, parted by comma, semicolon or tab. The head is row 1.
    """
    for number, row in _rows(path, wanted="text"):
        yield row.get("id", str(number - 1)), row["text"]


def read_topics(path: Path) -> list[tuple[str, list[str]]]:
    """Each topic with its descriptions, in the order of the file. Raises Refused."""
    found: dict[str, list[str]] = {}
    for number, row in _rows(path, wanted="topic"):
        name = row["topic"].strip()
        if not name:
            raise Refused(f"{path}, row {number}: the topic has no name")
        texts = found.setdefault(name, [])
        if description := row.get("description", "").strip():
            texts.append(description)
    if not found:
        raise Refused(f"{path} names no topic")
    return list(found.items())


def _rows(path: Path, *, wanted: str) -> Iterator[tuple[int, dict[str, str]]]:
    if not path.is_file():
        raise Refused(f"there is no file {path}")
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            delimiter = max(",;\t", key=file.readline().count)
            file.seek(0)
            head: list[str] = []
            for number, cells in enumerate(csv.reader(file, delimiter=delimiter, strict=True), 1):
                if not head:
                    head = _head(path, cells, wanted)
                elif cells:
                    yield number, _row(path, number, head, cells, wanted)
    except UnicodeDecodeError:
        raise Refused(
            f"{path}: behind row {number} is something that is no UTF-8; save it as CSV UTF-8"
        ) from None
    except csv.Error as error:
        raise Refused(f"{path}, row {number + 1}: {error}") from None
    if not number:
        raise Refused(f"{path} is empty")


def _head(path: Path, cells: list[str], wanted: str) -> list[str]:
    head = [cell.strip().lower() for cell in cells]
    if wanted not in head:
        raise Refused(f"{path}, row 1: there is no column “{wanted}”")
    if len(set(head)) < len(head):
        raise Refused(f"{path}, row 1: two columns have the same name")
    return head


def _row(path: Path, number: int, head: list[str], cells: list[str], wanted: str) -> dict[str, str]:
    if len(cells) > len(head):
        raise Refused(
            f"{path}, row {number}: more cells than the head has; is a quotation mark missing?"
        )
    row = dict(zip(head, cells, strict=False))
    if wanted not in row:
        raise Refused(f"{path}, row {number}: the cell “{wanted}” is missing")
    return row
