"""Timetables that count back from the county council's meeting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.exports import Event, calendar
from richtschnur.consultation.forms import TimetableForm, as_set
from richtschnur.consultation.models import Timetable
from richtschnur.consultation.operations import set_timetable
from richtschnur.consultation.queries import all_consultations
from richtschnur.consultation.queries.timetable import (
    days_missing,
    next_step,
    plan_of,
    timetables,
)
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Strategy


@requires("consultation.read_internal")
def papers(request: Any) -> HttpResponse:
    """All papers, those with a timetable with their next step."""
    known, today = {row.strategy_id: row for row in timetables()}, localdate(request.at)
    rows = [
        (paper, known.get(paper.pk), _next(known.get(paper.pk), today))
        for paper in Strategy.objects.all()
    ]
    return render(request, "consultation/staff/timetables.html", {"rows": rows, "on": today})


def _next(timetable: Timetable | None, today: Any) -> Any:
    return next_step(plan_of(timetable), today) if timetable else None


@requires("consultation.read_internal")
def timetable(request: Any, slug: str) -> HttpResponse:
    """The table, and the form that sets it."""
    strategy = get_object_or_404(Strategy, slug=slug)
    made = Timetable.objects.filter(strategy=strategy).first()
    is_sent = request.method == "POST"
    form = TimetableForm(request.POST if is_sent else None, initial=as_set(made), at=request.at)
    if is_sent and form.is_valid():
        try:
            _set(request, strategy, form)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The timetable is set."))
            return redirect("consultation:timetable", slug)
    rows = plan_of(made, all_consultations().filter(strategy=strategy)) if made else []
    context = {
        "strategy": strategy,
        "timetable": made,
        "rows": rows,
        "missing": days_missing(rows, made.made_on) if made else 0,
        "form": form,
        "on": localdate(request.at),
        "may_set": may(actor_of(request), "consultation.open"),
    }
    return render(request, "consultation/staff/timetable.html", context)


def _set(request: Any, strategy: Strategy, form: TimetableForm) -> None:
    set_timetable(
        strategy=strategy,
        council_on=form.cleaned_data["council_on"],
        land=form.cleaned_data["land"],
        first_step=form.cleaned_data["first_step"],
        days=form.days,
        by=actor_of(request),
        at=request.at,
    )


@requires("consultation.read_internal")
def timetable_file(request: Any, slug: str) -> HttpResponse:
    """The steps as whole days for the calendar."""
    made = Timetable.objects.select_related("strategy").filter(strategy__slug=slug).first()
    if made is None:
        raise Http404
    title, host = made.strategy.title, request.get_host()
    events = [
        Event(
            f"{row.step.value}-timetable-{slug}@{host}",
            row.on,
            _("%(title)s: %(step)s") % {"title": title, "step": row.label},
            _("The latest day"),
            sequence=int(request.at.timestamp()),
        )
        for row in plan_of(made)
    ]
    file = calendar(events, name=title, at=request.at)
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-timetable.ics"'
    return response
