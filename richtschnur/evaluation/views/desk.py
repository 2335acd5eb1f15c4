"""The desk: one point with its answer, and every act on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms import AnswerForm, AssignForm, ReturnForm, TopicsForm
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries import next_point
from richtschnur.evaluation.views.advice import use_advice
from richtschnur.evaluation.views.boilerplates import use_boilerplate
from richtschnur.evaluation.views.context import Desk, back, desk_of, put_in, said_of, sentence
from richtschnur.evaluation.views.point_page import point_page
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui.numbers import whole_number


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
    if "advice" in request.POST:
        form = use_advice(request, found, form)
        return point_page(request, desk, found, answer=form, is_typed=True)
    if not form.is_valid():
        return point_page(request, desk, found, answer=form, status=422)
    act = request.POST.get("act")
    hand_in = act in ("hand_in", "hand_in_next")
    following = next_point(desk.listed(), found, desk.chosen.order) if "next" in str(act) else None
    try:
        given = {**form.cleaned_data}
        order = operations.answer_all(
            points=[found],
            author=desk.user,
            by=desk.actor,
            at=request.at,
            hand_in=hand_in,
            seen=_seen(found, given.pop("seen_version")),
            **given,
        )
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        return _answer_again(request, desk, pk, form, error)
    said = _("The answer waits for release.") if hand_in else _("The draft is saved.")
    said = said_of(order, said)
    if following is not None:
        return back(request, desk, following, said)
    return back(request, desk, pk, said, fragment="#answer")


def _seen(point: Point, version: int | None) -> dict[int, int]:
    return {} if version is None else {point.pk: version}


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
        order = operations.release_all(
            points=[found], seen=_seen(found, version), by=desk.actor, at=request.at
        )
        if "are_words_public" in request.POST:
            operations.clear_words(point=found, are_public=True, by=desk.actor, at=request.at)
    said = said_of(order, _("The answer is released."))
    return back(request, desk, pk, said, fragment="#answer")


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
        order = operations.give_back_all(
            point=found, by=desk.actor, at=request.at, **form.cleaned_data
        )
    except Refused as error:
        form.add_error(None, sentence(error))
        return point_page(request, desk, desk.point(pk), giving_back=form, status=409)
    said = said_of(order, _("The answer was given back."))
    return back(request, desk, pk, said, fragment="#answer")


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
    order = operations.tag_all(
        points=[found], topics=names, adds=False, by=desk.actor, at=request.at
    )
    said = said_of(order, _("The topics are saved."))
    return back(request, desk, pk, said, fragment="#sorting")


@require_POST
@requires("evaluation.sort")
def assign(request: Any, slug: str, pk: int) -> HttpResponse:
    """Give the point to an office or a person."""
    desk = desk_of(request, slug)
    found = desk.point(pk)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return point_page(request, desk, found, assignment=form, status=422)
    order = operations.assign_all(points=[found], by=desk.actor, at=request.at, **form.cleaned_data)
    said = said_of(order, _("The point is assigned."))
    return back(request, desk, pk, said, fragment="#sorting")
