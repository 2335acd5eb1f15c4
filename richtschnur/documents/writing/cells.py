"""What all spreadsheet writers do to heads, rows and cells."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from richtschnur.documents.paper import Sheet, Value
from richtschnur.documents.writing.cleaning import clean

EXACT_UP_TO = 2**53  # spreadsheets reckon with floating-point numbers


def head_of(sheet: Sheet) -> list[str]:
    """The column names, made different from each other."""
    names: list[str] = []
    for given in sheet.head:
        name = plain = clean(given)
        count = 2
        while name in names:
            name = f"{plain} ({count})"
            count += 1
        names.append(name)
    return names


def rows_of(sheet: Sheet) -> Iterator[list[Value]]:
    """Rows as long as the head, texts cleaned. Raises ValueError for longer ones."""
    for index, row in enumerate(sheet.rows, start=1):
        if len(row) > len(sheet.head):
            raise ValueError(f"row {index} has {len(row)} cells, the head {len(sheet.head)}")
        yield [_value(cell) for cell in row] + [None] * (len(sheet.head) - len(row))


def is_run_as_formula(text: str) -> bool:
    """Whether a spreadsheet that opens a CSV file might run the text."""
    return (
        text[:1] in "\t\r\n"
        or unicodedata.normalize("NFKC", text.lstrip()[:1]) in ("=", "+", "-", "@")
        if text
        else False
    )


def as_text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def column_widths(head: Sequence[str], rows: Sequence[Sequence[Value]]) -> list[float]:
    """Widths in characters, from the head and the first rows."""
    return [
        max(10.0, min(60.0, max(len(title) + 4, *(_length(row[column]) for row in rows), 0)))
        for column, title in enumerate(head)
    ]


def _value(value: Value) -> Value:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return str(value) if isinstance(value, int) and abs(value) > EXACT_UP_TO else value


def _length(value: Value) -> int:
    return max(map(len, as_text(value).split("\n"))) + 2
