"""The page of who was asked about points, at a personal address: no login, no script needed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.evaluation.forms import AdviceForm
from richtschnur.evaluation.models import Advice, Delegation
from richtschnur.evaluation.operations import (
    Said,
    hand_in_advice,
    open_delegation,
    save_advice,
)
from richtschnur.evaluation.queries import advices_of, delegation_by_secret, section_paths
from richtschnur.evaluation.states import PointState
from richtschnur.evaluation.views.context import put_in, sentence
from richtschnur.journal.refusals import Refused
from richtschnur.ui.addresses import whole_address


@public
def asked(request: Any, secret: str) -> HttpResponse:
    """The points with the question; saving, handing in, and afterwards what was handed in.

    An address that never was and one that leads nowhere any more look the same.
    """
    delegation = delegation_by_secret(secret)
    if delegation is None:
        return _private(render(request, "evaluation/public/asked_nowhere.html", status=404))
    advices = advices_of(delegation)
    if request.method == "POST":
        return _posted(request, delegation, advices)
    if request.method == "GET":
        open_delegation(delegation=delegation, at=request.at)
    return _page(request, delegation, advices, AdviceForm(advices=_open(advices)))


def _open(advices: list[Advice]) -> list[Advice]:
    return [advice for advice in advices if advice.point.state != PointState.CLOSED]


def _posted(request: Any, delegation: Delegation, advices: list[Advice]) -> HttpResponse:
    hands_in = request.POST.get("act") == "hand_in"
    form = AdviceForm(request.POST, advices=_open(advices), completes=hands_in)
    if not form.is_valid():
        return _page(request, delegation, advices, form, status=422)
    write = hand_in_advice if hands_in else save_advice
    try:
        write(delegation=delegation, said=form.said(), seen=form.seen(), at=request.at)
    except (Refused, ValidationError) as error:
        form.add_error(None, sentence(error))
        return _refused(request, delegation, form, getattr(error, "code", "") or "")
    said = (
        _("Thank you. It is handed in.")
        if hands_in
        else _("It is saved. Please hand it in when you are done.")
    )
    messages.success(request, said)
    return _private(HttpResponseRedirect(request.path))


def _refused(request: Any, delegation: Delegation, form: AdviceForm, code: str) -> HttpResponse:
    """Everything that was typed, with what stands there now beside it."""
    delegation.refresh_from_db()
    advices = advices_of(delegation)
    theirs: dict[int, Advice] = {}
    if code == "stale":
        shown, typed = form.seen(), form.said()
        for advice in advices:
            mark = Said.of(advice).mark
            if advice.pk in typed and mark not in (shown[advice.pk], typed[advice.pk].mark):
                theirs[advice.pk] = advice
                put_in(form, f"mark_{advice.pk}", mark)
    return _page(request, delegation, advices, form, theirs=theirs, status=409)


def _page(
    request: Any,
    delegation: Delegation,
    advices: list[Advice],
    form: AdviceForm,
    *,
    theirs: dict[int, Advice] | None = None,
    status: int = 200,
) -> HttpResponse:
    edition = delegation.consultation.edition
    paths = section_paths(edition)
    fields = {advice.pk: shown for advice, shown in form.parts}
    parts = [
        {
            "advice": advice,
            "point": advice.point,
            "section": paths.get(_section(advice), ""),
            "fields": fields.get(advice.pk, []),
            "theirs": (theirs or {}).get(advice.pk),
        }
        for advice in advices
    ]
    is_over = delegation.is_overdue(localdate(request.at))
    context = {
        "delegation": delegation,
        "consultation": delegation.consultation,
        "paper_language": delegation.consultation.strategy.language,
        "form": form,
        "parts": parts,
        "is_over": is_over,
        "is_in": delegation.handed_in_at is not None,
        "takes": delegation.is_waiting and not is_over,
        "keeps_typed": form.is_bound,
        "address": whole_address(request, request.path),
    }
    return _private(render(request, "evaluation/public/asked.html", context, status=status))


def _section(advice: Advice) -> int:
    passage = advice.point.comment.passage
    return passage.section_id if passage else 0


def _private(response: HttpResponse) -> HttpResponse:
    """In no cache, in no search, in no other site's log."""
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
