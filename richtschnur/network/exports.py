"""The register as a table for staff; the import reads it back. Persons do not stand in it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.translation import get_language, override

from richtschnur.documents.paper import Sheet, SheetFormat, Value
from richtschnur.documents.writing import write_table
from richtschnur.network.models import FIELDS, LISTS, entry_of
from richtschnur.network.queries import Wanted, everybody, found, heads, value_name

BETWEEN = {"addresses": "; ", "hours": "; "}
FORMATS = ("xlsx", "ods", "csv")


def export_register(format: SheetFormat, path: Path, *, at: datetime, wanted: Wanted) -> None:
    """Write the organisations that are wanted to `path`; heads in German, else in English."""
    language = "de" if (get_language() or "de").startswith("de") else "en"
    sheet = Sheet(
        title="Register",
        head=heads(language),
        rows=_rows(wanted),
        language=language,
        written_at=at,
    )
    with override(language):
        write_table(sheet, format, path)


def _rows(wanted: Wanted) -> Iterator[tuple[Value, ...]]:
    rows = everybody().filter(archived_at__isnull=not wanted.archived)
    for organization in found(rows, wanted).iterator(chunk_size=500):
        entry = entry_of(organization)
        yield (str(organization.identity), *(_cell(n, getattr(entry, n)) for n in FIELDS))


def _cell(name: str, value: str | tuple[str, ...]) -> str:
    if name in LISTS:
        return BETWEEN.get(name, ", ").join(value_name(name, one) for one in value)
    return value_name(name, str(value))
