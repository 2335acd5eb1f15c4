"""The overview's columns: all of them in a spreadsheet, several in one of a paper's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.states import speaker_kind
from richtschnur.documents.paper import Sheet, Value
from richtschnur.evaluation.queries import SynopsisRow
from richtschnur.evaluation.states import Decision, PointState


@dataclass(frozen=True)
class Column:
    """One column of the spreadsheet; `value` says what of a row stands in it."""

    title: Any
    value: Callable[[SynopsisRow], Value]


def decision_word(decision: str) -> str:
    """The decision in the language in force, "" without one."""
    return str(Decision(decision).label) if decision else ""


COLUMNS: dict[str, Column] = {
    "number": Column(gettext_lazy("No."), lambda row: row.number),
    "section": Column(gettext_lazy("Section"), lambda row: row.section),
    "passage": Column(gettext_lazy("Passage"), lambda row: row.passage),
    "passage_text": Column(gettext_lazy("Words of the passage"), lambda row: row.passage_text),
    "kind": Column(gettext_lazy("Kind"), lambda row: speaker_kind(row.kind)),
    "sender": Column(gettext_lazy("From"), lambda row: row.sender),
    "contribution": Column(gettext_lazy("Contribution"), lambda row: row.contribution),
    "text": Column(gettext_lazy("What was said"), lambda row: row.text),
    "suggestion": Column(gettext_lazy("Suggested wording"), lambda row: row.suggestion),
    "files": Column(gettext_lazy("Files"), lambda row: ", ".join(row.files)),
    "topics": Column(gettext_lazy("Topics"), lambda row: ", ".join(row.topics)),
    "decision": Column(gettext_lazy("Decision"), lambda row: decision_word(row.decision)),
    "forwarded_to": Column(gettext_lazy("Passed on to"), lambda row: row.forwarded_to),
    "reason": Column(gettext_lazy("Reason"), lambda row: row.reason),
    "state": Column(gettext_lazy("State"), lambda row: str(PointState(row.state).label)),
    "released_at": Column(gettext_lazy("Released on"), lambda row: row.released_at),
    "replied_at": Column(gettext_lazy("Replied on"), lambda row: row.replied_at),
}
INTERNAL = frozenset(["files", "state"])  # never in a public overview


def chosen_columns(
    wanted: Iterable[str], *, public: bool, shows_topics: bool = False
) -> frozenset[str]:
    """The columns that a file has: those asked for, or all; a public one has no choice."""
    asked = frozenset(wanted) & COLUMNS.keys()
    if not public:
        return asked or frozenset(COLUMNS)
    return frozenset(COLUMNS) - INTERNAL - (frozenset() if shows_topics else {"topics"})


def synopsis_sheet(
    consultation: Consultation, rows: Iterator[SynopsisRow], at: datetime, columns: frozenset[str]
) -> Sheet:
    """All rows as a sheet; they pass one by one."""
    used = [column for name, column in COLUMNS.items() if name in columns]
    return Sheet(
        _("Overview of answers"),
        [str(column.title) for column in used],
        ([column.value(row) for column in used] for row in rows),
        consultation.strategy.language,
        at,
        _("Long texts"),
    )
