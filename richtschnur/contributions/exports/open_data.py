"""Published comments as open data: CSV and JSON, made row by row, so that memory stays bounded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.queries.public_list import published_comments, shown_name
from richtschnur.contributions.rules import shortened
from richtschnur.documents.writing.cells import is_run_as_formula

LICENCE = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LICENCE_ADDRESS = "https://www.govdata.de/dl-de/by-2-0"
HEAD = ("id", "received_on", "passage", "kind", "name", "language", "answered", "text")
CHUNK = 500


def rows_as(format: str, consultation: Consultation) -> Iterator[str]:
    """The file in pieces, the oldest comment first."""
    return {"csv": _csv, "json": _json}[format](consultation)


def public_row(row: Any, consultation: Consultation) -> dict[str, Any]:
    """One published comment as plain data; `passage` is None for the whole paper."""
    return {
        "id": row.pk,
        "received_on": row.received_on.isoformat(),
        "passage": row.passage.number if row.passage else None,
        "kind": row.kind,
        "name": shown_name(row, consultation),
        "language": row.language,
        "answered": row.is_answered,
        "text": shortened(row.text),
    }


def _rows(consultation: Consultation) -> Iterator[dict[str, Any]]:
    rows = published_comments(consultation).order_by("pk").iterator(chunk_size=CHUNK)
    return (public_row(row, consultation) for row in rows)


def _csv(consultation: Consultation) -> Iterator[str]:
    """Texts that a spreadsheet would take for a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*HEAD, "licence"))
    for row in _rows(consultation):
        writer.writerow([*(_cell(row[name]) for name in HEAD), LICENCE_ADDRESS])
        if out.tell() > 64 * 1024:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and is_run_as_formula(value):
        return f"'{value}"
    return "" if value is None else value


def _json(consultation: Consultation) -> Iterator[str]:
    about = {"title": consultation.title, "licence": LICENCE, "licence_address": LICENCE_ADDRESS}
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "comments": ['
    separator = "\n"
    for row in _rows(consultation):
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
