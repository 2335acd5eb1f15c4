"""CSV and JSON, for other programs."""

import csv
import json
import math
from datetime import date, datetime
from pathlib import Path

from richtschnur.documents.paper import Sheet, Value
from richtschnur.documents.writing.cells import as_text, head_of, is_run_as_formula, rows_of
from richtschnur.documents.writing.cleaning import clean


def write_csv(sheet: Sheet, path: Path) -> None:
    """UTF-8 without a byte-order mark, commas, CR LF; an apostrophe before would-be formulas."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(map(_harmless, head_of(sheet)))
        for row in rows_of(sheet):
            writer.writerow(map(_harmless, row))


def write_json(sheet: Sheet, path: Path) -> None:
    """A list of objects with the column names as keys; moments as ISO 8601."""
    names = head_of(sheet)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        separator = "[\n"
        for row in sheet.rows:
            if len(row) > len(names):
                raise ValueError(f"a row has {len(row)} cells, the head {len(names)}")
            values = [*map(_plain, row), *[None] * (len(names) - len(row))]
            entry = json.dumps(
                dict(zip(names, values, strict=True)), ensure_ascii=False, allow_nan=False
            )
            file.write(separator + entry)
            separator = ",\n"
        file.write("[]\n" if separator == "[\n" else "\n]\n")


def _harmless(value: Value) -> str:
    text = as_text(value)
    return f"'{text}" if isinstance(value, str) and is_run_as_formula(text) else text


def _plain(value: Value) -> str | int | float | None:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
