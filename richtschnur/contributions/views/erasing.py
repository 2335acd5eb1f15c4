"""Erasing a contribution: one person asks, another one confirms."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import User, actor_of
from richtschnur.accounts.rules import may
from richtschnur.contributions.forms.staff import ErasureForm
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import (
    ask_erasure,
    confirm_erasure,
    decline_erasure,
    erasure_of,
)
from richtschnur.journal.models import Erasure
from richtschnur.journal.refusals import Refused


@requires("contributions.confirm_erasure")
def erase(request: Any, number: str) -> HttpResponse:
    """Ask for it; or, when another person has asked, confirm or decline."""
    rows = Contribution.objects.select_related("consultation")
    contribution = get_object_or_404(rows, number=number)
    erasure = erasure_of(contribution)
    form = ErasureForm(request.POST if "ask" in request.POST else None)
    refusal = ""
    if request.method == "POST":
        try:
            if _act(request, contribution, form):
                return redirect("contributions:original", number)
        except Refused as refused:
            refusal = str(refused)
    context = _context(request, contribution, erasure) | {"form": form, "refusal": refusal}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "contributions/staff/erase.html", context, status=status)


def _context(request: Any, contribution: Contribution, erasure: Erasure | None) -> dict[str, Any]:
    actor = actor_of(request)
    return {
        "contribution": contribution,
        "erasure": erasure,
        "asked_by": _name(erasure.asked_by) if erasure else "",
        "is_own": erasure is not None and erasure.asked_by == actor.id,
        "may_ask": may(actor, "contributions.ask_erasure"),
    }


def _act(request: Any, contribution: Contribution, form: ErasureForm) -> bool:
    """Whether something was done. Raises Refused."""
    about: dict[str, Any] = {
        "contribution": contribution,
        "by": actor_of(request),
        "at": request.at,
    }
    if "confirm" in request.POST:
        confirm_erasure(**about)
        messages.success(request, _("The contribution is erased. The public log says why."))
    elif "decline" in request.POST:
        decline_erasure(**about)
        messages.success(request, _("The contribution stays as it is."))
    elif form.is_valid():
        ask_erasure(ground=form.cleaned_data["ground"], **about)
        said = _("Asked for. Another person has to confirm it on this page of the contribution.")
        messages.success(request, said)
    else:
        return False
    return True


def erasure_notice(request: Any, contribution: Contribution) -> str:
    """On the original's page: what is asked for, what is erased, or the way to ask."""
    actor = actor_of(request)
    erasure = erasure_of(contribution)
    if erasure is None and not may(actor, "contributions.ask_erasure"):
        return ""
    context = {"contribution": contribution, "erasure": erasure}
    return render_to_string("contributions/staff/_erasure.html", context)


def _name(identifier: str) -> str:
    user = User.objects.filter(pk=identifier).first() if identifier.isdecimal() else None
    return str(user.name) if user else identifier
