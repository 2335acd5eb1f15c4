"""The overview's columns: all of them in a spreadsheet, several in one of a paper's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.states import speaker_kind
from richtschnur.documents.paper import Sheet, Value
from richtschnur.evaluation.queries import SynopsisRow
from richtschnur.evaluation.states import Column, Decision, PointState


def decision_word(decision: str) -> str:
    """The decision in the language in force, "" without one."""
    return str(Decision(decision).label) if decision else ""


VALUES: dict[str, Callable[[SynopsisRow], Value]] = {
    Column.NUMBER: lambda row: row.number,
    Column.SECTION: lambda row: row.section,
    Column.PASSAGE: lambda row: row.passage,
    Column.PASSAGE_TEXT: lambda row: row.passage_text,
    Column.KIND: lambda row: speaker_kind(row.kind),
    Column.SENDER: lambda row: row.sender,
    Column.CONTRIBUTION: lambda row: row.contribution,
    Column.TEXT: lambda row: row.text,
    Column.SUGGESTION: lambda row: row.suggestion,
    Column.FILES: lambda row: ", ".join(row.files),
    Column.TOPICS: lambda row: ", ".join(row.topics),
    Column.DECISION: lambda row: decision_word(row.decision),
    Column.FORWARDED_TO: lambda row: row.forwarded_to,
    Column.REASON: lambda row: row.reason,
    Column.STATE: lambda row: str(PointState(row.state).label),
    Column.RELEASED_AT: lambda row: row.released_at,
    Column.REPLIED_AT: lambda row: row.replied_at,
}
INTERNAL = frozenset(["files", "state"])  # never in a public overview


def chosen_columns(
    wanted: Iterable[str], *, public: bool, shows_topics: bool = False
) -> frozenset[str]:
    """The columns that a file has: those asked for, or all; a public one has no choice."""
    asked = frozenset(wanted) & VALUES.keys()
    if not public:
        return asked or frozenset(VALUES)
    return frozenset(VALUES) - INTERNAL - (frozenset() if shows_topics else {"topics"})


def synopsis_sheet(
    consultation: Consultation, rows: Iterator[SynopsisRow], at: datetime, columns: frozenset[str]
) -> Sheet:
    """All rows as a sheet; they pass one by one."""
    used = [column for column in Column if column in columns]
    return Sheet(
        _("Overview of answers"),
        [str(column.label) for column in used],
        ([VALUES[column](row) for column in used] for row in rows),
        consultation.strategy.language,
        at,
        _("Long texts"),
    )
