"""A spreadsheet of contributions, row by row; a bad row is reported and the others go in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

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
from richtschnur.contributions.rules import check_suggestion, check_text
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


# What people call the columns; a head that is none of these and none of ours is passed over.
ALSO_CALLED = {
    "absatz": "passage",
    "art": "kind",
    "wer": "kind",
    "organisation/verein": "organisation",
    "e-mail": "email",
    "mail": "email",
    "sprache": "language",
    "eingangsweg": "channel",
    "eingang": "received_at",
    "eingegangen am": "received_at",
    "rückmeldung": "text",
    "bemerkung": "text",
    "vorschlag": "suggestion",
    "nr": "id",
    "nummer": "id",
}


@dataclass
class RowReport:
    """What became of the rows; `rejected` holds the row's number in the file (head: 1)."""

    imported: int = 0
    duplicates: int = 0
    rejected: list[dict[str, object]] = field(default_factory=list)


@dataclass(frozen=True)
class ReadRow:
    """One row that can be taken in."""

    comment: NewComment
    kind: str
    channel: str
    person: Person
    language: str
    received_at: datetime
    key: str


def import_contributions(
    *, consultation: Consultation, rows: Iterable[Mapping[str, str]], by: Actor, at: datetime
) -> RowReport:
    """Take in rows with COLUMNS and LATER_COLUMNS (only `text` is needed), each by itself.

    The same row, or the same `id`, is taken once however often it is imported.
    """
    require(by, "contributions.record")
    report = RowReport()
    for number, read in read_rows(consultation, rows, at):
        if isinstance(read, str):
            report.rejected.append({"row": number, "reason": read})
            continue
        try:
            is_new = _take(consultation, read, by, at)
        except (Refused, ValidationError) as error:
            report.rejected.append({"row": number, "reason": sentence(error)})
            continue
        report.imported += is_new
        report.duplicates += not is_new
    return report


def read_rows(
    consultation: Consultation, rows: Iterable[Mapping[str, str]], at: datetime
) -> Iterator[tuple[int, ReadRow | str]]:
    """Each row's number in the file with what it says, or why it can't be taken in.

    Raises Refused when there is no column of texts.
    """
    edition = consultation.edition
    passages = {str(p.number): p for p in edition.passages.all()} if edition else {}
    passages |= {str(p.identity): p for p in passages.values()}
    for number, given in enumerate(rows, start=2):
        row = {ALSO_CALLED.get(name, name): value for name, value in given.items()}
        if number == 2 and "text" not in row:
            raise Refused(_("The table has no column “text”. The first row holds the names."))
        try:
            yield number, _read(consultation, row, passages, at)
        except (Refused, ValidationError) as error:
            yield number, sentence(error)


def sentence(error: Refused | ValidationError) -> str:
    """What was refused, in words."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _read(
    consultation: Consultation,
    row: Mapping[str, str],
    passages: dict[str, Passage],
    at: datetime,
) -> ReadRow:
    values = {name: (row.get(name) or "").strip() for name in (*COLUMNS, *LATER_COLUMNS)}
    passage = passages.get(values["passage"]) if values["passage"] else None
    if values["passage"] and passage is None:
        raise Refused(_("There is no passage “%(passage)s”.") % values)
    email = values["email"]
    if email:
        validate_email(email)
    text = check_text(row.get("text") or "")
    if not text.strip():
        raise Refused(_("There is no comment yet. Please write at least one."), code="empty")
    received_at = moment(values["received_at"]) if values["received_at"] else at
    if received_at > at:
        raise Refused(_("This lies in the future. Please check day and time."))
    return ReadRow(
        comment=NewComment(
            text, passage, suggestion=check_suggestion(values["suggestion"], passage)
        ),
        kind=_choice(values["kind"], Kind.choices, Kind.OTHER, "kind"),
        channel=_choice(values["channel"], Channel.choices, Channel.OTHER, "channel"),
        person=Person(values["name"][:200], values["organisation"][:200], email),
        language=values["language"][:10],
        received_at=received_at,
        key=_key(consultation, row, values["id"]),
    )


def _take(consultation: Consultation, read: ReadRow, by: Actor, at: datetime) -> bool:
    submitted = submit_contribution(
        consultation=consultation,
        comments=[read.comment],
        kind=read.kind,
        channel=read.channel,
        person=read.person,
        language=read.language,
        received_at=read.received_at,
        idempotency_key=read.key,
        by=by,
        at=at,
    )
    return submitted.is_new


def _choice(value: str, choices: Sequence[tuple[str, Any]], default: str, column: str) -> str:
    """The code of a choice that is given as code or by its name in the language in force."""
    if not value:
        return default
    for code, name in choices:
        if value.casefold() in (code, str(name).casefold()):
            return code
    raise Refused(
        _("“%(value)s” is not a %(column)s. Possible: %(allowed)s.")
        % {"value": value, "column": column, "allowed": ", ".join(code for code, _n in choices)}
    )


def _key(consultation: Consultation, row: Mapping[str, str], given: str) -> str:
    if given:
        return f"import:{consultation.slug}:id:{given}"
    cells = [(name, row.get(name) or "") for name in COLUMNS]
    cells += [(name, str(row[name])) for name in LATER_COLUMNS if row.get(name)]
    words = json.dumps(cells, ensure_ascii=False)
    return f"import:{consultation.slug}:row:{hashlib.sha256(words.encode()).hexdigest()}"
