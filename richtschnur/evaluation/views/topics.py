"""Topics: how far they are, what stands for them; and what a machine suggests, taken over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.models import Topic, TopicSuggestion
from richtschnur.evaluation.queries import (
    order_of,
    topic_standings,
    visible_points,
    without_topic,
)
from richtschnur.evaluation.states import Suggested
from richtschnur.evaluation.views.context import back, desk_of
from richtschnur.journal.refusals import Refused
from richtschnur.ui.numbers import whole_number


@requires("evaluation.sort")
def topics(request: Any, slug: str) -> HttpResponse:
    """The paper's topics with counts and quotations, and how far the machine is."""
    desk = desk_of(request, slug)
    visible = visible_points(desk.consultation, desk.user, desk.actor)
    order = order_of(desk.consultation)
    context = {
        "consultation": desk.consultation,
        "may_carry_out": True,
        "may_keep_boilerplates": True,
        "standings": topic_standings(desk.consultation, visible),
        "may_sum_up": operations.summing_machine() is not None,
        "without_topic": without_topic(visible),
        "order": order,
        "is_waiting": order is not None and order.due_at is not None,
    }
    return render(request, "evaluation/staff/topics.html", context)


@require_POST
@requires("evaluation.sort")
def order(request: Any, slug: str) -> HttpResponse:
    """Ask for suggestions."""
    desk = desk_of(request, slug)
    operations.order_topics(consultation=desk.consultation, by=desk.actor, at=request.at)
    messages.success(request, _("The machine begins within seconds. You can go on working."))
    return HttpResponseRedirect(desk.address("topics"))


@require_POST
@requires("evaluation.sort")
def sum_up(request: Any, slug: str) -> HttpResponse:
    """Ask for a summary of one topic."""
    desk = desk_of(request, slug)
    key = whole_number(request.POST.get("topic")) or 0
    topic = get_object_or_404(Topic, pk=key, strategy=desk.consultation.strategy_id)
    try:
        operations.order_summary(
            topic=topic, consultation=desk.consultation, by=desk.actor, at=request.at
        )
        messages.success(request, _("The machine begins within seconds. You can go on working."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(desk.address("topics"))


@require_POST
@requires("evaluation.sort")
def take(request: Any, slug: str) -> HttpResponse:
    """Take one suggestion over; from the list one stays in the list."""
    desk = desk_of(request, slug)
    key = whole_number(request.POST.get("suggestion")) or 0
    suggestions = TopicSuggestion.objects.select_related(
        "point__comment__contribution__consultation", "section"
    )
    found = suggestions.filter(
        pk=key, point__comment__contribution__consultation=desk.consultation
    ).first()
    if found is None:
        messages.info(
            request, _("This suggestion was replaced by newer ones. Please choose again.")
        )
        return HttpResponseRedirect(desk.address("queue"))
    operations.take_suggestion(suggestion=found, by=desk.actor, at=request.at)
    is_topic = found.kind == Suggested.TOPIC
    said = _("Topic set: %(name)s.") if is_topic else _("Place in the paper set: %(name)s.")
    if "list" in request.POST:
        messages.success(request, said % {"name": found.name})
        return HttpResponseRedirect(desk.address("queue", fragment=f"#point-{found.point_id}"))
    return back(request, desk, found.point_id, said % {"name": found.name}, fragment="#sorting")


@require_POST
@requires("evaluation.sort")
def unplace(request: Any, slug: str, pk: int) -> HttpResponse:
    """The point is about the whole paper again."""
    desk = desk_of(request, slug)
    operations.set_place(point=desk.point(pk), section=None, by=desk.actor, at=request.at)
    return back(request, desk, pk, _("The point is about the whole paper again."))
