"""What would become of a spreadsheet's rows, before anything is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal

from django.db import transaction

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution, HeldTable, digest
from richtschnur.contributions.operations.importing import ReadRow, read_rows
from richtschnur.files.operations import drop_held, hold_file
from richtschnur.journal.actors import Actor

ASKED_AT_ONCE = 500
Fate = Literal["new", "known", "twice", "rejected"]


@dataclass(frozen=True)
class Outlook:
    """One row: what would become of it, and why.

    `row` counts as the spreadsheet does (head: 1). `number` is the registry number of a row that
    is known already, `earlier` the row of the same file that says the same.
    """

    row: int
    fate: Fate
    read: ReadRow | None = None
    reason: str = ""
    number: str = ""
    earlier: int = 0


@dataclass
class Preview:
    """All rows of a table, as they would be taken in."""

    rows: list[Outlook] = field(default_factory=list)

    def those(self, *fates: Fate) -> list[Outlook]:
        return [row for row in self.rows if row.fate in fates]

    @property
    def new(self) -> list[Outlook]:
        return self.those("new")

    @property
    def known(self) -> list[Outlook]:
        return self.those("known", "twice")

    @property
    def rejected(self) -> list[Outlook]:
        return self.those("rejected")


def preview_import(
    *, consultation: Consultation, rows: Iterable[Mapping[str, str]], by: Actor, at: datetime
) -> Preview:
    """Look at a table and store nothing. Raises Refused and documents.blocks.Unreadable."""
    require(by, "contributions.record")
    found = list(read_rows(consultation, rows, at))
    known = _known([read.key for _number, read in found if isinstance(read, ReadRow)])
    preview, seen = Preview(), dict[str, int]()
    for row, read in found:
        if isinstance(read, str):
            preview.rows.append(Outlook(row, "rejected", reason=read))
        elif read.key in known:
            preview.rows.append(Outlook(row, "known", read, number=known[read.key]))
        elif read.key in seen:
            preview.rows.append(Outlook(row, "twice", read, earlier=seen[read.key]))
        else:
            seen[read.key] = row
            preview.rows.append(Outlook(row, "new", read))
    return preview


def _known(keys: Sequence[str]) -> dict[str, str]:
    """The registry numbers of rows that were taken in before, by their keys."""
    by_digest = {digest(key): key for key in keys}
    digests = list(by_digest)
    known: dict[str, str] = {}
    for start in range(0, len(digests), ASKED_AT_ONCE):
        asked = digests[start : start + ASKED_AT_ONCE]
        rows = Contribution.objects.filter(idempotency_digest__in=asked)
        pairs = rows.values_list("idempotency_digest", "number")
        known |= {by_digest[found]: number for found, number in pairs}
    return known


def hold_table(
    *, consultation: Consultation, source: Path, name: str, by: Actor, at: datetime
) -> HeldTable:
    """Keep a table that was looked at for a day, in place of an earlier one of the same name."""
    require(by, "contributions.record")
    key = hold_file(source=source)
    for former in HeldTable.objects.filter(consultation=consultation, name=name):
        drop_table(table=former)
    return HeldTable.objects.create(consultation=consultation, key=key, name=name, looked_at=at)


def drop_table(*, table: HeldTable) -> None:
    """It was taken in, or is not wanted any more."""
    table.delete()
    transaction.on_commit(lambda key=table.key: drop_held(key=key))  # type: ignore[misc]
