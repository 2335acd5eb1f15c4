"""Workshops: opened, typed into, shown on a screen, ended by one act."""

from __future__ import annotations

import secrets
from hmac import compare_digest
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.accounts.middleware import public, requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.contributions.forms.workshop import RemarkForm, WorkshopForm
from richtschnur.contributions.models import Workshop
from richtschnur.contributions.operations import (
    end_workshop,
    open_workshop,
    screen_key,
    strike_remark,
    write_remark,
)
from richtschnur.contributions.operations.importing import sentence
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui.addresses import whole_address

LARGEST_KEY = 2**63 - 1  # databases break over more
SHOWN = 200
SECONDS = 10


@requires("contributions.record")
def workshops(request: Any, slug: str) -> HttpResponse:
    """All workshops of a consultation, and a new one."""
    consultation = consultation_by_slug(slug)
    form = WorkshopForm(request.POST or None, initial={"held_on": request.at.date()})
    if request.method == "POST" and form.is_valid():
        made = open_workshop(
            consultation=consultation, by=actor_of(request), at=request.at, **form.cleaned_data
        )
        return redirect("contributions:workshop", slug, made.pk)
    rows = Workshop.objects.filter(consultation=consultation).order_by("-held_on", "-pk")
    context = {"consultation": consultation, "form": form, "workshops": rows}
    status = 422 if form.is_bound else 200
    return render(request, "contributions/staff/workshops.html", context, status=status)


@requires("contributions.record")
def workshop(request: Any, slug: str, pk: int) -> HttpResponse:
    """Type remark after remark; strike, or end it."""
    found = _named(slug, pk)
    if request.method == "POST" and "end" in request.POST:
        return _end(request, found)
    if request.method == "POST" and "strike" in request.POST:
        return _strike(request, found)
    start = _start(request)
    form = RemarkForm(request.POST or None, initial=start, consultation=found.consultation)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            write_remark(
                workshop=found,
                text=given["text"],
                passage=form.chosen,
                speaker=given["speaker"],
                key=given["key"],
                by=actor_of(request),
                at=request.at,
            )
        except Forbidden:
            raise
        except (Refused, ValidationError) as error:
            form.add_error(None, sentence(error))
        else:
            again = reverse("contributions:workshop", args=[slug, pk])
            return redirect(f"{again}?passage={given.get('passage') or ''}")
    return _page(request, found, form)


@public
def screen(request: Any, pk: int, key: str) -> HttpResponse:
    """What was said so far, for a projector: large, newest first, without names."""
    found = Workshop.objects.filter(pk=min(pk, LARGEST_KEY)).select_related("consultation").first()
    if found is None or not compare_digest(screen_key(found).encode(), key.encode()):
        raise Http404
    renews = "renew" in request.GET and found.ended_at is None
    remarks = found.remarks.select_related("passage").order_by("-pk")
    context = {
        "workshop": found,
        "consultation": found.consultation,
        "remarks": remarks[:SHOWN],
        "count": remarks.count(),
        "renews": renews,
        "seconds": SECONDS,
    }
    response = render(request, "contributions/public/screen.html", context)
    if renews:
        response["Refresh"] = str(SECONDS)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _named(slug: str, pk: int) -> Workshop:
    rows = Workshop.objects.select_related("consultation__strategy", "consultation__edition")
    return get_object_or_404(rows, consultation__slug=slug, pk=min(pk, LARGEST_KEY))


def _start(request: Any) -> dict[str, Any]:
    """The next remark often speaks of the same passage."""
    passage = request.GET.get("passage", "")
    is_number = passage.isascii() and passage.isdigit() and len(passage) < 8
    return {"key": secrets.token_urlsafe(16), "passage": passage if is_number else ""}


def _strike(request: Any, found: Workshop) -> HttpResponse:
    for remark in found.remarks.all():
        if str(remark.pk) == request.POST["strike"]:
            try:
                strike_remark(remark=remark, by=actor_of(request))
            except Refused as refused:
                messages.warning(request, str(refused))
            else:
                messages.success(request, _("The remark is struck."))
    return redirect("contributions:workshop", found.consultation.slug, found.pk)


def _end(request: Any, found: Workshop) -> HttpResponse:
    if "sure" not in request.POST:
        count = found.remarks.count()
        context = {"workshop": found, "consultation": found.consultation, "count": count}
        return render(request, "contributions/staff/workshop_end.html", context)
    count = end_workshop(workshop=found, by=actor_of(request), at=request.at)
    said = ngettext(
        "The workshop has ended; %(n)s remark is a contribution now.",
        "The workshop has ended; %(n)s remarks are contributions now.",
        count,
    )
    messages.success(request, said % {"n": count})
    return redirect("contributions:workshop", found.consultation.slug, found.pk)


def _page(request: Any, found: Workshop, form: RemarkForm) -> HttpResponse:
    path = reverse("contributions:screen", args=[found.pk, screen_key(found)])
    context = {
        "workshop": found,
        "consultation": found.consultation,
        "form": form,
        "remarks": found.remarks.select_related("passage").order_by("-pk"),
        "screen": f"{whole_address(request, path)}?renew=1",
    }
    status = 422 if form.is_bound else 200
    return render(request, "contributions/staff/workshop.html", context, status=status)
