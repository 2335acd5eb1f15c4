"""What somebody who was asked does at the personal address: opens it, saves, hands in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import Advice, Delegation
from richtschnur.evaluation.operations.asking.delegating import held_delegation, record_about
from richtschnur.evaluation.rules import check_takes_advice
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.refusals import Refused


@dataclass(frozen=True)
class Said:
    """What somebody says to one point: a decision with its reason, or that it is not theirs."""

    decision: str = ""
    is_not_ours: bool = False
    reason: str = ""
    whose: str = ""

    @classmethod
    def of(cls, advice: Advice) -> Said:
        """What is stored."""
        return cls(advice.decision, advice.is_not_ours, advice.reason, advice.whose)

    @property
    def mark(self) -> str:
        """By which a form knows what it showed: whether it was altered there, or since."""
        return hashlib.sha256(json.dumps(astuple(self)).encode()).hexdigest()[:32]

    @property
    def missing(self) -> str:
        """The field that is missing for handing it in, "" when nothing is."""
        if not self.decision and not self.is_not_ours:
            return "choice"
        return "" if self.reason or (self.is_not_ours and self.whose) else "reason"


@transaction.atomic
def open_delegation(*, delegation: Delegation, at: datetime) -> None:
    """Note, once, that the personal address was opened."""
    unopened = Delegation.objects.filter(pk=delegation.pk, opened_at=None)
    if unopened.update(opened_at=at):
        record_about(delegation, "open_delegation", VISITOR, at)


def save_advice(
    *, delegation: Delegation, said: Mapping[int, Said], seen: Mapping[int, str], at: datetime
) -> Delegation:
    """Keep what is there so far, by the key of each advice; it may be incomplete.

    `seen` holds the marks of what the form showed. What was not altered in it stays as it is.
    Raises Refused when somebody else altered the same one since, and after the day; then nothing
    is saved.
    """
    return _write(delegation, said, seen, at, hand_in=False)


def hand_in_advice(
    *, delegation: Delegation, said: Mapping[int, Said], seen: Mapping[int, str], at: datetime
) -> Delegation:
    """Save as above and hand all of it in, once: from now on it is frozen and officers see it.

    Raises Refused when anything is missing.
    """
    return _write(delegation, said, seen, at, hand_in=True)


@transaction.atomic
def _write(
    delegation: Delegation,
    said: Mapping[int, Said],
    seen: Mapping[int, str],
    at: datetime,
    *,
    hand_in: bool,
) -> Delegation:
    delegation = held_delegation(delegation)
    check_takes_advice(delegation, at)
    rows = Advice.objects.filter(delegation=delegation).exclude(point__state=PointState.CLOSED)
    settled = [(row, _settled(row, said, seen)) for row in rows]
    if hand_in and any(each.missing for _row, each in settled):
        raise Refused(
            _("Please choose something for each point and give a reason."), code="incomplete"
        )
    for row, each in settled:
        if each == Said.of(row):
            continue
        row.decision, row.is_not_ours = each.decision, each.is_not_ours
        row.reason, row.whose, row.saved_at = each.reason, each.whose, at
        row.save(update_fields=["decision", "is_not_ours", "reason", "whose", "saved_at"])
    if hand_in:
        delegation.handed_in_at = at
        delegation.opened_at = delegation.opened_at or at
        delegation.save(update_fields=["handed_in_at", "opened_at"])
    act = "hand_in_advice" if hand_in else "save_advice"
    record_about(delegation, act, VISITOR, at, points=[row.point_id for row, _each in settled])
    return delegation


def _settled(row: Advice, said: Mapping[int, Said], seen: Mapping[int, str]) -> Said:
    """What stands after this form: what was altered in it, else what is stored."""
    stored = Said.of(row)
    given = said.get(row.pk, stored)
    shown = seen.get(row.pk, stored.mark)
    if given.mark in (shown, stored.mark):
        return stored
    if shown != stored.mark:
        raise Refused(
            _(
                "A colleague has saved something else here since you opened this page. Your words"
                " are still here, theirs stand beside them: please compare and save again."
            ),
            code="stale",
        )
    return Said(
        given.decision,
        given.is_not_ours,
        check_text(given.reason).strip(),
        given.whose.strip(),
    )
