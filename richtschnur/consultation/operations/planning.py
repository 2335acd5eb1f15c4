"""Setting a timetable; nothing else depends on it, so it can be set anew at any time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Timetable
from richtschnur.consultation.states import USUAL_DAYS, Step
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Strategy
from richtschnur.ui.workdays import LANDS

MOST_DAYS = 730


@transaction.atomic
def set_timetable(
    *,
    strategy: Strategy,
    council_on: date,
    by: Actor,
    at: datetime,
    days: Mapping[str, int] | None = None,
    land: str = "",
    first_step: str = Step.MANDATE,
) -> Timetable:
    """Set the timetable of a paper, in place of the one before; `days` as in `Timetable`.

    Raises Refused for a meeting that is over, an unknown Land or durations that can't be.
    """
    require(by, "consultation.open")
    if council_on <= localdate(at):
        raise Refused(_("The meeting lies in the past. Please choose a later one."), code="past")
    if land not in LANDS or first_step not in USUAL_DAYS:
        raise Refused(_("Please choose one of these."), code="choice")
    chosen = {step.value: usual for step, usual in USUAL_DAYS.items()} | dict(days or {})
    if set(chosen) != set(USUAL_DAYS) or not all(0 <= n <= MOST_DAYS for n in chosen.values()):
        raise Refused(
            _("Please give durations from 0 to %(most)s days.") % {"most": MOST_DAYS}, code="days"
        )
    Strategy.objects.select_for_update().get(pk=strategy.pk)
    made, _is_new = Timetable.objects.update_or_create(
        strategy=strategy,
        defaults={
            "council_on": council_on,
            "land": land,
            "first_step": first_step,
            "days": chosen,
            "made_on": localdate(at),
        },
    )
    record(
        act="consultation.set_timetable",
        subject=f"strategy:{strategy.slug}",
        by=by,
        at=at,
        data={"council": str(council_on), "land": land, "days": chosen},
    )
    return made
