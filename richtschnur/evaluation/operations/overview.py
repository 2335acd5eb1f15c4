"""The overview of answers: freezing a state of it, and showing one to everyone."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Any

import rfc8785
from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.queries import intake_counts
from richtschnur.evaluation.models import Notice, StateRow, SynopsisState
from richtschnur.evaluation.queries import (
    PARTS,
    SynopsisRow,
    Tally,
    left_out,
    synopsis_points,
    synopsis_rows,
)
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused

AT_A_TIME = 500
SALT_BYTES = 16


def freeze_overview(
    *,
    consultation: Consultation,
    by: Actor,
    at: datetime,
    title: str = "",
    shows_topics: bool = False,
) -> SynopsisState:
    """Keep the overview as it stands now, both versions of it, with their checksums.

    Nobody reads it from outside before it is published. Raises Refused when there is no point.
    """
    require(by, "evaluation.freeze")
    with _one_moment():
        Consultation.objects.select_for_update().get(pk=consultation.pk)
        if not synopsis_points(consultation).exists():
            raise Refused(
                _("There is nothing to freeze yet: nobody has said anything to this paper."),
                code="nothing-yet",
            )
        last = SynopsisState.objects.filter(consultation=consultation).aggregate(n=Max("number"))
        state = SynopsisState(
            consultation=consultation,
            number=(last["n"] or 0) + 1,
            title=title.strip(),
            shows_topics=shows_topics,
            frozen_at=at,
            frozen_by_id=int(by.id) if by.kind == "user" else None,
        )
        _fill(state)
        _record(state, "freeze", by, at, {"rows": state.counts["rows"], "sha256": state.sha256})
    return state


@transaction.atomic
def publish_overview(
    *, state: SynopsisState, is_public: bool, by: Actor, at: datetime
) -> SynopsisState:
    """Let everyone read the public version of a frozen state, or take it back."""
    require(by, "evaluation.freeze")
    state = SynopsisState.objects.select_for_update(of=("self",)).get(pk=state.pk)
    if is_public and state.consultation.publication == Publication.NOT:
        raise Refused(
            _("This consultation publishes no contributions, so its overview stays in the house."),
            code="not-published",
        )
    if is_public == (state.published_at is not None):
        return state
    state.published_at = at if is_public else None
    state.save(update_fields=["published_at"])
    _record(state, "publish" if is_public else "withdraw", by, at, {})
    return state


def forget_words(entry: JournalEntry) -> None:
    """From frozen states go the words and the name of a contribution that two people erased."""
    kept = StateRow.objects.filter(contribution=entry.made.pk)
    kept.update(words="", name="")
    kept.filter(is_released=False).update(answer="")
    Notice.objects.filter(contribution=entry.made, replied_at__isnull=True).delete()


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that reads everything as it was at one moment."""
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if is_first and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _fill(state: SynopsisState) -> None:
    """Write the rows of both versions, then the state with their counts and checksums."""
    points = synopsis_points(state.consultation)
    kept = {}
    for public in (False, True):
        rows = synopsis_rows(
            state.consultation, points, public=public, shows_topics=state.shows_topics
        )
        tally = kept[public] = Tally(left_out=left_out(state.consultation, points) * public)
        salted = tally.counted(replace(row, salts=_salts()) for row in rows)
        while chunk := list(islice(salted, AT_A_TIME)):
            StateRow.objects.bulk_create([_kept(state, row, public) for row in chunk])
    came = intake_counts(state.consultation)
    intake = {name: came[name] for name in ("nil_returns", "answers_only")}
    state.counts, state.sha256 = kept[False].counts() | intake, kept[False].sha256
    state.public_counts, state.public_sha256 = kept[True].counts(), kept[True].sha256
    state.save(force_insert=True)


def _salts() -> dict[str, str]:
    return {part: secrets.token_hex(SALT_BYTES) for part in PARTS if part != "place"}


def _kept(state: SynopsisState, row: SynopsisRow, public: bool) -> StateRow:
    parts = {name: rfc8785.dumps(row.part(name)).decode() for name in PARTS}
    digests = dict(zip(PARTS, row.digests(), strict=True))
    return StateRow(
        state_id=state.pk,
        is_public=public,
        number=row.number,
        point=row.point,
        contribution=row.contribution_id,
        is_released=row.state == PointState.RELEASED,
        topic=row.topics[0] if row.topics else "",
        **parts,
        **{f"{name}_digest": digests[name] for name in PARTS if name != "place"},
    )


def _record(state: SynopsisState, act: str, by: Actor, at: datetime, data: dict[str, Any]) -> None:
    about = {
        "consultation": state.consultation.slug,
        "number": state.number,
        "public_sha256": state.public_sha256,
    }
    record(
        act=f"evaluation.{act}_overview",
        subject=f"overview:{state.pk}",
        by=by,
        at=at,
        data=about | data,
    )
