"""Several points at once: answered, sorted, grouped or released by one act, all or none."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.rules import may
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms import AnswerForm, AssignForm, TopicsForm
from richtschnur.evaluation.queries import (
    Together,
    all_listed,
    chosen_points,
)
from richtschnur.evaluation.rules import ASKED_AT_ONCE
from richtschnur.evaluation.views.boilerplates import use_boilerplate
from richtschnur.evaluation.views.context import Desk, desk_of, said_of, sentence
from richtschnur.evaluation.views.keys import keys_of_together
from richtschnur.journal.refusals import Forbidden, Refused

SHOWN = 10


@requires("evaluation.answer")
def together(request: Any, slug: str) -> HttpResponse:
    """The points that were chosen in the list, with what can be done to all of them."""
    desk = desk_of(request, slug)
    choices = request.GET.getlist("point")
    if "all" in request.GET:
        choices = all_listed(desk.listed())
    return _page(request, desk, _chosen(desk, choices))


@require_POST
@requires("evaluation.answer")
def answer(request: Any, slug: str) -> HttpResponse:
    """One answer for all of them, as a draft or handed in."""
    desk, chosen = _asked(request, slug)
    form = AnswerForm(request.POST)
    if "use" in request.POST:
        form = use_boilerplate(request, desk, chosen.points[0], form)
        return _page(request, desk, chosen, answer=form)
    if not form.is_valid():
        return _page(request, desk, chosen, answer=form, status=422)
    hand_in = request.POST.get("act") == "hand_in"
    given = {**form.cleaned_data}
    given.pop("seen_version")
    try:
        order = operations.answer_all(
            points=chosen.points,
            author=desk.user,
            by=desk.actor,
            at=request.at,
            hand_in=hand_in,
            seen=chosen.seen,
            **given,
        )
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        form.add_error(None, sentence(error))
        return _page(request, desk, chosen, answer=form, status=409)
    n = chosen.count
    said = (
        ngettext(
            "The answer to %(n)d point waits for release.",
            "The answer to all %(n)d points waits for release.",
            n,
        )
        if hand_in
        else ngettext(
            "The draft is saved for %(n)d point.", "The draft is saved for all %(n)d points.", n
        )
    )
    return _back(request, desk, said_of(order, said % {"n": n}))


@require_POST
@requires("evaluation.sort")
def tag(request: Any, slug: str) -> HttpResponse:
    """Add topics to all of them."""
    desk, chosen = _asked(request, slug)
    form = TopicsForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, chosen, topics=form, status=422)
    names = form.cleaned_data["topics"].split(",")
    order = operations.tag_all(
        points=chosen.points, topics=names, adds=True, by=desk.actor, at=request.at
    )
    said = ngettext(
        "The topics were added to %(n)d point.",
        "The topics were added to all %(n)d points.",
        chosen.count,
    )
    return _back(request, desk, said_of(order, said % {"n": chosen.count}))


@require_POST
@requires("evaluation.sort")
def assign(request: Any, slug: str) -> HttpResponse:
    """Give all of them to an office or a person."""
    desk, chosen = _asked(request, slug)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, chosen, assignment=form, status=422)
    order = operations.assign_all(
        points=chosen.points, by=desk.actor, at=request.at, **form.cleaned_data
    )
    said = ngettext("%(n)d point is assigned.", "All %(n)d points are assigned.", chosen.count)
    return _back(request, desk, said_of(order, said % {"n": chosen.count}))


@require_POST
@requires("evaluation.sort")
def group(request: Any, slug: str) -> HttpResponse:
    """Say that they say the same: from now on they are answered as one."""
    desk, chosen = _asked(request, slug)
    made = operations.group_points(points=chosen.points, by=desk.actor, at=request.at)
    n = made.points.count()
    said = _("%(n)d points are one group now and are answered as one.") % {"n": n}
    return _back(request, desk, said)


@require_POST
@requires("evaluation.release")
def release(request: Any, slug: str) -> HttpResponse:
    """Release the answers of all of them."""
    desk, chosen = _asked(request, slug)
    order = operations.release_all(
        points=chosen.points, by=desk.actor, at=request.at, seen=chosen.seen
    )
    n = chosen.count
    said = ngettext("%(n)d answer is released.", "All %(n)d answers are released.", n)
    return _back(request, desk, said_of(order, said % {"n": n}))


@require_POST
@requires("evaluation.sort")
def ungroup(request: Any, slug: str, pk: int) -> HttpResponse:
    """Take one point out of its group."""
    desk = desk_of(request, slug)
    operations.ungroup_point(point=desk.point(pk), by=desk.actor, at=request.at)
    messages.success(request, _("The point is in no group any more and is answered alone."))
    return HttpResponseRedirect(desk.address("point", pk))


def _asked(request: Any, slug: str) -> tuple[Desk, Together]:
    desk = desk_of(request, slug)
    return desk, _chosen(desk, request.POST.get("points", "").split())


def _chosen(desk: Desk, choices: list[str]) -> Together:
    return chosen_points(desk.visible(), choices)


def _back(request: Any, desk: Desk, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(desk.address("queue"))


def _page(
    request: Any,
    desk: Desk,
    chosen: Together,
    *,
    answer: AnswerForm | None = None,
    topics: TopicsForm | None = None,
    assignment: AssignForm | None = None,
    status: int = 200,
) -> HttpResponse:
    sorts = may(desk.actor, "evaluation.sort")
    shown = chosen.points[:SHOWN]
    around = desk.around()
    context = {
        "consultation": desk.consultation,
        "may_carry_out": may(desk.actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(desk.actor, "evaluation.boilerplates"),
        "filter_query": desk.chosen.query(),
        "together": chosen,
        "shown": shown,
        "more": len(chosen.points) - len(shown),
        "answer": answer or AnswerForm(initial={"seen_version": 0}),
        "boilerplates": around.boilerplates,
        "sorts": sorts,
        "may_ask": may(desk.actor, "evaluation.delegate") and len(chosen.points) <= ASKED_AT_ONCE,
        "may_group": sorts and chosen.count > 1 and not chosen.is_one_group,
        "may_release": chosen.are_waiting and may(desk.actor, "evaluation.release"),
        "keys": keys_of_together(may_release=chosen.are_waiting),
        "topics_form": topics or TopicsForm(auto_id="topics_%s"),
        "known_topics": [name for _key, name in around.topics],
        "assign_form": (assignment or AssignForm(auto_id="assign_%s")).offer(around),
    }
    return render(request, "evaluation/staff/together.html", context, status=status)
