"""The overview at the desk: whether it is complete, files of it, frozen states."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.rules import may
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms import ExportForm, FreezeForm
from richtschnur.evaluation.queries import (
    completeness_of,
    state_of,
    states_of,
    visible_points,
)
from richtschnur.evaluation.views.context import Desk, desk_of
from richtschnur.journal.refusals import Refused


@requires("evaluation.export")
def overview(request: Any, slug: str) -> HttpResponse:
    """Proof, files, states."""
    return overview_page(request, desk_of(request, slug))


@require_POST
@requires("evaluation.freeze")
def freeze(request: Any, slug: str) -> HttpResponse:
    """Keep the overview as it stands now."""
    desk = desk_of(request, slug)
    form = FreezeForm(request.POST)
    if form.is_valid():
        try:
            state = operations.freeze_overview(
                consultation=desk.consultation, by=desk.actor, at=request.at, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("State %(number)s is frozen. Nobody outside reads it before you publish it.")
            messages.success(request, said % {"number": state.number})
            return HttpResponseRedirect(desk.address("states"))
    return overview_page(request, desk, freeze_form=form, status=422)


@require_POST
@requires("evaluation.freeze")
def publish(request: Any, slug: str, number: int) -> HttpResponse:
    """Show a state to everyone, or take it back."""
    desk = desk_of(request, slug)
    is_public = request.POST.get("public") == "yes"
    state = state_of(desk.consultation, number)
    said = (
        _("Everyone can read state %(number)s now.")
        if is_public
        else _("State %(number)s is no longer shown to everyone.")
    )
    try:
        operations.publish_overview(state=state, is_public=is_public, by=desk.actor, at=request.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"number": state.number})
    return HttpResponseRedirect(desk.address("states"))


def overview_page(
    request: Any,
    desk: Desk,
    *,
    export_form: ExportForm | None = None,
    freeze_form: FreezeForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page, perhaps with a form as it was sent. Constant queries."""
    sees_all = may(desk.actor, "evaluation.answer_any")
    states = list(states_of(desk.consultation)) if sees_all else []
    context = {
        "consultation": desk.consultation,
        "may_carry_out": may(desk.actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(desk.actor, "evaluation.boilerplates"),
        "may_freeze": may(desk.actor, "evaluation.freeze"),
        "sees_all": sees_all,
        "proof": completeness_of(visible_points(desk.consultation, desk.user, desk.actor)),
        "states": states,
        "export_form": export_form or ExportForm(states=states),
        "freeze_form": freeze_form or FreezeForm(),
    }
    return render(request, "evaluation/staff/states.html", context, status=status)
