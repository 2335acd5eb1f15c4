"""What was answered to the questions: for staff as a table and a file, for everyone in cells."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.translation import get_language

from richtschnur.accounts.middleware import public, requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import shown_all
from richtschnur.consultation.queries import all_consultations, visible_consultation
from richtschnur.contributions.exports import export_answers
from richtschnur.contributions.queries import (
    SMALLEST_CELL,
    Result,
    consultations_with_choices,
    may_show_results,
    public_results,
    results_of,
)
from richtschnur.documents.paper import SheetFormat
from richtschnur.documents.writing import MEDIA_TYPES

FILES = ("xlsx", "ods", "csv")


@requires("contributions.read")
def results(request: Any, slug: str) -> HttpResponse:
    """Every question with how often each answer was chosen."""
    consultation = get_object_or_404(all_consultations(), slug=slug)
    context = {
        "consultation": consultation,
        "results": _worded(results_of(consultation)),
        "files": FILES,
    }
    return render(request, "contributions/staff/results.html", context)


@requires("contributions.read")
def answers_file(request: Any, slug: str, format: str) -> FileResponse:
    """One row a contribution, one column a question."""
    consultation = get_object_or_404(all_consultations(), slug=slug)
    if format not in FILES:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"answers.{format}"
        export_answers(consultation, cast(SheetFormat, format), path, at=request.at)
        response = FileResponse(path.open("rb"), content_type=MEDIA_TYPES[format])
    name = f"{slug}-{request.at:%Y-%m-%d}.{format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@public
def shown(request: Any, slug: str) -> HttpResponse:
    """After the end, where it is published: the answers in cells that name nobody."""
    consultation = visible_consultation(request, slug)
    if not may_show_results(consultation, request.at):
        raise Http404
    context = {
        "consultation": consultation,
        "results": _worded(public_results(consultation, request.at)),
        "smallest": SMALLEST_CELL,
        "paper_language": consultation.strategy.language,
    }
    return render(request, "contributions/public/results.html", context)


def _worded(results: list[Result]) -> list[dict[str, Any]]:
    """Each result with its words in the reader's language, where they are known in it."""
    found = []
    worded = shown_all([result.question for result in results], get_language() or "")
    for result in results:
        shown = worded[result.question.pk]
        options = shown.options
        labels = dict(zip(result.question.options, options, strict=True))
        cells = [
            (labels.get(cell.value, cell.label), cell)
            if cell.value == cell.label
            else (f"{cell.value} – {options[int(cell.value) - 1]}", cell)
            for cell in result.cells
        ]
        found.append(
            {"result": result, "text": shown.text, "cells": cells, "language": shown.language}
        )
    return found


def results_link(request: Any, consultation: Consultation) -> str:
    """Fills "consultation.results": the way to the answers, where they may be shown."""
    if not may_show_results(consultation, request.at):
        return ""
    if not hasattr(request, "_with_choices"):
        request._with_choices = consultations_with_choices()
    if consultation.pk not in request._with_choices:
        return ""
    context = {"consultation": consultation}
    return render_to_string("contributions/public/_results_link.html", context)


def staff_link(request: Any, consultation: Consultation) -> str:
    """Fills "consultation.questions": the way from the questions to what was answered."""
    if not may(actor_of(request), "contributions.read"):
        return ""
    context = {"consultation": consultation}
    return render_to_string("contributions/staff/results_link.html", context)
