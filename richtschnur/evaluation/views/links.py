"""Links to the answers on pages of earlier stages."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import all_consultations
from richtschnur.consultation.states import Audience
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.models import Report, Response
from richtschnur.evaluation.queries import decisions_on, points_in, visible_points
from richtschnur.strategy.models import Edition


def overview_link(request: Any, consultation: Consultation) -> str:
    """A link to the overview, as soon as an answer is released. One query a request."""
    if consultation.audience != Audience.PUBLIC:
        return ""
    if not hasattr(request, "_answered_consultations"):
        rows = Response.objects.filter(released_at__isnull=False).order_by()
        of_point = "point__comment__contribution__consultation"
        request._answered_consultations = set(rows.values_list(of_point, flat=True).distinct())
    if consultation.pk not in request._answered_consultations:
        return ""
    return render_to_string("evaluation/public/overview_link.html", {"consultation": consultation})


def report_link(request: Any, consultation: Consultation) -> str:
    """A link to the report of participation, once it is released. One query a request."""
    if not hasattr(request, "_reported_consultations"):
        rows = Report.objects.order_by().values_list("consultation", flat=True)
        request._reported_consultations = set(rows.distinct())
    if consultation.pk not in request._reported_consultations:
        return ""
    return render_to_string("evaluation/public/report_link.html", {"consultation": consultation})


def published_answer(request: Any, about: dict[str, Any]) -> str:
    """With a published comment: what was decided. One query for all that stand beside it."""
    known = request.__dict__.setdefault("_published_answers", {})
    beside = tuple(about["beside"])
    if beside not in known:
        known[beside] = decisions_on(beside)
    responses = known[beside].get(about["comment"])
    if not responses:
        return ""
    return render_to_string("evaluation/public/published_answer.html", {"responses": responses})


def points_link(request: Any, contribution: Contribution) -> str:
    """On an original: the points that it was cut into, as far as this person works on them."""
    actor = actor_of(request)
    if not may(actor, "evaluation.read"):
        return ""
    visible = visible_points(contribution.consultation, request.user, actor)
    context = {
        "consultation": contribution.consultation,
        "points": points_in(contribution, visible),
    }
    return render_to_string("evaluation/staff/points_link.html", context)


def changes_link(request: Any, edition: Edition) -> str:
    """On the page where an edition is frozen: the answers that it should carry out."""
    if not may(actor_of(request), "evaluation.carry_out"):
        return ""
    consultations = all_consultations().filter(strategy=edition.strategy_id)
    context = {"consultations": consultations}
    return render_to_string("evaluation/staff/changes_link.html", context)
