"""The questions of a consultation as the staff makes, orders and reads them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.forms import QuestionForm, ReadyForm, as_typed
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import (
    add_questions,
    change_question,
    move_question,
    ready_questions,
    remove_question,
)
from richtschnur.consultation.queries import all_consultations, questions_of
from richtschnur.consultation.states import Phase
from richtschnur.consultation.views.question_languages import languages_of
from richtschnur.journal.refusals import Forbidden, Refused


def _named(slug: str) -> Consultation:
    return get_object_or_404(all_consultations(), slug=slug)


def _one(consultation: Consultation, pk: str | int) -> Question:
    if not str(pk).isdecimal() or len(str(pk)) > 15:
        raise Http404
    return get_object_or_404(questions_of(consultation), pk=pk)


@requires("consultation.read_internal")
def questions(request: Any, slug: str) -> HttpResponse:
    """All of them in order; until it opens with the ways to change them."""
    consultation = _named(slug)
    form = ReadyForm(request.POST if "ready" in request.POST else None)
    if request.method == "POST":
        try:
            if _acted(request, consultation, form):
                return redirect("consultation:questions", slug)
        except Forbidden:
            raise
        except Refused as refusal:
            messages.warning(request, str(refusal))
            return redirect("consultation:questions", slug)
    is_planned = consultation.phase(request.at) == Phase.PLANNED
    asked = list(questions_of(consultation))
    context = {
        "consultation": consultation,
        "questions": asked,
        "further": languages_of(consultation, asked) if asked else [],
        "form": form,
        "may_change": is_planned and may(actor_of(request), "consultation.open"),
    }
    return render(request, "consultation/staff/questions.html", context)


def _acted(request: Any, consultation: Consultation, form: ReadyForm) -> bool:
    given, act = request.POST, {"by": actor_of(request), "at": request.at}
    if "ready" in given:
        if not form.is_valid():
            return False
        language = consultation.strategy.language
        chosen = ready_questions(form.cleaned_data["ready"], language)
        add_questions(consultation=consultation, questions=chosen, **act)
    elif "up" in given or "down" in given:
        question = _one(consultation, given.get("up") or given.get("down", ""))
        move_question(question=question, is_up="up" in given, **act)
    elif "remove" in given:
        remove_question(question=_one(consultation, given["remove"]), **act)
        messages.success(request, _("The question is taken out."))
    return True


@requires("consultation.open")
def question_add(request: Any, slug: str) -> HttpResponse:
    """A question of one's own, at the end."""
    return _edit(request, _named(slug), None)


@requires("consultation.open")
def question_change(request: Any, slug: str, pk: int) -> HttpResponse:
    """Other words for one question."""
    consultation = _named(slug)
    return _edit(request, consultation, _one(consultation, pk))


def _edit(request: Any, consultation: Consultation, question: Question | None) -> HttpResponse:
    if consultation.phase(request.at) != Phase.PLANNED:
        raise Http404
    is_sent = request.method == "POST"
    initial = as_typed(question) if question else {"kind": "open"}
    data = request.POST if is_sent else None
    form = QuestionForm(data, initial=initial, consultation=consultation)
    if is_sent and form.is_valid():
        try:
            _keep(request, consultation, question, form)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("consultation:questions", consultation.slug)
    context = {"consultation": consultation, "question": question, "form": form}
    return render(request, "consultation/staff/question.html", context)


def _keep(
    request: Any, consultation: Consultation, question: Question | None, form: QuestionForm
) -> None:
    act = {"by": actor_of(request), "at": request.at}
    if question is None:
        add_questions(consultation=consultation, questions=[form.new], **act)
    else:
        change_question(question=question, new=form.new, **act)
