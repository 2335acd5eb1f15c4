"""Beside a point: passing it on, another body's reply, its answer or itself in another language."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import requires
from richtschnur.evaluation import operations
from richtschnur.evaluation.forms.beside import AnswerTranslationForm, ForwardingForm, ReplyForm
from richtschnur.evaluation.models import AnswerTranslation, Forwarding, Point, Response
from richtschnur.evaluation.operations.reading_aids import answer_machine
from richtschnur.evaluation.queries.aids import is_foreign
from richtschnur.evaluation.states import Decision
from richtschnur.evaluation.views.context import Desk, back, desk_of, sentence
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.ui.languages import language_of


@requires("evaluation.answer")
def passed_on(request: Any, slug: str, pk: int) -> HttpResponse:
    """To whom a point was passed on, when and which way."""
    desk = desk_of(request, slug)
    point, last = _passed(desk, pk)
    if request.method != "POST":
        return _page(request, desk, point, _form(request, point, last))
    form = ForwardingForm(request.POST)
    if not form.is_valid():
        return _page(request, desk, point, form, status=422)
    about = {"author": desk.user, "by": desk.actor, "at": request.at}
    try:
        operations.pass_on(point=point, **form.cleaned_data, **about)
    except Forbidden:
        raise
    except Refused as error:
        _add(form, error)
        return _page(request, desk, point, form, status=409)
    return back(request, desk, pk, _("It is noted when the point was passed on."))


@require_POST
@requires("evaluation.answer")
def reply(request: Any, slug: str, pk: int) -> HttpResponse:
    """What the other body replied."""
    desk = desk_of(request, slug)
    point, last = _passed(desk, pk)
    form = ReplyForm(request.POST)
    first = _form(request, point, last)
    if not form.is_valid():
        return _page(request, desk, point, first, form, status=422)
    about = {"author": desk.user, "by": desk.actor, "at": request.at}
    try:
        operations.add_reply(point=point, **form.cleaned_data, **about)
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        _add(form, error)
        return _page(request, desk, point, first, form, status=409)
    return back(request, desk, pk, _("The reply is added; whoever sent the point can read it."))


def _passed(desk: Desk, pk: int) -> tuple[Point, Response]:
    point = desk.point(pk)
    last = point.responses.order_by("-version").first()
    if last is None or last.decision != Decision.NOT_RESPONSIBLE:
        raise Http404
    return point, last


def _form(request: Any, point: Point, last: Response) -> ForwardingForm:
    known = Forwarding.objects.filter(point=point).first()
    if known is not None:
        names = ("receiver", "forwarded_on", "channel")
        return ForwardingForm(initial={name: getattr(known, name) for name in names})
    today = localtime(request.at).date()
    return ForwardingForm(initial={"receiver": last.forwarded_to, "forwarded_on": today})


def _page(
    request: Any,
    desk: Desk,
    point: Point,
    form: ForwardingForm,
    replying: ReplyForm | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    known = Forwarding.objects.filter(point=point).prefetch_related("replies").first()
    context = {
        "consultation": desk.consultation,
        "point": point,
        "form": form,
        "replying": replying or ReplyForm(auto_id="reply_%s"),
        "forwarding": known,
        "back_url": desk.address("point", point.pk),
        "error_form": replying if replying and replying.errors else form,
    }
    return render(request, "evaluation/staff/passed_on.html", context, status=status)


@requires("evaluation.translate")
def translation(request: Any, slug: str, pk: int) -> HttpResponse:
    """The released answer in the language of whoever wrote the point."""
    desk = desk_of(request, slug)
    point = desk.point(pk)
    response = point.responses.filter(released_at__isnull=False).order_by("-version").first()
    spoken = point.comment.contribution.language
    if response is None or not is_foreign(spoken) or language_of(spoken).code == "de":
        raise Http404
    language = language_of(spoken).code
    held = AnswerTranslation.objects.filter(response=response, language=language).first()
    if request.method != "POST":
        initial = {"text": held.text, "checker": held.checker} if held else {}
        form = AnswerTranslationForm(initial=initial, language=language)
        return _translation(request, desk, point, response, language, held, form)
    form = AnswerTranslationForm(request.POST, language=language)
    if not form.is_valid():
        return _translation(request, desk, point, response, language, held, form, status=422)
    about = {"response": response, "language": language}
    about |= {"author": desk.user, "by": desk.actor, "at": request.at}
    try:
        said = _act(request.POST.get("act"), form, about)
    except Forbidden:
        raise
    except (Refused, ValidationError) as error:
        _add(form, error)
        return _translation(request, desk, point, response, language, held, form, status=409)
    if said:
        return back(request, desk, pk, said)
    return _drafted(request, desk, point, response, language)


def _act(act: str | None, form: AnswerTranslationForm, about: dict[str, Any]) -> str:
    """What was done, in a sentence; "" for a draft, which is shown on the same page."""
    given = form.cleaned_data
    if act == "draft":
        operations.draft_translation(**about)
        return ""
    if act == "check":
        operations.check_answer_translation(text=given["text"], checker=given["checker"], **about)
        return _("The reading aid is checked and stands under the answer.")
    operations.write_translation(text=given["text"], **about)
    return _("The reading aid is saved. Outside it is shown when somebody has checked it.")


def _drafted(
    request: Any, desk: Desk, point: Point, response: Response, language: str
) -> HttpResponse:
    held = AnswerTranslation.objects.get(response=response, language=language)
    form = AnswerTranslationForm(initial={"text": held.text}, language=language)
    return _translation(request, desk, point, response, language, held, form)


def _translation(
    request: Any,
    desk: Desk,
    point: Point,
    response: Response,
    language: str,
    held: AnswerTranslation | None,
    form: AnswerTranslationForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "consultation": desk.consultation,
        "point": point,
        "response": response,
        "language": language,
        "held": held,
        "form": form,
        "has_machine": answer_machine() is not None,
        "back_url": desk.address("point", point.pk),
    }
    return render(request, "evaluation/staff/translation.html", context, status=status)


@require_POST
@requires("evaluation.read_in_german")
def in_german(request: Any, slug: str, pk: int) -> HttpResponse:
    """Let the machine put the point into German."""
    desk = desk_of(request, slug)
    operations.read_in_german(point=desk.point(pk), by=desk.actor, at=request.at)
    return back(request, desk, pk, _("The machine's German words stand under the original."))


def _add(form: Any, error: Exception) -> None:
    code = getattr(error, "code", None)
    form.add_error(code if code in form.fields else None, sentence(error))
