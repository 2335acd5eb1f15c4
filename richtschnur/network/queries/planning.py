"""What an import would do, row by row, before anything is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from django.utils.translation import gettext as _

from richtschnur.network.models import (
    LISTS,
    Entry,
    Organization,
    changed_fields,
    entry_of,
)
from richtschnur.network.queries.likeness import (
    Candidate,
    alike,
    by_identity,
    keys_of,
    name_key,
    said_to_be,
)
from richtschnur.network.queries.tables import TableRow


class Verdict(StrEnum):
    """What a row is: `DOUBTFUL` ones are proposed, a person decides."""

    NEW = "new"
    UPDATE = "update"
    SAME = "same"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True)
class PlannedRow:
    """A row with what is known of it.

    `target` is the organisation it is (UPDATE, SAME) or probably is (DOUBTFUL, the likeliest of
    `candidates`), `changes` the fields in which the row says something else. `twin` is the number
    of an earlier new row of the table that looks the same.
    """

    row: TableRow
    verdict: Verdict
    target: Organization | None = None
    candidates: tuple[Candidate, ...] = ()
    changes: tuple[str, ...] = ()
    twin: int = 0


@dataclass(frozen=True)
class Plan:
    """All rows of a table in their order."""

    rows: list[PlannedRow] = field(default_factory=list)

    def of(self, *verdicts: Verdict) -> list[PlannedRow]:
        """The rows with one of these verdicts."""
        return [planned for planned in self.rows if planned.verdict in verdicts]

    def count(self, *verdicts: Verdict) -> int:
        return len(self.of(*verdicts))


def updated_entry(present: Entry, row: TableRow, only: Sequence[str] | None = None) -> Entry:
    """The entry after the row's fields (those of `only`) were taken over.

    Lists grow and nothing is dropped from them: a table seldom says all that is known.
    """
    data = present.as_data()
    for name in row.given if only is None else [n for n in only if n in row.given]:
        said = getattr(row.entry, name)
        if name in LISTS:
            said = list(dict.fromkeys([*getattr(present, name), *said]))
        data[name] = said
    return Entry.from_data(data)


def plan_import(rows: Sequence[TableRow]) -> Plan:
    """Say of each row what it is. A constant number of queries for up to some hundred rows."""
    good = [row for row in rows if not row.trouble]
    known = by_identity({row.identity for row in good if row.identity})
    confirmed = said_to_be(row.entry.name for row in good)
    likely = dict(zip([r.number for r in good], alike([r.entry for r in good]), strict=True))
    plan, seen = Plan(), _Seen()
    for row in rows:
        if row.trouble:
            plan.rows.append(PlannedRow(row, Verdict.BAD))
            continue
        target = known.get(row.identity) or confirmed.get(name_key(row.entry.name))
        if target is not None:
            plan.rows.append(_update(row, target))
        else:
            plan.rows.append(_unknown(row, likely[row.number], seen))
    return plan


def _update(row: TableRow, target: Organization) -> PlannedRow:
    if target.archived_at is not None:
        said = _("“%(name)s” is in the archive. Please bring it back first.")
        return PlannedRow(replace(row, trouble=said % {"name": target.name}), Verdict.BAD)
    changes = _changes(row, target)
    verdict = Verdict.UPDATE if changes else Verdict.SAME
    return PlannedRow(row, verdict, target, changes=changes)


def _changes(row: TableRow, target: Organization) -> tuple[str, ...]:
    present = entry_of(target)
    return changed_fields(present, updated_entry(present, row))


class _Seen:
    """The keys of new rows so far, to find a second row of the same."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def twin(self, row: TableRow) -> int:
        keys = [k for k in keys_of(row.entry) if not k.startswith("site:")]
        found = next((self._numbers[key] for key in keys if key in self._numbers), 0)
        for key in keys:
            self._numbers.setdefault(key, row.number)
        return found


def _unknown(row: TableRow, candidates: list[Candidate], seen: _Seen) -> PlannedRow:
    if candidates:
        likeliest = candidates[0].organization
        return PlannedRow(
            row, Verdict.DOUBTFUL, likeliest, tuple(candidates), _changes(row, likeliest)
        )
    twin = seen.twin(row)
    return PlannedRow(row, Verdict.DOUBTFUL if twin else Verdict.NEW, twin=twin)
