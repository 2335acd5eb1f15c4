"""The report of participation: a draft for staff, the released state for everyone, files."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import public, requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import consultation_by_slug, visible_consultation
from richtschnur.consultation.states import Phase
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms.reporting import ReportForm
from richtschnur.evaluation.models import Report
from richtschnur.evaluation.queries.report_words import chapters_of, charts_of
from richtschnur.evaluation.queries.reporting import (
    latest_texts,
    released_report,
    report_content,
    reports_of,
)
from richtschnur.evaluation.states import Chapter
from richtschnur.evaluation.views.context import put_in, sentence
from richtschnur.evaluation.views.report_files import FORMATS, chart_file, report_file
from richtschnur.journal.refusals import Forbidden, Refused


@requires("evaluation.report")
def draft(request: Any, slug: str) -> HttpResponse:
    """The report as it would be released now, and what the officer writes into it."""
    consultation = consultation_by_slug(slug)
    if request.method != "POST":
        return _draft(request, consultation, ReportForm.of(latest_texts(consultation)))
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _draft(request, consultation, form, status=422)
    try:
        operations.write_report_texts(
            consultation=consultation,
            texts=form.texts,
            seen=form.seen,
            author=request.user,
            by=actor_of(request),
            at=request.at,
        )
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        form.add_error(None, sentence(error))
        for text in latest_texts(consultation):
            put_in(form, f"seen_{text.chapter}", text.version)
        return _draft(request, consultation, form, status=409)
    messages.success(request, _("Your texts are saved. They stand in the draft below."))
    return HttpResponseRedirect(reverse("evaluation:report", args=[slug]))


def _draft(
    request: Any, consultation: Consultation, form: ReportForm, *, status: int = 200
) -> HttpResponse:
    content = report_content(consultation, request.at)
    actor = actor_of(request)
    context = {
        "consultation": consultation,
        "content": content,
        "foreword": content["texts"].get(Chapter.FOREWORD.value, ""),
        "parts": chapters_of(content),
        "form": form,
        "reports": reports_of(consultation),
        "is_over": consultation.phase(request.at) == Phase.CLOSED,
        "is_empty": not content["counts"]["contributions"],
        "may_release": may(actor, "evaluation.release_report"),
        "may_carry_out": may(actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(actor, "evaluation.boilerplates"),
        "formats": FORMATS,
        "csv_name": "evaluation:report_numbers",
    }
    return render(request, "evaluation/staff/report.html", context, status=status)


@require_POST
@requires("evaluation.release_report")
def release(request: Any, slug: str) -> HttpResponse:
    """Freeze it and show it to everyone."""
    consultation = consultation_by_slug(slug)
    operations.release_report(consultation=consultation, by=actor_of(request), at=request.at)
    messages.success(request, _("The report is released. Everyone can read it now."))
    return HttpResponseRedirect(reverse("evaluation:report", args=[slug]))


@requires("evaluation.report")
def draft_file(request: Any, slug: str, format: str) -> FileResponse:
    """The draft as a file."""
    consultation = consultation_by_slug(slug)
    _check(format)
    content = report_content(consultation, request.at)
    response = report_file(consultation, content, format, sha256="", at=request.at)
    response["Cache-Control"] = "no-store"
    return response


@requires("evaluation.report")
def draft_numbers(request: Any, slug: str, chart: str) -> FileResponse:
    """The numbers of one chart of the draft."""
    consultation = consultation_by_slug(slug)
    response = _numbers(consultation, report_content(consultation, request.at), chart, request.at)
    response["Cache-Control"] = "no-store"
    return response


@public
def released(request: Any, slug: str) -> HttpResponse:
    """The released state; there is no page before."""
    consultation, report = _released(request, slug)
    context = {
        "consultation": consultation,
        "report": report,
        "content": report.content,
        "foreword": report.content["texts"].get(Chapter.FOREWORD.value, ""),
        "parts": chapters_of(report.content),
        "formats": FORMATS,
        "csv_name": "evaluation:released_numbers",
    }
    return render(request, "evaluation/public/report.html", context)


@public
def released_file(request: Any, slug: str, format: str) -> FileResponse:
    """The released state as a file."""
    consultation, report = _released(request, slug)
    _check(format)
    at = report.released_at
    return report_file(consultation, report.content, format, sha256=report.sha256, at=at)


@public
def released_numbers(request: Any, slug: str, chart: str) -> FileResponse:
    """The numbers of one chart of the released state."""
    consultation, report = _released(request, slug)
    return _numbers(consultation, report.content, chart, report.released_at)


def _released(request: Any, slug: str) -> tuple[Consultation, Report]:
    consultation = visible_consultation(request, slug)
    report = released_report(consultation)
    if report is None:
        raise Http404
    return consultation, report


def _check(format: str) -> None:
    if format not in FORMATS:
        raise Http404


def _numbers(
    consultation: Consultation, content: dict[str, Any], key: str, at: datetime
) -> FileResponse:
    chart = charts_of(content).get(key)
    if chart is None:
        raise Http404
    return chart_file(consultation, chart, at)
