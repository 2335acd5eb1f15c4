"""The questions of a consultation in further languages, for staff."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.forms.translating import QuestionWordsForm, WordsCheckForm
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import (
    check_question_words,
    discard_question_words,
    is_ready_in,
    order_question_drafts,
    parts_of,
    source_of,
    write_question,
)
from richtschnur.consultation.operations.translating import ABOUT
from richtschnur.consultation.queries import all_consultations, questions_of
from richtschnur.county.queries import the_county
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.operations.translating import the_machine
from richtschnur.strategy.queries.in_language import state_in_words
from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.queries import Told, counts_by_language, latest_order, told_in
from richtschnur.ui.languages import BY_CODE, LANGUAGES, Language, language_of


def _named(slug: str) -> Consultation:
    return get_object_or_404(all_consultations(), slug=slug)


def _language(consultation: Consultation, code: str) -> Language:
    if code not in BY_CODE or code == language_of(consultation.strategy.language).code:
        raise Http404
    return BY_CODE[code]


def languages_of(consultation: Consultation, questions: list[Question]) -> list[dict[str, Any]]:
    """Every other language with how many questions are there, checked, or ready; one query."""
    own = language_of(consultation.strategy.language).code
    counts = counts_by_language(map(source_of, questions)) if questions else {}
    rows = []
    for language in LANGUAGES:
        if language.code == own:
            continue
        states = counts.get(language.code, {})
        ready = sum(is_ready_in(question, language.code) for question in questions)
        checked = states.get("checked", 0) + states.get("group", 0)
        there = checked + states.get("machine", 0) + states.get("written", 0)
        rows.append(
            {
                "language": language,
                "there": min(len(questions), there + ready),
                "unchecked": there - checked,
                "outdated": states.get("outdated", 0),
            }
        )
    return rows


@requires("consultation.read_internal")
def question_language(request: Any, slug: str, language: str) -> HttpResponse:
    """All questions in one language, the original beside each."""
    consultation = _named(slug)
    spoken, by = _language(consultation, language), actor_of(request)
    questions = list(questions_of(consultation))
    told = told_in(map(source_of, questions), spoken.code)
    context = {
        "consultation": consultation,
        "language": spoken,
        "rows": [_row(question, told, spoken) for question in questions],
        "order": latest_order(f"{ABOUT}{consultation.slug}", spoken.code),
        "machine": _machine_name(),
        "may_translate": may(by, "consultation.translate"),
        "may_order": may(by, "consultation.order_translation"),
    }
    return render(request, "consultation/staff/question_language.html", context)


def _row(question: Question, told: dict[str, Told], spoken: Language) -> dict[str, Any]:
    here = told[source_of(question).subject]
    parts = parts_of(question, here.translation.text) if here.translation else None
    return {
        "question": question,
        "told": here,
        "is_ready": is_ready_in(question, spoken.code),
        "state": state_in_words(here),
        "text": parts[0] if parts else "",
        "options": parts[2] if parts else [],
    }


def _machine_name() -> str:
    try:
        machine = the_machine()
    except MachineFailed:
        return ""
    return machine.name if machine else ""


@requires("consultation.order_translation")
@require_POST
def question_order(request: Any, slug: str, language: str) -> HttpResponse:
    """Order machine drafts of what is missing."""
    consultation = _named(slug)
    spoken = _language(consultation, language)
    try:
        order_question_drafts(
            consultation=consultation, language=spoken.code, by=actor_of(request), at=request.at
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Ordered. The drafts come one after the other."))
    return redirect("consultation:question_language", slug, spoken.code)


@requires("consultation.translate")
def question_words(request: Any, slug: str, language: str, pk: int) -> HttpResponse:
    """Write, check or discard one question's words in one language."""
    consultation = _named(slug)
    spoken = _language(consultation, language)
    question = get_object_or_404(questions_of(consultation), pk=min(pk, 2**63 - 1))
    told = next(iter(told_in([source_of(question)], spoken.code).values()))
    act = request.POST.get("do", "") if request.method == "POST" else ""
    form = _form(request, question, spoken, told)
    check = _check_form(request, told)
    try:
        if _acted(request, act, question, spoken, told, form, check):
            return redirect("consultation:question_language", slug, spoken.code)
    except Refused as refusal:
        (check if act == "check" else form).add_error(None, str(refusal))
    context = {
        "consultation": consultation,
        "language": spoken,
        "question": question,
        "told": told,
        "state": state_in_words(told),
        "form": form,
        "check": check,
        "paper_language": consultation.strategy.language,
    }
    status = 422 if form.errors or check.errors else 200
    return render(request, "consultation/staff/question_words.html", context, status=status)


def _acted(
    request: Any,
    act: str,
    question: Question,
    spoken: Language,
    told: Told,
    form: QuestionWordsForm,
    check: WordsCheckForm,
) -> bool:
    who: dict[str, Any] = {"by": actor_of(request), "at": request.at}
    if act == "write" and form.is_valid():
        read = form.cleaned_data["read"]
        write_question(question=question, read=read, language=spoken.code, lines=form.lines, **who)
        messages.success(request, _("The translation is saved. It is not checked yet."))
        return True
    if act == "check" and told.translation is not None and told.is_current and check.is_valid():
        check_question_words(held=told.translation, **check.cleaned_data, **who)
        messages.success(request, _("Noted as checked. Readers see by whom and when."))
        return True
    if act == "discard" and told.translation is not None:
        discard_question_words(held=told.translation, **who)
        messages.success(request, _("The translation is discarded. Readers see the original."))
        return True
    return False


def _form(request: Any, question: Question, spoken: Language, told: Told) -> QuestionWordsForm:
    parts = parts_of(question, told.translation.text) if told.translation else None
    initial = {"read": source_of(question).fingerprint}
    if parts is not None:
        initial |= {"text": parts[0], "explanation": parts[1]}
        initial |= {f"option_{n}": option for n, option in enumerate(parts[2], start=1)}
    data = request.POST if request.POST.get("do") == "write" else None
    return QuestionWordsForm(data, initial=initial, question=question, language=spoken)


def _check_form(request: Any, told: Told) -> WordsCheckForm:
    version = told.translation.version if told.translation else ""
    data = request.POST if request.POST.get("do") == "check" else None
    return WordsCheckForm(data, initial={"version": version, "checker": the_county().office})
