"""Remarks among the staff, beside a passage; never public."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage, Remark


@transaction.atomic
def write_remark(*, passage: Passage, text: str, by: Actor, name: str, at: datetime) -> Remark:
    """Say something to the colleagues about a passage; `name` is how they know the person."""
    require(by, "strategy.remark")
    if not text.strip():
        raise Refused(_("Please write what you want to say."))
    remark = Remark.objects.create(
        edition_id=passage.edition_id,
        identity=passage.identity,
        text=text.strip(),
        author=by.id,
        author_name=name[:200],
        written_at=at,
    )
    _record("strategy.write_remark", remark, by, at)
    return remark


@transaction.atomic
def settle_remark(*, remark: Remark, by: Actor, at: datetime, is_settled: bool = True) -> Remark:
    """Say that a remark is dealt with, or that it is open again."""
    require(by, "strategy.remark")
    remark = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    remark.settled_at = at if is_settled else None
    remark.settled_by = (by.id or by.kind) if is_settled else ""
    remark.save(update_fields=["settled_at", "settled_by"])
    _record("strategy.settle_remark", remark, by, at, settled=is_settled)
    return remark


def _record(act: str, remark: Remark, by: Actor, at: datetime, **more: bool) -> None:
    record(
        act=act,
        subject=f"edition:{remark.edition.ref}",
        by=by,
        at=at,
        data={"remark": remark.pk, "passage": str(remark.identity), **more},
    )
