"""Is this still right? The yearly round to those that are ticked, and a single question."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.network.forms import AskForm
from richtschnur.network.models import Organization
from richtschnur.network.operations import ask_to_check, secret_of
from richtschnur.network.queries import due_for_check
from richtschnur.network.states import PointKind
from richtschnur.network.views.staff.register import named
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.telling import do_and_tell

A_PAGE = 100


def personal_address(request: Any) -> str:
    """The whole personal address with "{secret}" in it."""
    path = reverse("network:check", args=["SECRET"]).replace("SECRET", "{secret}")
    return whole_address(request, path)


@requires("network.check")
def yearly(request: Any) -> HttpResponse:
    """Those that nobody has asked or confirmed within a year; the ticked ones get a mail."""
    page = Paginator(due_for_check(request.at), A_PAGE).get_page(request.GET.get("page"))
    rows = {str(one.pk): one for one in page if one.values(PointKind.EMAIL)}
    choices = [(key, _described(one)) for key, one in rows.items()]
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={"organizations": list(rows)},
        choices=choices,
    )
    if request.method == "POST" and form.is_valid():
        chosen = [rows[key] for key in form.cleaned_data["organizations"]]
        _ask(request, chosen)
        return redirect("network:round")
    context = {
        "form": form,
        "page": page,
        "unreached": [one for one in page if not one.values(PointKind.EMAIL)],
    }
    return render(request, "network/staff/round.html", context)


def _described(one: Organization) -> str:
    return f"{one.name} – {one.values(PointKind.EMAIL)[0]}"


def _ask(request: Any, chosen: list[Any]) -> None:
    ask_all = partial(
        ask_to_check,
        organizations=chosen,
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )
    do_and_tell(request, ask_all, _asked)


def _asked(checks: Sequence[object]) -> str:
    said = ngettext("%(n)s organisation is asked.", "%(n)s organisations are asked.", len(checks))
    return said % {"n": len(checks)}


@requires("network.check")
@require_POST
def ask(request: Any, identity: UUID) -> HttpResponse:
    """Ask one now; without a mailbox its address is shown once, for a letter or the phone."""
    address = personal_address(request)
    ask_one = partial(
        ask_to_check,
        organizations=[named(identity)],
        address=address,
        by=actor_of(request),
        at=request.at,
        is_urgent=True,
    )
    do_and_tell(request, ask_one, lambda checks: _asked_one(checks[0], address))
    return redirect("network:organization", identity)


def _asked_one(check: Any, address: str) -> str:
    if check.email:
        return _("The question is on its way to %(email)s.") % {"email": check.email}
    return _(
        "It has no e-mail. This is its personal address, shown only now; whoever has it can"
        " see the entry: %(address)s"
    ) % {"address": address.replace("{secret}", secret_of(check))}
