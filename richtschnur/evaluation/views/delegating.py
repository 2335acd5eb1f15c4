"""Asking others about points: the question, and what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms import AskForm, LaterForm, NewAddressForm
from richtschnur.evaluation.forms.asking import usual_question
from richtschnur.evaluation.models import Delegation
from richtschnur.evaluation.queries import (
    Together,
    advices_of,
    chosen_points,
    delegation_of,
    visible_points,
)
from richtschnur.evaluation.views.context import Desk, desk_of, sentence
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui.addresses import whole_address
from richtschnur.ui.numbers import whole_number
from richtschnur.ui.telling import do_and_tell


def delegate_address(request: Any) -> str:
    """The whole personal address with "{secret}" in it."""
    path = reverse("evaluation:asked", args=["SECRET"]).replace("SECRET", "{secret}")
    return whole_address(request, path)


@requires("evaluation.delegate")
def ask(request: Any, slug: str) -> HttpResponse:
    """Ask an office or a body about the points that were chosen."""
    desk = desk_of(request, slug)
    given = request.POST if request.method == "POST" else request.GET
    visible = visible_points(desk.consultation, desk.user, desk.actor)
    chosen = chosen_points(visible, given.get("points", "").split())
    if request.method != "POST":
        before = whole_number(request.GET.get("again"))
        question = delegation_of(desk.consultation, before).question if before else ""
        form = AskForm(initial=usual_question(request.at, question))
        return _ask_page(request, desk, chosen, form)
    form = AskForm(request.POST)
    if not form.is_valid():
        return _ask_page(request, desk, chosen, form, status=422)
    try:
        made = operations.delegate_points(
            points=chosen.points,
            guest=form.guest,
            question=form.cleaned_data["question"],
            due_on=form.cleaned_data["due_on"],
            address=delegate_address(request),
            asker=desk.user,
            by=desk.actor,
            at=request.at,
        )
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        code = getattr(error, "code", "") or ""
        field = "question" if isinstance(error, ValidationError) else code
        form.add_error(field if field in form.fields else None, sentence(error))
        return _ask_page(request, desk, chosen, form, status=409)
    return _asked(request, desk, made, len(chosen.points))


def _asked(request: Any, desk: Desk, made: Delegation, count: int) -> HttpResponse:
    said = ngettext(
        "%(name)s is asked about %(n)d point; the mail is on its way.",
        "%(name)s is asked about %(n)d points; the mail is on its way.",
        count,
    )
    do_and_tell(request, lambda: made, lambda _made: said % {"name": made.name, "n": count})
    return HttpResponseRedirect(desk.address("delegation", made.pk))


def _ask_page(
    request: Any, desk: Desk, chosen: Together, form: AskForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "consultation": desk.consultation,
        "filter_query": desk.chosen.query(),
        "together": chosen,
        "form": form,
    }
    return render(request, "evaluation/staff/ask.html", context, status=status)


@requires("evaluation.delegate")
def delegation(request: Any, slug: str, pk: int) -> HttpResponse:
    """What somebody was asked, what came back, and what can be done now."""
    desk = desk_of(request, slug)
    found = delegation_of(desk.consultation, pk)
    later = LaterForm(initial={"due_on": found.due_on}, auto_id="later_%s")
    address = NewAddressForm(initial={"email": found.email}, auto_id="address_%s")
    if request.method == "POST":
        if "later" in request.POST:
            later = LaterForm(request.POST, auto_id="later_%s")
        if "again" in request.POST:
            address = NewAddressForm(request.POST, auto_id="address_%s")
        form = later if later.is_bound else address
        if not form.is_bound or form.is_valid():
            do_and_tell(request, *_act(request, desk, found, form))
            return HttpResponseRedirect(desk.address("delegation", pk))
    advices = advices_of(found)
    not_ours = [advice.point for advice in advices if advice.is_not_ours]
    context = {
        "consultation": desk.consultation,
        "delegation": found,
        "advices": advices,
        "is_overdue": found.is_overdue(localdate(request.at)),
        "later": later,
        "address": address,
        "all_points": _choice([advice.point for advice in advices]),
        "not_ours": _choice(not_ours),
    }
    status = 422 if later.errors or address.errors else 200
    return render(request, "evaluation/staff/delegation.html", context, status=status)


def _choice(points: list[Any]) -> str:
    """Points for the address of the page that asks; which version was seen does not matter."""
    return " ".join(f"{point.pk}:0" for point in points)


def _act(
    request: Any, desk: Desk, found: Delegation, form: Any
) -> tuple[Callable[[], Delegation], Callable[[Delegation], str]]:
    """What the pressed button does, and the words about it."""
    given = {"delegation": found, "by": desk.actor, "at": request.at}
    if "later" in request.POST:
        day = form.cleaned_data["due_on"]
        link = delegate_address(request)
        return (
            lambda: operations.extend_delegation(due_on=day, address=link, **given),
            lambda _made: _("There is more time now; a mail says so."),
        )
    if "again" in request.POST:
        email, link = form.cleaned_data["email"], delegate_address(request)
        return (
            lambda: operations.send_delegation_again(email=email, address=link, **given),
            lambda _made: _(
                "There is a new personal address; the one of before leads nowhere any more."
            ),
        )
    if "forget" in request.POST:
        return (
            lambda: operations.forget_delegate(**given),
            lambda _made: _("Name and address are deleted."),
        )
    return (
        lambda: operations.withdraw_delegation(**given),
        lambda _made: _("The question is taken back; the address leads nowhere any more."),
    )
