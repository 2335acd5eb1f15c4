"""Boilerplates: kept, changed, retired and taken back into use."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import Boilerplate, Topic
from richtschnur.evaluation.rules import PLACEHOLDERS, unknown
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Strategy


@transaction.atomic
def keep_boilerplate(
    *,
    strategy: Strategy,
    name: str,
    reason: str,
    by: Actor,
    at: datetime,
    topic: Topic | None = None,
    decision: str = "",
    forwarded_to: str = "",
    boilerplate: Boilerplate | None = None,
) -> Boilerplate:
    """Keep a new boilerplate of a paper, or change `boilerplate`.

    Raises Refused when the name is taken, words are missing or a placeholder is unknown; its code
    names the field.
    """
    require(by, "evaluation.boilerplates")
    name, reason = name.strip(), check_text(reason).strip()
    row = boilerplate or Boilerplate(strategy=strategy)
    _check(row, name, reason)
    row.name, row.reason, row.topic = name, reason, topic
    row.decision, row.forwarded_to = decision, forwarded_to.strip()
    row.save()
    _record(row, "evaluation.keep_boilerplate", by, at)
    return row


@transaction.atomic
def retire_boilerplate(
    *, boilerplate: Boilerplate, by: Actor, at: datetime, retired: bool = True
) -> Boilerplate:
    """Offer it no more, or again."""
    require(by, "evaluation.boilerplates")
    boilerplate.retired_at = at if retired else None
    boilerplate.save(update_fields=["retired_at"])
    act = "retire_boilerplate" if retired else "restore_boilerplate"
    _record(boilerplate, f"evaluation.{act}", by, at)
    return boilerplate


def _check(row: Boilerplate, name: str, reason: str) -> None:
    if not name:
        raise Refused(_("Please give the boilerplate a name."), code="name")
    if not reason:
        raise Refused(_("Please write the words of the answer."), code="reason")
    others = Boilerplate.objects.filter(strategy=row.strategy_id, name=name).exclude(pk=row.pk)
    if others.exists():
        raise Refused(_("There is a boilerplate with this name already."), code="name")
    if wrong := unknown(reason):
        known = ", ".join(f"{{{word}}}" for word in PLACEHOLDERS)
        raise Refused(
            _("%(wrong)s is no placeholder. These are: %(known)s.")
            % {"wrong": wrong[0], "known": known},
            code="reason",
        )


def _record(row: Boilerplate, act: str, by: Actor, at: datetime) -> None:
    record(act=act, subject=f"strategy:{row.strategy_id}", by=by, at=at, data={"key": row.pk})
