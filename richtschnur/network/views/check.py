"""An organisation's own page at its personal address: all right, or what has changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.journal.refusals import Refused
from richtschnur.network.forms import ListingForm, ReportForm, beginning
from richtschnur.network.models import Check, entry_of
from richtschnur.network.operations import (
    agree_to_listing,
    confirm_entry,
    end_listing,
    open_check,
    report_change,
)
from richtschnur.network.queries import check_by_secret
from richtschnur.network.rules import consent_wording
from richtschnur.network.states import Purpose
from richtschnur.network.views.shown import shown_entry


@public
def check(request: Any, secret: str) -> HttpResponse:
    """The whole entry as the county has it, for whoever has the address."""
    asked = check_by_secret(secret)
    if asked is None:
        raise Http404
    if request.method == "POST":
        return _posted(request, asked, secret)
    if request.method == "GET":
        open_check(check=asked, at=request.at)
    return _page(request, asked)


def _page(request: Any, asked: Check, form: ReportForm | None = None) -> HttpResponse:
    one = asked.organization
    entry = entry_of(one)
    context = {
        "check": asked,
        "organization": one,
        "entry": shown_entry(one),
        "form": form or ReportForm(initial=beginning(entry), with_reporter=False),
        "is_changing": form is not None or "change" in request.GET,
        "listing": ListingForm(initial={"shows": one.listed or []}, auto_id="id_listing_%s"),
        "wording": consent_wording(Purpose.LISTING),
    }
    return private(render(request, "network/public/check.html", context))


def private(response: HttpResponse) -> HttpResponse:
    """A page at a secret address: in no cache, in no search, in no other site's log."""
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _posted(request: Any, asked: Check, secret: str) -> HttpResponse:
    try:
        if "right" in request.POST:
            confirm_entry(check=asked, at=request.at)
            messages.success(request, _("Thank you. We have noted that all is still right."))
        elif "list" in request.POST:
            shows = request.POST.getlist("shows")
            agree_to_listing(check=asked, shows=shows, at=request.at)
            messages.success(request, _("You stand in the public list, as you have chosen."))
        elif "unlist" in request.POST:
            end_listing(check=asked, at=request.at)
            messages.success(request, _("You no longer stand in the public list."))
        else:
            return _reported(request, asked, secret)
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return private(redirect("network:check", secret))


def _reported(request: Any, asked: Check, secret: str) -> HttpResponse:
    shown = entry_of(asked.organization)
    form = ReportForm(request.POST, initial=beginning(shown), with_reporter=False)
    if not form.is_valid():
        return _page(request, asked, form)
    try:
        report_change(
            organization=asked.organization,
            shown=shown,
            entry=form.entry,
            check=asked,
            language=get_language() or "",
            at=request.at,
            message=form.said["message"],
            email=form.said["email"],
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, asked, form)
    messages.success(request, _("Thank you. We look at it before we change the entry."))
    return private(redirect("network:check", secret))
