"""Saved views of the list: kept, changed, deleted, and the one that opens first."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms import ViewForm
from richtschnur.evaluation.models import SavedView
from richtschnur.evaluation.queries import PointFilter, view_of
from richtschnur.evaluation.rules import check_may_change_view
from richtschnur.evaluation.views.context import Desk, desk_of, sentence
from richtschnur.journal.refusals import Forbidden, Refused


@require_POST
@requires("evaluation.keep_views")
def keep(request: Any, slug: str) -> HttpResponse:
    """Keep what the list shows now under a name."""
    desk = desk_of(request, slug)
    form = ViewForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, form, None, 422)
    try:
        view = operations.keep_view(
            consultation=desk.consultation,
            owner=desk.user,
            name=form.cleaned_data["name"],
            query=desk.chosen.query(),
            is_shared=form.cleaned_data["is_shared"],
            by=desk.actor,
            at=request.at,
        )
    except Refused as error:
        form.add_error("name", sentence(error))
        return _page(request, desk, form, None, 409)
    if form.cleaned_data["opens_first"]:
        _open_first(desk, view)
    messages.success(request, _("The view “%(name)s” is kept.") % {"name": view.name})
    return HttpResponseRedirect(_address(desk, view.query))


@requires("evaluation.keep_views")
def change(request: Any, slug: str, pk: int) -> HttpResponse:
    """Rename a view, share it, or let the list open with it."""
    desk = desk_of(request, slug)
    view = view_of(desk.consultation, desk.user, pk)
    check_may_change_view(view, desk.user, desk.actor)
    is_default = view.default_for.filter(pk=desk.user.pk).exists()
    form = ViewForm(
        request.POST or None,
        initial={"name": view.name, "is_shared": view.is_shared, "opens_first": is_default},
    )
    if request.method != "POST":
        return _page(request, desk, form, view)
    if not form.is_valid():
        return _page(request, desk, form, view, 422)
    given = {n: form.cleaned_data[n] for n in ("name", "is_shared")}
    try:
        operations.rename_view(view=view, user=desk.user, by=desk.actor, at=request.at, **given)
    except Forbidden:
        raise
    except Refused as error:
        form.add_error("name", sentence(error))
        return _page(request, desk, form, view, 409)
    if form.cleaned_data["opens_first"] != is_default:
        _open_first(desk, None if is_default else view)
    messages.success(request, _("The view is changed."))
    return HttpResponseRedirect(_address(desk, view.query))


@require_POST
@requires("evaluation.keep_views")
def drop(request: Any, slug: str, pk: int) -> HttpResponse:
    """Delete a view."""
    desk = desk_of(request, slug)
    view = view_of(desk.consultation, desk.user, pk)
    operations.drop_view(view=view, user=desk.user, by=desk.actor, at=request.at)
    messages.success(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return HttpResponseRedirect(desk.address("queue"))


@require_POST
@requires("evaluation.keep_views")
def open_first(request: Any, slug: str, pk: int) -> HttpResponse:
    """Let the list open with this view, or no more."""
    desk = desk_of(request, slug)
    view = view_of(desk.consultation, desk.user, pk)
    is_default = view.default_for.filter(pk=desk.user.pk).exists()
    _open_first(desk, None if is_default else view)
    messages.success(
        request,
        _("The list opens with all points again.")
        if is_default
        else _("The list opens with “%(name)s” from now on.") % {"name": view.name},
    )
    return HttpResponseRedirect(_address(desk, view.query))


def _open_first(desk: Desk, view: SavedView | None) -> None:
    operations.choose_default_view(
        consultation=desk.consultation, view=view, user=desk.user, by=desk.actor, at=desk.at
    )


def _address(desk: Desk, query: str) -> str:
    """The list with what a view keeps; read anew, so that nothing else gets into an address."""
    chosen = PointFilter.read(QueryDict(query))
    bare = Desk(desk.user, desk.actor, desk.consultation, PointFilter(), desk.at).address("queue")
    return f"{bare}?{chosen.query() or 'all=1'}"


def _page(
    request: Any, desk: Desk, form: ViewForm, view: SavedView | None, status: int = 200
) -> HttpResponse:
    context = {
        "consultation": desk.consultation,
        "form": form,
        "view": view,
        "filter_query": desk.chosen.query(),
    }
    return render(request, "evaluation/staff/view.html", context, status=status)
