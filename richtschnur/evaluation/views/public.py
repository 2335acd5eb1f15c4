"""The public overview of answers."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import visible_consultation
from richtschnur.consultation.states import Audience, Publication
from richtschnur.evaluation.queries import (
    Answered,
    decisions_of,
    progress,
    published_state,
    released_points,
    section_paths,
    synopsis_points,
    with_answers,
)
from richtschnur.evaluation.states import FORMATS

PER_PAGE = 100


@public
def overview(request: Any, slug: str) -> HttpResponse:
    """What was said and what was decided, passage by passage; or why there is nothing yet."""
    consultation = visible_consultation(request, slug)
    is_public = consultation.audience == Audience.PUBLIC
    points = released_points(consultation)
    shows_texts = consultation.publication != Publication.NOT
    page = Paginator(points, PER_PAGE).get_page(request.GET.get("page"))
    answered = page.paginator.count
    context: dict[str, Any] = {
        "consultation": consultation,
        "is_public": is_public,
        "shows_texts": shows_texts,
        "answered": answered,
        "total": progress(synopsis_points(consultation)).total,
        "decisions": decisions_of(consultation),
        "state": published_state(consultation) if shows_texts else None,
        "formats": FORMATS,
        "page": page,
        "sections": [],
    }
    if answered:
        context["sections"] = _by_section(page.object_list, consultation)
    return render(request, "evaluation/public/overview.html", context)


def _by_section(points: Any, consultation: Consultation) -> list[dict[str, Any]]:
    """Sections with passages with answers: one nesting for the page."""
    answered, paths = with_answers(points, consultation), section_paths(consultation.edition)
    sections = []
    for section, of_section in groupby(answered, key=_section):
        passages = [
            {"passage": passage, "answers": list(of_passage)}
            for passage, of_passage in groupby(of_section, key=_passage)
        ]
        sections.append({"title": paths.get(section or 0, ""), "passages": passages})
    return sections


def _section(answered: Answered) -> int | None:
    passage = answered.point.comment.passage
    return passage.section_id if passage else None


def _passage(answered: Answered) -> Any:
    return answered.point.comment.passage
