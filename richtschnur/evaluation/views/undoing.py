"""Undo: one button for the last act on points."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import undo_last_act
from richtschnur.evaluation.queries.undoing import key_of
from richtschnur.evaluation.views.context import desk_of
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui.numbers import whole_number


@require_POST
@requires("evaluation.undo")
def undo(request: Any, slug: str) -> HttpResponse:
    """Take the last act back, and go on at its point or in the list."""
    desk = desk_of(request, slug)
    here = whole_number(request.POST.get("point"))
    try:
        act = undo_last_act(uid=request.POST.get("act", ""), by=desk.actor, at=request.at)
    except Forbidden:
        raise
    except Refused as error:
        messages.error(request, str(error))
        return HttpResponseRedirect(_place(desk, here))
    said = ngettext(
        "Undone: %(what)s. %(n)d point is as it was before.",
        "Undone: %(what)s. %(n)d points are as they were before.",
        act.count,
    )
    messages.success(request, said % {"what": act.words, "n": act.count})
    only = key_of(act.entries[0]) if act.count == 1 else None
    return HttpResponseRedirect(_place(desk, only or here))


def _place(desk: Any, key: int | None) -> str:
    found = key and Point.objects.filter(pk=key, consultation=desk.consultation).exists()
    return str(desk.address("point", key) if found else desk.address("queue"))
