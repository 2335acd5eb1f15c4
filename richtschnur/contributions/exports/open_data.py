"""Published comments as open data: CSV and JSON, made row by row, so that memory stays bounded."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.queries.public_list import published_comments, shown_name
from richtschnur.contributions.rules import shortened
from richtschnur.documents.attachments import MEDIA_TYPES
from richtschnur.documents.writing.cells import is_run_as_formula
from richtschnur.ui.addresses import whole_address

LICENCE = "Datenlizenz Deutschland – Namensnennung – Version 2.0"
LICENCE_ADDRESS = "https://www.govdata.de/dl-de/by-2-0"
HEAD = (
    "id",
    "received_on",
    "passage",
    "kind",
    "name",
    "language",
    "answered",
    "text",
    "suggestion",
    "files",
)
CHUNK = 500
Address = Callable[[int], str]  # of a public file, by its number


def file_address(request: Any, consultation: Consultation) -> Address:
    """How a program finds a public file by its number."""

    def address(pk: int) -> str:
        path = reverse("contributions:released", args=[consultation.slug, pk])
        return whole_address(request, path)

    return address


def rows_as(format: str, consultation: Consultation, address: Address) -> Iterator[str]:
    """The file in pieces, the oldest comment first."""
    return {"csv": _csv, "json": _json}[format](consultation, address)


def public_row(row: Any, consultation: Consultation, address: Address) -> dict[str, Any]:
    """One published comment as plain data; `passage` is None for the whole paper.

    `suggestion` is the whole passage as it should read, "" for none. `files` came with the
    contribution that the comment belongs to: each of its comments names them.
    """
    return {
        "id": row.pk,
        "received_on": row.received_on.isoformat(),
        "passage": row.passage.number if row.passage else None,
        "kind": row.kind,
        "name": shown_name(row, consultation),
        "language": row.language,
        "answered": row.is_answered,
        "text": shortened(row.text),
        "suggestion": row.suggestion,
        "files": [
            {
                "address": address(file["pk"]),
                "media_type": MEDIA_TYPES[file["kind"]],
                "size": file["size"],
            }
            for file in row.files
        ],
    }


def _rows(consultation: Consultation, address: Address) -> Iterator[dict[str, Any]]:
    rows = published_comments(consultation).order_by("pk").iterator(chunk_size=CHUNK)
    return (public_row(row, consultation, address) for row in rows)


def _csv(consultation: Consultation, address: Address) -> Iterator[str]:
    """Texts that a spreadsheet would take for a formula begin with an apostrophe.

    Of files only the addresses stand there, parted by spaces.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow((*HEAD, "licence"))
    for row in _rows(consultation, address):
        row["files"] = " ".join(file["address"] for file in row["files"])
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


def _json(consultation: Consultation, address: Address) -> Iterator[str]:
    about = {"title": consultation.title, "licence": LICENCE, "licence_address": LICENCE_ADDRESS}
    yield json.dumps(about, ensure_ascii=False)[:-1] + ', "comments": ['
    separator = "\n"
    for row in _rows(consultation, address):
        yield separator + json.dumps(row, ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"
