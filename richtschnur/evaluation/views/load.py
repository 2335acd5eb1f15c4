"""Who has what: points by person and office, and what others were asked."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation.queries import (
    LEFT,
    PointFilter,
    delegations_in,
    loads,
    visible_points,
)
from richtschnur.evaluation.queries.load import Load
from richtschnur.evaluation.states import Due
from richtschnur.evaluation.views.context import desk_of


@requires("evaluation.sort")
def load(request: Any, slug: str) -> HttpResponse:
    """Open, overdue and next due points of each person and office, and all that was asked."""
    desk = desk_of(request, slug)
    on = localdate(request.at)
    visible = visible_points(desk.consultation, desk.user, desk.actor)
    rows = loads(visible, on)
    asked = delegations_in(desk.consultation)
    for row in asked:
        row.late = row.is_overdue(on)  # type: ignore[attr-defined]
    context = {
        "consultation": desk.consultation,
        "may_carry_out": True,
        "may_keep_boilerplates": True,
        "rows": [(row, _query(row), _query(row, due=Due.OVERDUE.value)) for row in rows],
        "asked": asked,
    }
    return render(request, "evaluation/staff/load.html", context)


def _query(load: Load, **more: Any) -> str:
    """The list narrowed to what one person or office has."""
    who = {"assignee": load.person.pk} if load.person else {}
    if load.person is None and load.office is not None:
        who = {"office": load.office.pk}
    return PointFilter(state=LEFT).query(**who, **more)
