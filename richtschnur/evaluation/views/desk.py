"""The desk: the queue of points, one point with its answer, and every act on it."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.evaluation import operations
from richtschnur.evaluation.exports import FORMATS
from richtschnur.evaluation.forms import AnswerForm, AssignForm, FilterForm, ReturnForm, TopicsForm
from richtschnur.evaluation.queries import (
    LEFT,
    PointFilter,
    Progress,
    offered_for,
    offices_in,
    points_of,
    progress,
    sections_in,
    standings,
    topics_of,
    visible_points,
    with_versions,
)
from richtschnur.evaluation.states import PointState
from richtschnur.evaluation.views.boilerplates import use_boilerplate
from richtschnur.evaluation.views.context import Desk, back, desk_of, put_in, sentence
from richtschnur.evaluation.views.point_page import point_page
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui.numbers import whole_number

PER_PAGE = 50


@requires("evaluation.read")
def consultations(request: Any) -> HttpResponse:
    """All consultations with what is left to answer in each."""
    rows = standings(request.user, actor_of(request))
    return render(request, "evaluation/staff/consultations.html", {"standings": rows})


@requires("evaluation.read")
def queue(request: Any, slug: str) -> HttpResponse:
    """The list of points with its filters."""
    desk = desk_of(request, slug)
    visible = visible_points(desk.consultation, desk.user, desk.actor)
    points = with_versions(points_of(desk.consultation, desk.user, desk.actor, desk.chosen))
    page = Paginator(points, PER_PAGE).get_page(request.GET.get("page"))
    if may(desk.actor, "evaluation.sort"):
        offer_topics(page.object_list)
    form = FilterForm(
        desk.chosen,
        sections=sections_in(visible),
        topics=topics_of(desk.consultation),
        offices=offices_in(visible),
    )
    query, counts = desk.chosen.query(), progress(visible)
    context = {
        "consultation": desk.consultation,
        "may_carry_out": may(desk.actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(desk.actor, "evaluation.boilerplates"),
        "chosen": desk.chosen,
        "form": form,
        "page": page,
        "progress": counts,
        "tabs": _tabs(desk.chosen, counts),
        "formats": FORMATS,
        "filter_query": query,
        "filter_pairs": parse_qsl(query),
        "query": f"{query}&" if query else "",
        "subject": f"consultation:{desk.consultation.slug}",
    }
    return render(request, "evaluation/staff/queue.html", context)


def offer_topics(points: Any) -> None:
    """Each point of a list gets the suggestions that its row shows."""
    offered = offered_for(points)
    for each in points:
        each.offered = offered.get(each.pk)


def _tabs(chosen: PointFilter, counts: Progress) -> list[dict[str, Any]]:
    """The states as addresses, each with its number."""
    tabs = [("", _("all"), counts.total), (LEFT, _("left to do"), counts.left)]
    tabs += [(s.value, str(s.label), getattr(counts, s.value)) for s in PointState]
    return [
        {
            "label": label,
            "count": count,
            "query": chosen.query(state=state),
            "is_current": chosen.state == state,
        }
        for state, label, count in tabs
    ]


@requires("evaluation.read")
def point(request: Any, slug: str, pk: int) -> HttpResponse:
    """One point: left the list, middle what was said, right the answer."""
    desk = desk_of(request, slug)
    return point_page(request, desk, desk.point(pk), splits="split" in request.GET)


@require_POST
@requires("evaluation.answer")
def answer(request: Any, slug: str, pk: int) -> HttpResponse:
    """Save the answer as a draft, or hand it in for release."""
    desk = desk_of(request, slug)
    found = desk.point(pk)
    form = AnswerForm(request.POST)
    if "use" in request.POST:
        form = use_boilerplate(request, desk, found, form)
        return point_page(request, desk, found, answer=form, is_typed=True)
    if not form.is_valid():
        return point_page(request, desk, found, answer=form, status=422)
    hand_in = request.POST.get("act") == "hand_in"
    try:
        operations.write_response(
            point=found,
            author=desk.user,
            by=desk.actor,
            at=request.at,
            hand_in=hand_in,
            **form.cleaned_data,
        )
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        return _answer_again(request, desk, pk, form, error)
    said = _("The answer waits for release.") if hand_in else _("The draft is saved.")
    return back(request, desk, pk, said, fragment="#answer")


def _answer_again(
    request: Any, desk: Desk, pk: int, form: AnswerForm, error: Refused | ValidationError
) -> HttpResponse:
    """The form with everything that was typed; on a stale one their text stands beside it."""
    fields = {
        "no-decision": "decision",
        "no-reason": "reason",
        "placeholder": "reason",
        "no-receiver": "forwarded_to",
    }
    field = fields.get(getattr(error, "code", "") or "")
    form.add_error("reason" if isinstance(error, ValidationError) else field, sentence(error))
    is_stale = getattr(error, "code", "") == "stale"
    found = desk.point(pk)
    if is_stale:
        last = found.responses.order_by("-version").first()
        put_in(form, "seen_version", last.version if last else 0)
    return point_page(request, desk, found, answer=form, is_stale=is_stale, status=409)


@require_POST
@requires("evaluation.release")
def release(request: Any, slug: str, pk: int) -> HttpResponse:
    """Release the answer that was read."""
    desk = desk_of(request, slug)
    version = whole_number(request.POST.get("version"))
    found = desk.point(pk)
    with transaction.atomic():
        operations.release_response(point=found, by=desk.actor, at=request.at, version=version)
        if "are_words_public" in request.POST:
            operations.clear_words(point=found, are_public=True, by=desk.actor, at=request.at)
    return back(request, desk, pk, _("The answer is released."), fragment="#answer")


@require_POST
@requires("evaluation.clear")
def clear(request: Any, slug: str, pk: int) -> HttpResponse:
    """Show the words of a point to everyone, or take them back."""
    desk = desk_of(request, slug)
    are_public = request.POST.get("are_words_public") == "yes"
    operations.clear_words(
        point=desk.point(pk), are_public=are_public, by=desk.actor, at=request.at
    )
    said = _("The words can be read by everyone.") if are_public else _("The words are hidden.")
    return back(request, desk, pk, said)


@require_POST
@requires("evaluation.release")
def give_back(request: Any, slug: str, pk: int) -> HttpResponse:
    """Give the answer back with a note."""
    desk = desk_of(request, slug)
    found = desk.point(pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return point_page(request, desk, found, giving_back=form, status=422)
    try:
        operations.return_response(point=found, by=desk.actor, at=request.at, **form.cleaned_data)
    except Refused as error:
        form.add_error(None, sentence(error))
        return point_page(request, desk, desk.point(pk), giving_back=form, status=409)
    return back(request, desk, pk, _("The answer was given back."), fragment="#answer")


@require_POST
@requires("evaluation.sort")
def split(request: Any, slug: str, pk: int) -> HttpResponse:
    """Cut the point in two before a sentence."""
    desk = desk_of(request, slug)
    place = whole_number(request.POST.get("at")) or 0
    _first, second = operations.split_point(
        point=desk.point(pk), at_character=place, by=desk.actor, at=request.at
    )
    messages.success(request, _("The point was split. This is its second part."))
    return HttpResponseRedirect(desk.address("point", second.pk))


@require_POST
@requires("evaluation.sort")
def join(request: Any, slug: str, pk: int) -> HttpResponse:
    """Join the point with the one that follows."""
    desk = desk_of(request, slug)
    operations.join_points(point=desk.point(pk), by=desk.actor, at=request.at)
    return back(request, desk, pk, _("The two points are one again."))


@require_POST
@requires("evaluation.sort")
def tag(request: Any, slug: str, pk: int) -> HttpResponse:
    """Set the point's topics."""
    desk = desk_of(request, slug)
    found = desk.point(pk)
    form = TopicsForm(request.POST)
    if not form.is_valid():
        return point_page(request, desk, found, topics=form, status=422)
    names = form.cleaned_data["topics"].split(",")
    operations.tag_point(point=found, topics=names, by=desk.actor, at=request.at)
    return back(request, desk, pk, _("The topics are saved."), fragment="#sorting")


@require_POST
@requires("evaluation.sort")
def assign(request: Any, slug: str, pk: int) -> HttpResponse:
    """Give the point to an office or a person."""
    desk = desk_of(request, slug)
    found = desk.point(pk)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return point_page(request, desk, found, assignment=form, status=422)
    operations.assign_point(point=found, by=desk.actor, at=request.at, **form.cleaned_data)
    return back(request, desk, pk, _("The point is assigned."), fragment="#sorting")
