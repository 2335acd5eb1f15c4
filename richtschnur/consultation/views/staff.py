"""Opening, sharing and closing consultations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.forms import OpenForm, usual
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import (
    close_consultation,
    open_consultation,
    ready_questions,
)
from richtschnur.consultation.queries import all_consultations, of_edition, offices_left
from richtschnur.consultation.queries.rounds import rounds_of
from richtschnur.consultation.rules import may_be_extended
from richtschnur.consultation.states import Audience, Phase
from richtschnur.consultation.views.sharing import short_address
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Edition
from richtschnur.strategy.states import EditionState


def act_link(request: Any, edition: Edition) -> str:
    """Fills "strategy.act": the consultations on this edition, and the way to open one."""
    found = list(of_edition(edition.pk))
    can_open = edition.state in (EditionState.WORKING, EditionState.CONSULTED)
    context = {
        "consultations": [(row, row.phase(request.at)) for row in found],
        "edition": edition,
        "may_open": can_open and may(actor_of(request), "consultation.open"),
        "may_start_round": edition.state in (EditionState.WORKING, EditionState.CIRCULATED)
        and not any(_is_running_round(row, request.at) for row in found)
        and may(actor_of(request), "consultation.invite"),
    }
    return render_to_string("consultation/staff/act_link.html", context, request)


def _is_running_round(consultation: Consultation, at: datetime) -> bool:
    return consultation.audience == Audience.INTERNAL and consultation.phase(at) != Phase.CLOSED


@requires("consultation.read_internal")
def work(request: Any) -> HttpResponse:
    """All consultations, the latest first, with where they stand."""
    rows = [(row, row.phase(request.at)) for row in all_consultations()[:200]]
    context = {"rows": rows, "may_open": may(actor_of(request), "consultation.open")}
    return render(request, "consultation/staff/work.html", context)


@requires("consultation.open")
def open_on(request: Any, slug: str, number: int) -> HttpResponse:
    """The form; opening freezes a working edition."""
    editions = Edition.objects.select_related("strategy")
    edition = get_object_or_404(editions, strategy__slug=slug, number=number)
    is_sent = request.method == "POST"
    form = OpenForm(request.POST if is_sent else None, initial=usual(edition.title, request.at))
    if is_sent and form.is_valid():
        try:
            opened = _opened(request, edition, form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The consultation stands. Here is its address."))
            return redirect("consultation:manage", opened.slug)
    return render(request, "consultation/staff/open.html", {"form": form, "edition": edition})


def _opened(request: Any, edition: Edition, given: dict[str, Any]) -> Consultation:
    ready = given.pop("ready")
    return open_consultation(
        on=edition,
        **given,
        questions=ready_questions(ready, edition.strategy.language) if ready else (),
        by=actor_of(request),
        at=request.at,
    )


def _named(slug: str) -> Consultation:
    return get_object_or_404(all_consultations(), slug=slug)


@requires("consultation.read_internal")
def manage(request: Any, slug: str) -> HttpResponse:
    """One consultation: its address, its figures, where to go on."""
    consultation = _named(slug)
    invited = consultation.audience == Audience.INVITED
    if invited:
        path = reverse("consultation:invitation", args=[slug, consultation.key])
    else:
        path = reverse("consultation:read", args=[slug])
    address = request.build_absolute_uri(path)
    phase = consultation.phase(request.at)
    context = {
        "consultation": consultation,
        "phase": phase,
        "address": address,
        "is_invited": invited,
        "short": short_address(request, consultation),
        "offices": offices_left([consultation]).get(consultation.pk),
        "qr": segno.make_qr(address, error="m").svg_data_uri(border=2, scale=4, light="#fff"),
        "may_close": phase != Phase.CLOSED and may(actor_of(request), "consultation.open"),
        "may_extend": may_be_extended(consultation, request.at)
        and may(actor_of(request), "consultation.open"),
        "question_count": consultation.questions.count(),
        "may_ask": phase == Phase.PLANNED and may(actor_of(request), "consultation.open"),
        "may_open": may(actor_of(request), "consultation.open"),
        "rounds": rounds_of(consultation.strategy_id, request.at),
        "extensions": consultation.extensions.all(),
        "subject": f"consultation:{slug}",
    }
    return render(request, "consultation/staff/manage.html", context)


@requires("consultation.open")
def close(request: Any, slug: str) -> HttpResponse:
    """Ask once, then close it now."""
    consultation = _named(slug)
    if request.method == "POST":
        close_consultation(consultation=consultation, by=actor_of(request), at=request.at)
        messages.success(request, _("The consultation is closed."))
        return redirect("consultation:manage", slug)
    if consultation.phase(request.at) == Phase.CLOSED:
        raise Http404
    return render(request, "consultation/staff/close.html", {"consultation": consultation})
