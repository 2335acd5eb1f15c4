"""Boilerplates: the paper's list, one of them, and their words put into an answer."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms import AnswerForm, BoilerplateForm
from richtschnur.evaluation.models import Boilerplate, Point
from richtschnur.evaluation.queries import boilerplates_of, fill, section_paths, topics_of
from richtschnur.evaluation.rules import PLACEHOLDERS
from richtschnur.evaluation.views.context import Desk, desk_of, put_in, sentence
from richtschnur.journal.refusals import Refused
from richtschnur.ui.numbers import whole_number


@requires("evaluation.boilerplates")
def boilerplates(request: Any, slug: str) -> HttpResponse:
    """All boilerplates of the paper, and a form for a new one."""
    desk = desk_of(request, slug)
    form = BoilerplateForm(request.POST or None, topics=topics_of(desk.consultation))
    return _keep(request, desk, form, None)


@requires("evaluation.boilerplates")
def boilerplate(request: Any, slug: str, pk: int) -> HttpResponse:
    """One boilerplate, to be changed."""
    desk = desk_of(request, slug)
    row = _row(desk, pk)
    names = ("name", "topic", "decision", "reason", "forwarded_to")
    form = BoilerplateForm(
        request.POST or None,
        topics=topics_of(desk.consultation),
        initial={name: getattr(row, name) for name in names},
    )
    return _keep(request, desk, form, row)


@require_POST
@requires("evaluation.boilerplates")
def retire(request: Any, slug: str, pk: int) -> HttpResponse:
    """Offer it no more, or again."""
    desk = desk_of(request, slug)
    retired = request.POST.get("retired") == "yes"
    operations.retire_boilerplate(
        boilerplate=_row(desk, pk), retired=retired, by=desk.actor, at=request.at
    )
    said = _("It is offered no more.") if retired else _("It is offered again.")
    return _back(request, desk, said)


def use_boilerplate(request: Any, desk: Desk, point: Point, form: AnswerForm) -> AnswerForm:
    """The form as it was typed, with the words of the boilerplate that was chosen put in.

    What was typed already stays and stands before them.
    """
    row = _row(desk, whole_number(request.POST.get("use")))
    passage = point.comment.passage
    paths = section_paths(desk.consultation.edition) if passage else {}
    words = fill(row.reason, point, section=paths.get(passage.section_id, "") if passage else "")
    typed = form.data.get("reason", "").strip()
    put_in(form, "reason", f"{typed}\n\n{words}" if typed and typed != words else words)
    if row.decision:
        put_in(form, "decision", row.decision)
    if row.forwarded_to:
        put_in(form, "forwarded_to", row.forwarded_to)
    return AnswerForm(initial={name: form.data.get(name) for name in form.fields})


def _keep(request: Any, desk: Desk, form: BoilerplateForm, row: Boilerplate | None) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                operations.keep_boilerplate(
                    strategy=desk.consultation.strategy,
                    boilerplate=row,
                    by=desk.actor,
                    at=request.at,
                    **form.cleaned_data,
                )
            except Refused as error:
                form.add_error(error.code if error.code in form.fields else None, sentence(error))
            else:
                return _back(request, desk, _("The boilerplate is saved."))
    context = {
        "consultation": desk.consultation,
        "may_carry_out": True,
        "may_keep_boilerplates": True,
        "form": form,
        "boilerplate": row,
        "boilerplates": boilerplates_of(desk.consultation.strategy),
        "placeholders": [f"{{{word}}}" for word in PLACEHOLDERS],
    }
    page = "boilerplate" if row else "boilerplates"
    return render(request, f"evaluation/staff/{page}.html", context, status=status)


def _row(desk: Desk, pk: int | None) -> Boilerplate:
    return get_object_or_404(Boilerplate, pk=pk, strategy=desk.consultation.strategy)


def _back(request: Any, desk: Desk, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("evaluation:boilerplates", args=[desk.consultation.slug]))
