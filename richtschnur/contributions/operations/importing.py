"""A spreadsheet of contributions, row by row; a bad row is reported and the others go in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.operations.submission import (
    NewComment,
    Person,
    submit_contribution,
)
from richtschnur.contributions.states import Channel, Kind
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage
from richtschnur.ui.commands import moment

COLUMNS = (
    "text",
    "passage",
    "kind",
    "organisation",
    "name",
    "email",
    "language",
    "channel",
    "received_at",
    "id",
)
# Not in a row's key unless filled: rows that were known before stay known.
LATER_COLUMNS = ("suggestion",)


@dataclass
class RowReport:
    """What became of the rows; `rejected` holds the row's number in the file (head: 1)."""

    imported: int = 0
    duplicates: int = 0
    rejected: list[dict[str, object]] = field(default_factory=list)


def import_contributions(
    *, consultation: Consultation, rows: Iterable[Mapping[str, str]], by: Actor, at: datetime
) -> RowReport:
    """Take in rows with COLUMNS and LATER_COLUMNS (only `text` is needed), each by itself.

    The same row, or the same `id`, is taken once however often it is imported.
    """
    require(by, "contributions.record")
    edition = consultation.edition
    passages = {str(p.number): p for p in edition.passages.all()} if edition else {}
    passages |= {str(p.identity): p for p in passages.values()}
    report = RowReport()
    for number, row in enumerate(rows, start=2):
        if number == 2 and "text" not in row:
            raise Refused(_("The table has no column “text”. The first row holds the names."))
        try:
            is_new = _take(consultation, row, passages, by, at)
        except (Refused, ValidationError) as error:
            reason = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
            report.rejected.append({"row": number, "reason": reason})
            continue
        report.imported += is_new
        report.duplicates += not is_new
    return report


def _take(
    consultation: Consultation,
    row: Mapping[str, str],
    passages: dict[str, Passage],
    by: Actor,
    at: datetime,
) -> bool:
    values = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *LATER_COLUMNS)}
    passage = passages.get(values["passage"]) if values["passage"] else None
    if values["passage"] and passage is None:
        raise Refused(_("There is no passage “%(passage)s”.") % values)
    email = values["email"]
    if email:
        validate_email(email)
    submitted = submit_contribution(
        consultation=consultation,
        comments=[NewComment(row.get("text") or "", passage, values["suggestion"])],
        kind=_choice(values["kind"], Kind.values, Kind.OTHER, "kind"),
        channel=_choice(values["channel"], Channel.values, Channel.OTHER, "channel"),
        person=Person(values["name"][:200], values["organisation"][:200], email),
        language=values["language"][:10],
        received_at=moment(values["received_at"]) if values["received_at"] else at,
        idempotency_key=_key(consultation, row, values["id"]),
        by=by,
        at=at,
    )
    return submitted.is_new


def _choice(value: str, allowed: list[str], default: str, column: str) -> str:
    if not value:
        return default
    if value not in allowed:
        raise Refused(
            _("“%(value)s” is not a %(column)s. Possible: %(allowed)s.")
            % {"value": value, "column": column, "allowed": ", ".join(allowed)}
        )
    return value


def _key(consultation: Consultation, row: Mapping[str, str], given: str) -> str:
    if given:
        return f"import:{consultation.slug}:id:{given}"
    cells = [(name, row.get(name) or "") for name in COLUMNS]
    cells += [(name, str(row[name])) for name in LATER_COLUMNS if row.get(name)]
    words = json.dumps(cells, ensure_ascii=False)
    return f"import:{consultation.slug}:row:{hashlib.sha256(words.encode()).hexdigest()}"
