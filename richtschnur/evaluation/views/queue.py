"""The list of points: filters that are addresses, saved views, and what is left."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.evaluation.forms import FilterForm, ViewForm, filter_choices
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries import (
    LEFT,
    Gathered,
    PointFilter,
    Progress,
    by_state,
    has_large_group,
    last_act,
    offered_for,
    open_orders,
    page,
    standings,
    with_versions,
)
from richtschnur.evaluation.queries.paging import counted
from richtschnur.evaluation.rules import AT_ONCE
from richtschnur.evaluation.states import ENDED, FORMATS, PointState
from richtschnur.evaluation.views.context import Desk, desk_of
from richtschnur.evaluation.views.keys import keys_of_queue
from richtschnur.ui.numbers import whole_number

PER_PAGE = 50


@requires("evaluation.read")
def consultations(request: Any) -> HttpResponse:
    """All consultations with what is left to answer in each."""
    rows = standings(request.user, actor_of(request))
    return render(request, "evaluation/staff/consultations.html", {"standings": rows})


@requires("evaluation.read")
def queue(request: Any, slug: str) -> HttpResponse:
    """The list of points with its filters; without any, the view that opens first."""
    desk = desk_of(request, slug)
    around = desk.around()
    first = next((view for view in around.views if view.is_default), None)
    if first is not None and not request.GET:
        return HttpResponseRedirect(f"{request.path}?{first.query or 'all=1'}")
    listed = desk.listed(around)
    marks = {name: whole_number(request.GET.get(name)) for name in ("after", "before")}
    shown = page(with_versions(listed), desk.chosen.order, PER_PAGE, **marks)
    query, is_narrow = desk.chosen.query(), desk.chosen.is_narrow
    is_counted = is_narrow and "is_one_of_many" not in listed.query.annotations
    numbers = counted(
        *by_state(desk.visible()), *([listed.order_by()[: AT_ONCE + 1]] if is_counted else [])
    )
    counts = desk.progress(numbers[: len(PointState)], around)
    number = numbers[-1] if is_counted else None
    if may(desk.actor, "evaluation.sort"):
        offer_topics(shown.object_list)
    context = {
        "consultation": desk.consultation,
        "may_carry_out": may(desk.actor, "evaluation.carry_out"),
        "may_keep_boilerplates": may(desk.actor, "evaluation.boilerplates"),
        "chosen": desk.chosen,
        "chips": chips(desk.chosen, around),
        "form": FilterForm(desk.chosen, around),
        "views": _views(desk, around),
        "view_form": ViewForm(auto_id="view_%s"),
        "page": shown,
        "progress": counts,
        "tabs": _tabs(desk.chosen, counts),
        "orders": open_orders(desk.consultation) if has_large_group(shown.object_list) else (),
        "undo": last_act(desk.actor, desk.at),
        "keys": keys_of_queue(),
        "formats": FORMATS,
        "filter_query": query,
        "filter_pairs": parse_qsl(query),
        "query": f"{query}&" if query else "",
        "subject": "" if is_narrow else f"consultation:{desk.consultation.slug}",
    }
    return render(request, "evaluation/staff/queue.html", context | _count(desk, number, counts))


def offer_topics(points: list[Point]) -> None:
    """Each point of a list gets the suggestions that its row shows."""
    offered = offered_for([each for each in points if each.state not in ENDED])
    for each in points:
        each.offered = offered.get(each.pk)  # type: ignore[attr-defined]


def _count(desk: Desk, number: int | None, counts: Progress) -> dict[str, Any]:
    """How many points the list has: exactly where that costs little, else that it is more."""
    if not desk.chosen.is_narrow:
        listed = [(LEFT, counts.left), ("", counts.total)]
        listed += [(state.value, getattr(counts, state.value)) for state in PointState]
        return {"count": None, "may_take_all": dict(listed)[desk.chosen.state] <= AT_ONCE}
    is_more = number is None or number > AT_ONCE
    return {
        "count": AT_ONCE if is_more else number,
        "is_more": is_more,
        "may_take_all": not is_more,
    }


def _tabs(chosen: PointFilter, counts: Progress) -> list[dict[str, Any]]:
    """The states as addresses, each with its number."""
    tabs = [("", _("all"), counts.total), (LEFT, _("left to do"), counts.left)]
    tabs += [(s.value, str(s.label), getattr(counts, s.value)) for s in PointState]
    return [
        {
            "label": label,
            "count": count,
            "query": chosen.query(state=state) or "all=1",
            "is_current": chosen.state == state,
        }
        for state, label, count in tabs
    ]


def chips(chosen: PointFilter, around: Gathered) -> list[dict[str, str]]:
    """What narrows the list, in words, each with the address without it."""
    form = FilterForm(chosen, around)
    known = {n: {str(k): str(v) for k, v in cs} for n, cs in filter_choices(around).items()}
    found = []
    for name in chosen.chosen:
        value = str(getattr(chosen, name))
        label = str(form.fields[name].label) if name in form.fields else _OTHERS[name]()
        words = known.get(name, {}).get(value, "" if value == "True" else value)
        if name == "passage" and value == "0":
            words = _("Whole paper")
        query = chosen.without(name) or "all=1"
        found.append({"label": label, "words": words, "query": query})
    return found


_OTHERS = {"passage": lambda: _("Passage"), "group": lambda: _("Group")}


def _views(desk: Desk, around: Gathered) -> list[dict[str, Any]]:
    """The saved views, each with whether it is what is shown now."""
    query = desk.chosen.query()
    keeps = may(desk.actor, "evaluation.boilerplates")
    return [
        {
            "view": view,
            "is_current": view.query == query,
            "may_change": view.owner == desk.user.pk or (view.is_shared and keeps),
        }
        for view in around.views
    ]
