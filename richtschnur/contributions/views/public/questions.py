"""The questions of a consultation, answered on one page into the basket."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.queries import Place, visible_consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.forms.questions import QuestionsForm
from richtschnur.contributions.operations import put_answers
from richtschnur.contributions.views.public import own_basket
from richtschnur.journal.refusals import Refused


@public
def questions(request: Any, slug: str) -> HttpResponse:
    """All questions; what is answered waits in the basket, and the basket is next."""
    consultation = visible_consultation(request, slug)
    asked = own_basket.questions_in(request, consultation)
    if not asked:
        raise Http404
    form = _form(request, consultation, asked)
    refusal, status = _refusal(request, consultation), 200
    if request.method == "POST":
        if form.is_valid() and not refusal:
            try:
                return _put(request, consultation, form)
            except Refused as refused:
                refusal = str(refused)
            except ValidationError as error:
                form.add_error(None, error)
        status = 409 if refusal else 422
    context = {
        "consultation": consultation,
        "form": form,
        "refusal": refusal,
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }
    return render(request, "contributions/public/questions.html", context, status=status)


def _form(request: Any, consultation: Consultation, asked: list[Question]) -> QuestionsForm:
    return QuestionsForm(
        request.POST if request.method == "POST" else None,
        questions=asked,
        language=get_language() or "",
        comments=own_basket.comments_in(request, consultation),
        answers=own_basket.answers_in(request, consultation),
    )


def _refusal(request: Any, consultation: Consultation) -> str:
    try:
        check_open(consultation, request.at)
    except Refused as refused:
        return str(refused)
    return ""


def _put(request: Any, consultation: Consultation, form: QuestionsForm) -> HttpResponse:
    secret = own_basket.secret_in(request, consultation) or own_basket.new_secret()
    given = form.given
    put_answers(
        consultation=consultation,
        secret=secret,
        texts=given.texts,
        values=given.values,
        at=request.at,
    )
    messages.success(request, _("Your answers lie in the basket. They are not sent yet."))
    is_last = request.POST.get("then") != "read" or consultation.edition_id is None
    where = "contributions:basket" if is_last else "consultation:read"
    response = redirect(where, consultation.slug)
    own_basket.keep(request, response, consultation, secret)
    return response


def questions_link(request: Any, place: Place) -> str:
    """Fills "consultation.passage": the way to the questions, at the whole and at a passage."""
    consultation = place.consultation
    if not place.is_open:
        return ""
    asked = own_basket.questions_in(request, consultation)
    passage = place.passage.pk if place.passage else None
    here = [question for question in asked if question.passage_id == passage]
    if not (here if passage else asked):
        return ""
    context = {
        "consultation": consultation,
        "passage": place.passage,
        "question": here[0] if here else asked[0],
        "count": len(asked),
    }
    return render_to_string("contributions/public/_questions_link.html", context)
