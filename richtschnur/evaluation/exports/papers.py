"""The overview as a paper: a heading for each section, topic or contributor, a table under it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from richtschnur.contributions.states import speaker_kind
from richtschnur.documents.paper import Heading, PaperBlock, Table, Text
from richtschnur.evaluation.exports.columns import decision_word
from richtschnur.evaluation.exports.spool import Group, Spool
from richtschnur.evaluation.queries import SynopsisRow
from richtschnur.evaluation.states import Order, PointState

# Each column of the table: its share of the width, and the columns of the sheet that it holds.
_TABLE: dict[str, tuple[float, tuple[str, ...]]] = {
    "number": (4, ("number",)),
    "passage": (19, ("passage", "passage_text")),
    "said": (27, ("kind", "sender", "contribution", "text", "suggestion", "files")),
    "decision": (17, ("decision", "forwarded_to", "topics")),
    "reason": (23, ("reason",)),
    "state": (10, ("state", "released_at", "replied_at")),
}


def synopsis_blocks(spool: Spool, columns: frozenset[str], *, public: bool) -> list[PaperBlock]:
    """Headings and tables; the tables' rows are read while they are written."""
    blocks: list[PaperBlock] = []
    for group in spool.groups():
        blocks.append(Heading(2, _title(group, spool.order)))
        blocks.append(_table(_Rows(spool, group.places, columns, public)))
    return blocks or [Text(_("There is nothing in this overview yet."))]


def _title(group: Group, order: str) -> str:
    if order == Order.TOPIC:
        return str(group.key[0]) or _("Without a topic")
    if order == Order.CONTRIBUTOR:
        sender, kind, number = group.key
        return " · ".join(part for part in (sender or speaker_kind(kind), number) if part)
    section, is_whole = group.key
    return section or (_("On the whole paper") if is_whole else _("Without a heading"))


@dataclass(frozen=True)
class _Rows:
    """A group's rows as cells, read anew each time."""

    spool: Spool
    places: Sequence[int]
    columns: frozenset[str]
    public: bool

    @property
    def shown(self) -> list[str]:
        """The table's columns that hold something that was chosen."""
        used = self.columns - ({"state", "released_at", "replied_at"} if self.public else set())
        return [name for name, (_share, holds) in _TABLE.items() if used & set(holds)]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        last: tuple[Any, ...] | None = None
        shown = self.shown
        for row in self.spool.at(self.places):
            place = (row.section, row.passage, row.passage_text)
            cells = _cells(row, self.columns, self.public, shows_passage=place != last)
            last = place
            yield tuple(cells[name] for name in shown)


def _table(rows: _Rows) -> Table:
    titles = {
        "number": _("No."),
        "passage": _("Passage"),
        "said": _("What was said"),
        "decision": _("Decision"),
        "reason": _("Reason"),
        "state": _("State"),
    }
    head = tuple(titles[name] for name in rows.shown)
    return Table("", head, rows, tuple(_TABLE[name][0] for name in rows.shown))


def _cells(
    row: SynopsisRow, columns: frozenset[str], public: bool, *, shows_passage: bool
) -> dict[str, str]:
    return {
        "number": str(row.number),
        "passage": _passage(row, columns, shows_passage),
        "said": _said(row, columns, public),
        "decision": _decision(row, columns),
        "reason": row.reason or (_("(erased)") if "answer" in row.gone else ""),
        "state": _state(row, columns),
    }


def _passage(row: SynopsisRow, columns: frozenset[str], shows_words: bool) -> str:
    name = _("Passage %(n)s") % {"n": row.passage} if row.passage else _("Whole paper")
    lines = [name] if "passage" in columns else []
    if shows_words and "passage_text" in columns and row.passage_text:
        lines.append(row.passage_text)
    return "\n".join(lines)


def _said(row: SynopsisRow, columns: frozenset[str], public: bool) -> str:
    who = [
        row.sender if "sender" in columns else "",
        speaker_kind(row.kind) if "kind" in columns and not row.sender else "",
        row.contribution if "contribution" in columns else "",
    ]
    parts = [" · ".join(part for part in who if part)]
    if "text" in columns:
        parts[0] += "\n" + (row.text or (_("(not published)") if public else _("(erased)")))
    if row.suggestion and "suggestion" in columns:
        parts.append(_("Suggested wording: %(words)s") % {"words": row.suggestion})
    if row.files and "files" in columns:
        parts.append(_("Files: %(names)s") % {"names": ", ".join(row.files)})
    return "\n\n".join(parts).strip()


def _decision(row: SynopsisRow, columns: frozenset[str]) -> str:
    said = decision_word(row.decision) if "decision" in columns else ""
    if row.forwarded_to and "forwarded_to" in columns:
        said += f"\n{row.forwarded_to}"
    if row.topics and "topics" in columns:
        said += "\n\n" + _("Topics: %(topics)s") % {"topics": ", ".join(row.topics)}
    return said.strip()


def _state(row: SynopsisRow, columns: frozenset[str]) -> str:
    lines = [str(PointState(row.state).label)] if "state" in columns else []
    if row.released_at and "released_at" in columns:
        lines.append(f"{localtime(row.released_at):%d.%m.%Y}")
    if row.replied_at and "replied_at" in columns:
        lines.append(_("replied on %(day)s") % {"day": f"{localtime(row.replied_at):%d.%m.%Y}"})
    return "\n".join(lines)
