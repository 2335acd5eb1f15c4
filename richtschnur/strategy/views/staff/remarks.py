"""Remarks among the staff beside a passage."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.strategy.forms import RemarkForm
from richtschnur.strategy.models import Edition, Passage, Remark
from richtschnur.strategy.operations import settle_remark, write_remark
from richtschnur.strategy.queries.remarks import all_remarks, remarks_on
from richtschnur.strategy.views.staff.papers import named_edition


@requires("strategy.remark")
def remarks(request: Any, slug: str, number: int, identity: uuid.UUID) -> HttpResponse:
    """What was said about a passage, and room to say something."""
    edition = named_edition(slug, number)
    passages = edition.passages.select_related("section")
    passage: Passage = get_object_or_404(passages, identity=identity)
    passage.edition = edition
    settled = request.POST.get("settle", "") or request.POST.get("reopen", "")
    if settled:
        return _settle(request, edition, passage, settled)
    form = RemarkForm(request.POST if request.method == "POST" else None, passage=passage)
    if request.method == "POST" and form.is_valid():
        write_remark(
            passage=passage,
            text=form.cleaned_data["remark"],
            by=actor_of(request),
            name=str(request.user),
            at=request.at,
        )
        messages.success(request, _("Your remark stands beside the passage."))
        return redirect("strategy:remarks", slug, number, identity)
    context = {
        "edition": edition,
        "passage": passage,
        "remarks": remarks_on(passage),
        "form": form,
        "may_edit": edition.is_working and may(actor_of(request), "strategy.edit"),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/remarks.html", context)


def _settle(request: Any, edition: Edition, passage: Passage, key: str) -> HttpResponse:
    known = key.isascii() and key.isdigit() and len(key) < 18
    own = Remark.objects.filter(edition=edition, identity=passage.identity)
    remark = get_object_or_404(own, pk=int(key) if known else 0)
    is_settled = "settle" in request.POST
    settle_remark(remark=remark, by=actor_of(request), at=request.at, is_settled=is_settled)
    messages.success(
        request, _("The remark is settled.") if is_settled else _("The remark is open again.")
    )
    return redirect("strategy:remarks", edition.strategy.slug, edition.number, passage.identity)


@requires("strategy.remark")
def everything(request: Any, slug: str, number: int) -> HttpResponse:
    """All open remarks on an edition, in the order of the text."""
    edition = named_edition(slug, number)
    context = {
        "edition": edition,
        "remarks": all_remarks(edition),
        "paper_language": edition.strategy.language,
    }
    return render(request, "strategy/staff/all_remarks.html", context)
