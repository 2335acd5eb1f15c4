"""The overview of answers as DOCX, ODT, PDF/UA, XLSX, ODS, CSV or JSON, frozen or as it stands.

The rows are read once and put by in a temporary file, so that counts and checksum can stand on
top and ten thousand rows need no more memory than ten.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.queries import intake_counts
from richtschnur.county.queries import reference_document, the_county
from richtschnur.documents.paper import Paper, PaperFormat, SheetFormat
from richtschnur.documents.writing import write, write_table
from richtschnur.documents.writing.target import replacing
from richtschnur.evaluation.exports.columns import chosen_columns, synopsis_sheet
from richtschnur.evaluation.exports.papers import synopsis_blocks
from richtschnur.evaluation.exports.spool import Spool
from richtschnur.evaluation.models import Point, SynopsisState
from richtschnur.evaluation.queries import (
    Tally,
    frozen_rows,
    left_out,
    synopsis_points,
    synopsis_rows,
)
from richtschnur.evaluation.states import PAPERS, Order
from richtschnur.journal.refusals import Refused
from richtschnur.ui.moments import moment_in_words


@dataclass(frozen=True)
class _Export:
    """What is exported: `state` None for the overview as it stands, `at` when that was."""

    consultation: Consultation
    state: SynopsisState | None
    at: datetime
    public: bool
    order: str
    columns: frozenset[str]
    intake: dict[str, int]


def export_synopsis(
    consultation: Consultation,
    format: str,
    path: Path,
    *,
    at: datetime,
    public: bool = False,
    points: QuerySet[Point] | None = None,
    state: SynopsisState | None = None,
    order: str = Order.PASSAGE,
    columns: Iterable[str] = (),
) -> Tally:
    """Write the overview to `path`; `public` holds only what everyone may read.

    With `state` that frozen state, else the overview of these `points` (all) as it stands. `order`
    is one of Order; `columns` (Column, all) are chosen for the working version only, and not in
    JSON. Raises OSError, documents.paper.Unwritable, and Refused when a frozen row was changed.
    """
    shows_topics = not public or (state is not None and state.shows_topics)
    chosen = chosen_columns(columns, public=public, shows_topics=shows_topics)
    came = intake_counts(consultation) if state is None else state.counts
    intake = {name: came.get(name, 0) for name in ("nil_returns", "answers_only")}
    moment = localtime(state.frozen_at if state else at)
    export = _Export(consultation, state, moment, public, order, chosen, intake)
    tally = Tally()
    if state is not None:
        rows = tally.counted(frozen_rows(state, public=public))
    else:
        points = synopsis_points(consultation) if points is None else points
        tally.left_out = left_out(consultation, points) * public
        rows = tally.counted(synopsis_rows(consultation, points, public=public))
    with Spool(rows, order) as spool:
        if state is not None:
            tally = _checked(state, tally, public=public)  # refuses in the reader's language
        with override(consultation.strategy.language):
            _write(export, spool, tally, format, path)
    return tally


def _checked(state: SynopsisState, tally: Tally, *, public: bool) -> Tally:
    """The state's own counts, once its rows have the checksum that it was frozen with."""
    counts, sha256 = (
        (state.public_counts, state.public_sha256) if public else (state.counts, state.sha256)
    )
    if tally.sha256 != sha256:
        raise Refused(
            _(
                "The rows of this frozen state no longer have its checksum: somebody changed them"
                " past this program. Nothing was written. Please look at a backup."
            ),
            code="tampered",
        )
    return Tally.kept(counts, tally)


def completeness(tally: Tally) -> str:
    """Whether every point has decision, reason, release and reply, in one line."""
    counts = tally.counts() | {"rows": tally.rows + tally.left_out, "open": tally.open}
    return (
        _(
            "Of %(rows)s points %(decided)s are decided, %(reasoned)s reasoned, %(released)s"
            " released, %(replied)s replied to; open: %(open)s."
        )
        % counts
    )


def state_in_words(state: SynopsisState | None, at: datetime) -> str:
    """Which state a file holds, and when that was."""
    moment = moment_in_words(at)
    if state is None:
        return _("%(moment)s, draft state (not frozen)") % {"moment": moment}
    said = {"number": state.number, "moment": moment}
    return _("%(moment)s, frozen as state %(number)s") % said


def _write(export: _Export, spool: Spool, tally: Tally, format: str, path: Path) -> None:
    if format in PAPERS:
        own = reference_document(format)
        reference = own.path if own else None
        write(_paper(export, spool, tally), cast(PaperFormat, format), path, reference=reference)
    elif format == "json":
        _write_json(export, spool, tally, path)
    else:
        sheet = synopsis_sheet(export.consultation, spool.rows(), export.at, export.columns)
        write_table(sheet, cast(SheetFormat, format), path)


def _paper(export: _Export, spool: Spool, tally: Tally) -> Paper:
    county, consultation = the_county(), export.consultation
    ends = {"end": moment_in_words(consultation.ends_at)}
    notes = [
        (_("Consultation"), _("until %(end)s") % ends),
        (_("State of"), state_in_words(export.state, export.at)),
        (_("Completeness"), completeness(tally)),
        *_without_points(export),
        (_("Checksum of the rows (SHA-256)"), tally.sha256),
    ]
    if export.public:
        notes.insert(2, (_("Public version"), _("released answers only, without senders")))
    return Paper(
        title=_("Overview of answers"),
        subtitle=consultation.title,
        language=consultation.strategy.language,
        blocks=synopsis_blocks(spool, export.columns, public=export.public),
        written_at=export.at,
        county=county.name,
        notes=tuple(notes),
        landscape=True,
        accent=county.accent,
    )


def _without_points(export: _Export) -> list[tuple[str, str]]:
    """What came in and has no row here, for staff: few nil returns would tell who sent them."""
    if export.public or not any(export.intake.values()):
        return []
    said = _("%(nil_returns)s nil returns, %(answers_only)s with answers to questions only")
    return [(_("Contributions without a point"), said % export.intake)]


def _write_json(export: _Export, spool: Spool, tally: Tally, path: Path) -> None:
    consultation, state = export.consultation, export.state
    about: dict[str, Any] = {"consultation": consultation.slug, "title": consultation.title}
    about |= {"at": export.at.isoformat(), "state": state.number if state else None}
    with replacing(path) as target, target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(json.dumps(about, ensure_ascii=False)[:-1] + ', "points": [')
        for count, row in enumerate(spool.rows()):
            file.write(",\n" if count else "\n")
            file.write(json.dumps(row.content(), ensure_ascii=False))
        counts: dict[str, Any] = tally.counts() | {"open": tally.open, "sha256": tally.sha256}
        counts |= {} if export.public else export.intake
        file.write("\n], " + json.dumps(counts)[1:] + "\n")
