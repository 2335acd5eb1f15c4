"""The overview of answers as DOCX, ODT, PDF/UA, XLSX, ODS, CSV or JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any, cast

import rfc8785
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.queries import intake_counts
from richtschnur.contributions.states import speaker_kind
from richtschnur.county.queries import reference_document, the_county
from richtschnur.documents.paper import (
    Heading,
    Paper,
    PaperBlock,
    PaperFormat,
    Sheet,
    SheetFormat,
    Table,
    Text,
    Value,
)
from richtschnur.documents.writing import write, write_table
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries import (
    SynopsisRow,
    released_points,
    synopsis_points,
    synopsis_rows,
)
from richtschnur.evaluation.states import Decision, PointState
from richtschnur.ui.moments import moment_in_words

PAPERS = ("docx", "odt", "pdf")
SHEETS = ("xlsx", "ods", "csv")
FORMATS = (*PAPERS, *SHEETS, "json")


@dataclass
class Tally:
    """Counts rows and makes their checksum while they pass.

    The checksum is the SHA-256 of the rows' canonical JSON (RFC 8785), the same for every format.
    `left_out` counts the points that a public overview does not show yet.
    """

    rows: int = 0
    decided: int = 0
    reasoned: int = 0
    released: int = 0
    closed: int = 0
    left_out: int = 0
    _hash: Any = field(default_factory=lambda: hashlib.sha256(b"["))

    def counted(self, rows: Iterable[SynopsisRow]) -> Iterator[SynopsisRow]:
        """The same rows."""
        for row in rows:
            self._hash.update(b"," if self.rows else b"")
            self._hash.update(rfc8785.dumps(row.content()))
            self.rows += 1
            self.decided += bool(row.decision)
            self.reasoned += bool(row.reason)
            self.released += row.state == PointState.RELEASED
            self.closed += row.state == PointState.CLOSED
            yield row

    @property
    def sha256(self) -> str:
        """Of the rows so far."""
        whole = self._hash.copy()
        whole.update(b"]")
        return str(whole.hexdigest())

    @property
    def open(self) -> int:
        return self.rows + self.left_out - self.released - self.closed


def export_synopsis(
    consultation: Consultation,
    format: str,
    path: Path,
    *,
    at: datetime,
    public: bool = False,
    points: QuerySet[Point] | None = None,
) -> Tally:
    """Write the overview to `path`; `public` holds only what everyone may read.

    Raises OSError and documents.paper.Unwritable.
    """
    points = synopsis_points(consultation) if points is None else points
    waiting = points.exclude(pk__in=released_points(consultation)).exclude(state=PointState.CLOSED)
    tally = Tally(left_out=waiting.count() * public)
    rows = tally.counted(synopsis_rows(consultation, points, public=public))
    with override(consultation.strategy.language):
        if format in PAPERS:
            paper = _paper(consultation, list(rows), tally, at, public)
            own = reference_document(format)
            write(paper, cast(PaperFormat, format), path, reference=own.path if own else None)
        elif format == "json":
            _write_json(consultation, rows, tally, at, path, public=public)
        else:
            sheet = _sheet(consultation, rows, at, public)
            write_table(sheet, cast(SheetFormat, format), path)
    return tally


def completeness(tally: Tally) -> str:
    """Whether every point has decision, reason and release, in one line."""
    counts = {
        "rows": tally.rows + tally.left_out,
        "decided": tally.decided,
        "reasoned": tally.reasoned,
    }
    counts |= {"released": tally.released, "open": tally.open}
    return (
        _(
            "Of %(rows)s points %(decided)s are decided, %(reasoned)s reasoned, %(released)s"
            " released; open: %(open)s."
        )
        % counts
    )


def _paper(
    consultation: Consultation, rows: list[SynopsisRow], tally: Tally, at: datetime, public: bool
) -> Paper:
    county = the_county()
    notes = [
        (_("Consultation"), _("until %(end)s") % {"end": moment_in_words(consultation.ends_at)}),
        (_("State of"), moment_in_words(at)),
        (_("Completeness"), completeness(tally)),
        *_without_points(consultation, public=public),
        (_("Checksum of the rows (SHA-256)"), tally.sha256),
    ]
    if public:
        notes.insert(2, (_("Public version"), _("released answers only, without senders")))
    return Paper(
        title=_("Overview of answers"),
        subtitle=consultation.title,
        language=consultation.strategy.language,
        blocks=list(_blocks(rows, public)) or [Text(_("There is nothing in this overview yet."))],
        written_at=at,
        county=county.name,
        notes=tuple(notes),
        landscape=True,
        accent=county.accent,
    )


def _without_points(consultation: Consultation, *, public: bool) -> list[tuple[str, str]]:
    """What came in and has no row here, for staff: few nil returns would tell who sent them."""
    counts = intake_counts(consultation)
    if public or not (counts["nil_returns"] or counts["answers_only"]):
        return []
    said = _("%(nil_returns)s nil returns, %(answers_only)s with answers to questions only")
    return [(_("Contributions without a point"), said % counts)]


def _blocks(rows: list[SynopsisRow], public: bool) -> Iterator[PaperBlock]:
    for section, of_section in groupby(rows, key=lambda row: (row.section, row.passage is None)):
        title = section[0] or (_("On the whole paper") if section[1] else _("Without a heading"))
        yield Heading(2, title)
        yield _table(list(of_section), public)


def _table(rows: list[SynopsisRow], public: bool) -> Table:
    head = [_("No."), _("Passage"), _("What was said"), _("Decision"), _("Reason")]
    widths: tuple[float, ...] = (5, 22, 30, 17, 26)
    if not public:
        head.append(_("State"))
        widths = (4, 19, 27, 17, 23, 10)
    cells: list[tuple[str, ...]] = []
    last: tuple[int | None, str] | None = None
    for row in rows:
        cells.append(_cells(row, public, shows_passage=(row.passage, row.passage_text) != last))
        last = (row.passage, row.passage_text)
    return Table("", tuple(head), cells, widths)


def _cells(row: SynopsisRow, public: bool, *, shows_passage: bool) -> tuple[str, ...]:
    passage = _("Passage %(n)s") % {"n": row.passage} if row.passage else _("Whole paper")
    if shows_passage and row.passage_text:
        passage += f"\n{row.passage_text}"
    said = row.text or (_("(not published)") if public else _("(erased)"))
    if row.suggestion:
        said += "\n\n" + _("Suggested wording: %(words)s") % {"words": row.suggestion}
    if row.files:
        said += "\n\n" + _("Files: %(names)s") % {"names": ", ".join(row.files)}
    who = [part for part in (row.sender or speaker_kind(row.kind), row.contribution) if part]
    decision = _decision(row.decision)
    if row.forwarded_to:
        decision += f"\n{row.forwarded_to}"
    if row.topics:
        decision += "\n\n" + _("Topics: %(topics)s") % {"topics": ", ".join(row.topics)}
    cells = [str(row.number), passage, f"{' · '.join(who)}\n{said}", decision, row.reason]
    if not public:
        state = str(PointState(row.state).label)
        day = f"\n{localtime(row.released_at):%d.%m.%Y}" if row.released_at else ""
        cells.append(state + day)
    return tuple(cells)


def _sheet(
    consultation: Consultation, rows: Iterable[SynopsisRow], at: datetime, public: bool
) -> Sheet:
    head = [
        _("No."), _("Section"), _("Passage"), _("Words of the passage"), _("Kind"), _("From"),
        _("Contribution"), _("What was said"), _("Suggested wording"), _("Files"), _("Topics"),
        _("Decision"), _("Passed on to"),
        _("Reason"), _("State"), _("Released on"),
    ]  # fmt: skip
    title = _("Overview of answers")
    cells = (_columns(row) for row in rows)
    hidden = {head.index(_(name)) for name in ("Files", "Topics", "State")} if public else set()
    return Sheet(
        title,
        [name for i, name in enumerate(head) if i not in hidden],
        ([cell for i, cell in enumerate(row) if i not in hidden] for row in cells),
        consultation.strategy.language,
        at,
        _("Long texts"),
    )


def _columns(row: SynopsisRow) -> list[Value]:
    return [
        row.number,
        row.section,
        row.passage,
        row.passage_text,
        speaker_kind(row.kind),
        row.sender,
        row.contribution,
        row.text,
        row.suggestion,
        ", ".join(row.files),
        ", ".join(row.topics),
        _decision(row.decision),
        row.forwarded_to,
        row.reason,
        str(PointState(row.state).label),
        row.released_at,
    ]


def _decision(decision: str) -> str:
    return str(Decision(decision).label) if decision else ""


def _write_json(
    consultation: Consultation,
    rows: Iterator[SynopsisRow],
    tally: Tally,
    at: datetime,
    path: Path,
    *,
    public: bool,
) -> None:
    from richtschnur.documents.writing.target import replacing

    about = {"consultation": consultation.slug, "title": consultation.title, "at": at.isoformat()}
    with replacing(path) as target, target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(about, ensure_ascii=False)[:-1] + ', "points": [')
        for count, row in enumerate(rows):
            file.write(",\n" if count else "\n")
            file.write(json.dumps(row.content(), ensure_ascii=False))
        counts: dict[str, Any] = {
            "rows": tally.rows,
            "decided": tally.decided,
            "reasoned": tally.reasoned,
            "released": tally.released,
            "open": tally.open,
            "sha256": tally.sha256,
        }
        if not public:
            came = intake_counts(consultation)
            counts |= {name: came[name] for name in ("nil_returns", "answers_only")}
        file.write("\n], " + json.dumps(counts)[1:] + "\n")
