"""Frozen states of an overview: which there are, and their rows as they may be read today."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Case, QuerySet, When
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import StateRow, SynopsisState
from richtschnur.evaluation.queries.synopsis import CHUNK, PARTS, SynopsisRow, public_rows_of
from richtschnur.journal.refusals import Refused

_KEPT = ("words", "name", "answer")


def states_of(consultation: Consultation) -> QuerySet[SynopsisState]:
    """All frozen states, the newest first."""
    rows = SynopsisState.objects.filter(consultation=consultation).select_related("frozen_by")
    return rows.order_by("-number")


def state_of(consultation: Consultation, number: int | None) -> SynopsisState:
    """One frozen state by its number. Raises Refused when there is none."""
    found = states_of(consultation).filter(number=number or 0).first()
    if found is None:
        raise Refused(
            _("There is no such frozen state of this overview. Please look at the list of states."),
            code="not-found",
        )
    found.consultation = consultation
    return found


def published_state(consultation: Consultation) -> SynopsisState | None:
    """The newest frozen state that everyone may read, or None."""
    return states_of(consultation).filter(published_at__isnull=False).first()


def frozen_rows(state: SynopsisState, *, public: bool) -> Iterator[SynopsisRow]:
    """The rows in the paper's order, read in chunks.

    What was erased is gone from every row. From a public row words or name are gone, too, when
    they may not be read by everyone any more: a comment held back or blacked out anew, a consent
    taken back. The digests of what is gone stay, so that the checksum still holds.
    """
    kept = StateRow.objects.filter(state=state, is_public=public).order_by("number")
    rows = kept.iterator(chunk_size=CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        yield from _shown(state, chunk, public)


def public_page_of(state: SynopsisState, *, by_topic: bool) -> QuerySet[StateRow]:
    """The public rows as they are kept, to be parted into pages; without a topic comes last."""
    kept = StateRow.objects.filter(state=state, is_public=True)
    last = Case(When(topic="", then=1), default=0)
    return kept.order_by(last, "topic", "number") if by_topic else kept.order_by("number")


def public_rows(state: SynopsisState, kept: Sequence[StateRow]) -> list[SynopsisRow]:
    """These rows as everyone may read them today. Constant queries."""
    return list(_shown(state, kept, True))


def _shown(state: SynopsisState, kept: Sequence[StateRow], public: bool) -> Iterator[SynopsisRow]:
    hidden = _hidden(state.consultation, kept) if public else {}
    for row in kept:
        yield _row(row, hidden.get(row.number, ()))


def _hidden(consultation: Consultation, chunk: Sequence[StateRow]) -> dict[int, tuple[str, ...]]:
    """By number which parts of these public rows everyone may read no more."""
    today = public_rows_of(consultation, [row.point for row in chunk])
    found = {}
    for row in chunk:
        present = today.get(row.point)
        parts = [
            part for part in ("words", "name") if not _is_open(getattr(row, part), part, present)
        ]
        if parts:
            found[row.number] = tuple(parts)
    return found


def _is_open(kept: str, part: str, present: SynopsisRow | None) -> bool:
    if not kept:
        return True
    said = json.loads(kept)
    said.pop("salt", None)
    return not any(said.values()) or (present is not None and present.part(part) == said)


def _row(row: StateRow, hidden: Sequence[str]) -> SynopsisRow:
    fields: dict[str, Any] = {name: "" for part in _KEPT for name in PARTS[part]}
    fields |= {"files": ()} | json.loads(row.place)
    salts, gone = {}, {}
    for part in _KEPT:
        kept = getattr(row, part)
        if not kept or part in hidden:
            gone[part] = getattr(row, f"{part}_digest")
            continue
        said = json.loads(kept)
        salts[part] = said.pop("salt")
        fields |= said
    for moment in ("released_at", "replied_at"):
        fields[moment] = datetime.fromisoformat(fields[moment]) if fields.get(moment) else None
    fields |= {name: tuple(fields[name]) for name in ("topics", "files")}
    fields |= {"point": row.point, "contribution_id": row.contribution}
    return SynopsisRow(**fields, salts=salts, gone=gone)
