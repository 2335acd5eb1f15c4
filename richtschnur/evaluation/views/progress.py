"""How far the work is: points by state, answers a week, who has how much."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.rules import may
from richtschnur.evaluation.queries import PointFilter, counted, load_and_pace
from richtschnur.evaluation.queries.filters import LEFT, narrowed
from richtschnur.evaluation.states import PointState
from richtschnur.evaluation.views.context import desk_of


@requires("evaluation.read")
def progress(request: Any, slug: str) -> HttpResponse:
    """All counts as tables, with a bar for the eye."""
    desk = desk_of(request, slug)
    counts = desk.progress()
    mine = narrowed(
        desk.visible(), desk.user, desk.actor, PointFilter(state=LEFT, mine=True), desk.at
    )
    is_large = counts.is_more or counts.counted_at is not None
    context = {
        "consultation": desk.consultation,
        "may_carry_out": may(desk.actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(desk.actor, "evaluation.boilerplates"),
        "progress": counts,
        "states": [(s, s.label, getattr(counts, s.value)) for s in PointState],
        "mine": counted(mine)[0],
    }
    if desk.sees_all:
        loads, pace = load_and_pace(desk.consultation, counts.left, desk.at, is_large=is_large)
        context |= {"loads": loads, "pace": pace}
    return render(request, "evaluation/staff/progress.html", context)
