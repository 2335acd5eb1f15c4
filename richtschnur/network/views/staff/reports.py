"""Reported changes: side by side with the present entry, taken field by field or refused."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.network.models import FIELDS, ChangeReport, entry_of, field_label
from richtschnur.network.operations import decide_report, forget_reporter
from richtschnur.network.queries import open_reports
from richtschnur.network.states import ReportState
from richtschnur.network.views.shown import shown_values

A_PAGE = 40
LONGEST_REASON = 2000


@requires("network.check")
@require_safe
def reports(request: Any) -> HttpResponse:
    """What waits, the oldest first."""
    page = Paginator(open_reports(), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, [field_label(n) for n in FIELDS if n in one.proposal]) for one in page]
    return render(request, "network/staff/reports.html", {"page": page, "rows": rows})


@requires("network.check")
def report(request: Any, pk: int) -> HttpResponse:
    """One report; what is ticked is taken over."""
    rows = ChangeReport.objects.select_related("organization", "check_asked")
    one = get_object_or_404(
        rows.prefetch_related("organization__facets", "organization__contact_points"), pk=pk
    )
    errors = {}
    if request.method == "POST":
        refused = _decided(request, one)
        if not refused:
            return redirect("network:reports")
        errors["reason"] = refused
    present = entry_of(one.organization).as_data()
    context = {
        "report": one,
        "organization": one.organization,
        "sides": [
            (
                name,
                field_label(name),
                shown_values(name, present[name]),
                shown_values(name, one.proposal[name]),
            )
            for name in FIELDS
            if name in one.proposal
        ],
        "is_open": one.state == ReportState.OPEN,
        "taken": [field_label(name) for name in one.taken],
        "ticked": set(request.POST.getlist("take")) if errors else set(one.proposal),
        "reason": request.POST.get("reason", ""),
        "reason_error": errors.get("reason", ""),
        "may_forget": may(actor_of(request), "network.forget")
        and any((one.reporter, one.email, one.message)),
    }
    return render(request, "network/staff/report.html", context)


def _decided(request: Any, report: ChangeReport) -> str:
    """ "" when it is decided, else why not."""
    take = [] if "refuse" in request.POST else request.POST.getlist("take")
    reason = request.POST.get("reason", "").replace("\0", "").strip()[:LONGEST_REASON]
    try:
        decided = decide_report(
            report=report, take=take, reason=reason, by=actor_of(request), at=request.at
        )
    except Forbidden:
        raise
    except Refused as refusal:
        return str(refusal)
    is_taken = decided.state == ReportState.TAKEN
    messages.success(request, _("Taken over.") if is_taken else _("Not taken over."))
    return ""


@requires("network.forget")
@require_POST
def forget(request: Any, pk: int) -> HttpResponse:
    """Erase who reported it."""
    one = get_object_or_404(ChangeReport, pk=pk)
    forget_reporter(report=one, by=actor_of(request), at=request.at)
    messages.success(request, _("Name, address and message are erased."))
    return redirect("network:report", pk)
