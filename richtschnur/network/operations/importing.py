"""Taking a table in: what is sure goes in, what is doubtful only as a person decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.network.models import (
    Contact,
    MatchKey,
    Organization,
    TableImport,
    digest,
    entry_of,
)
from richtschnur.network.operations.keeping import added, changed, held
from richtschnur.network.queries import (
    Plan,
    PlannedRow,
    TableRow,
    Verdict,
    name_key,
    plan_import,
    updated_entry,
)


@dataclass
class ImportReport:
    """What became of the rows; numbers count from the table's first row.

    `duplicates` are rows that say nothing new, and those that wait for a person's decision.
    """

    imported: int = 0
    updated: int = 0
    duplicates: int = 0
    rejected: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class Decision:
    """What a person decided on one row: a new organisation, the same as one, or leave it out.

    `fields` are those to take over; None takes all that differ.
    """

    is_new: bool = False
    same: int | None = None
    fields: tuple[str, ...] | None = None


def foreseen(plan: Plan) -> ImportReport:
    """What the import would report without any decision; nothing is stored."""
    return ImportReport(
        imported=plan.count(Verdict.NEW),
        updated=plan.count(Verdict.UPDATE),
        duplicates=plan.count(Verdict.SAME, Verdict.DOUBTFUL),
        rejected=_rejected(plan),
    )


def _rejected(plan: Plan) -> list[dict[str, object]]:
    return [
        {"row": planned.row.number, "reason": planned.row.trouble}
        for planned in plan.of(Verdict.BAD)
    ]


@transaction.atomic
def import_organizations(
    *,
    rows: Sequence[TableRow],
    by: Actor,
    at: datetime,
    decisions: Mapping[int, Decision] | None = None,
    key: str = "",
) -> ImportReport:
    """Take the rows in, all of them or (when something breaks) none.

    Rows are judged anew in the transaction. `decisions` are by the row's number. With a `key`
    (that of one preview) it happens once: raises Refused (code "repeated") afterwards.
    """
    require(by, "network.import")
    if key:
        _only_once(key, at)
    plan = plan_import(rows)
    report = ImportReport(rejected=_rejected(plan))
    for planned in plan.rows:
        if planned.verdict != Verdict.BAD:
            _take(planned, (decisions or {}).get(planned.row.number), report, by, at)
    data = {"imported": report.imported, "updated": report.updated}
    data |= {"duplicates": report.duplicates, "rejected": len(report.rejected)}
    record(act="network.import_organizations", subject="network:import", by=by, at=at, data=data)
    return report


def _only_once(key: str, at: datetime) -> None:
    try:
        with transaction.atomic():
            TableImport.objects.create(key=digest(key), imported_at=at)
    except IntegrityError:
        raise Refused(_("This table has just been imported."), code="repeated") from None


def _take(
    planned: PlannedRow,
    decision: Decision | None,
    report: ImportReport,
    by: Actor,
    at: datetime,
) -> None:
    row = planned.row
    if planned.verdict == Verdict.NEW and decision is None:
        decision = Decision(is_new=True)
    if planned.verdict in (Verdict.UPDATE, Verdict.SAME) and planned.target is not None:
        fields = decision.fields if decision else None
        decision = Decision(same=planned.target.pk, fields=fields)
    target = _named(planned, decision)
    if decision is not None and decision.is_new and planned.verdict != Verdict.SAME:
        organization = added(row.entry, by, at, imported=True)
        _keep_persons(organization, row, at)
        report.imported += 1
    elif decision is not None and target is not None:
        is_changed = _update(target, row, decision, by, at)
        report.updated += is_changed
        report.duplicates += not is_changed
        if planned.verdict == Verdict.DOUBTFUL:
            _confirm(target, row, by, at)
    else:
        report.duplicates += 1


def _named(planned: PlannedRow, decision: Decision | None) -> Organization | None:
    """The organisation that a decision names: only one that was proposed."""
    if decision is None or decision.same is None:
        return None
    proposed = [candidate.organization for candidate in planned.candidates]
    proposed += [planned.target] if planned.target else []
    return next((one for one in proposed if one.pk == decision.same), None)


def _update(
    target: Organization, row: TableRow, decision: Decision, by: Actor, at: datetime
) -> bool:
    target = held(target)
    entry = updated_entry(entry_of(target), row, decision.fields)
    fields = changed(target, entry, by, at, imported=True)
    return bool(_keep_persons(target, row, at)) or bool(fields)


def _keep_persons(organization: Organization, row: TableRow, at: datetime) -> int:
    """Persons that it does not have yet; says how many."""
    if not row.persons:
        return 0
    known = set(Contact.objects.filter(organization=organization).values_list("name", flat=True))
    new = [person for person in row.persons if person.name not in known]
    Contact.objects.bulk_create(
        Contact(organization=organization, created_at=at, **vars(person)) for person in new
    )
    return len(new)


def _confirm(target: Organization, row: TableRow, by: Actor, at: datetime) -> None:
    """Remember that a person said so: the next table's row of this name is this organisation."""
    key = f"same:{name_key(row.entry.name)}"[:220]
    _kept, is_new = MatchKey.objects.get_or_create(organization=target, key=key)
    if is_new:
        record(act="network.confirm_same", subject=target.subject, by=by, at=at)
