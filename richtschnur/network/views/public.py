"""What everyone may read: organisations that agreed to it; and the report of a change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from richtschnur.accounts.middleware import public
from richtschnur.journal.refusals import Refused
from richtschnur.network.forms import ReportForm, beginning
from richtschnur.network.models import Organization
from richtschnur.network.operations import report_change
from richtschnur.network.queries import choices, found, listed, listed_organization
from richtschnur.network.views.shown import asked, filters, public_entry, shown_publicly

A_PAGE = 30


@public
@require_safe
def organizations(request: Any) -> HttpResponse:
    """The public list with its filters."""
    wanted = asked(request)
    page = Paginator(found(listed(), wanted), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(row, shown_publicly(row)) for row in page],
        "wanted": wanted,
        "filters": filters(wanted, choices(public=True)),
        "query": wanted.query,
    }
    return render(request, "network/public/list.html", context)


def _named(identity: UUID) -> Organization:
    organization = listed_organization(identity)
    if organization is None:
        raise Http404
    return organization


@public
@require_safe
def organization(request: Any, identity: UUID) -> HttpResponse:
    """One that agreed to be public, with what it agreed to."""
    one = _named(identity)
    context = {"organization": one, "entry": shown_publicly(one)}
    return render(request, "network/public/organization.html", context)


@public
def report(request: Any, identity: UUID) -> HttpResponse:
    """Anyone says what has changed; the county looks at it before anything is changed."""
    one = _named(identity)
    shown = public_entry(one)
    form = ReportForm(
        request.POST if request.method == "POST" else None,
        initial=beginning(shown),
        with_reporter=True,
    )
    if request.method == "POST" and form.is_valid():
        try:
            report_change(
                organization=one,
                shown=shown,
                entry=form.entry,
                language=get_language() or "",
                at=request.at,
                message=form.said["message"],
                reporter=form.said["reporter"],
                email=form.said["email"],
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Thank you. We look at it before we change the entry."))
            return redirect("network:public", identity)
    context = {"form": form, "organization": one}
    return render(request, "network/public/report.html", context)
