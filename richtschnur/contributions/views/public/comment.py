"""One comment: written, put into the basket, changed, taken out again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import place_address, visible_consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.forms.public import CommentForm
from richtschnur.contributions.models import BasketComment
from richtschnur.contributions.operations import put_comment, remove_comment
from richtschnur.contributions.views.public import own_basket
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage
from richtschnur.strategy.queries import section_path


@public
def comment(request: Any, slug: str, number: int) -> HttpResponse:
    """A comment on one passage."""
    consultation = visible_consultation(request, slug)
    if consultation.edition is None or not consultation.is_text_shown(request.at):
        raise Http404
    passages = consultation.edition.passages.select_related("section", "edition__strategy")
    return _write(request, consultation, get_object_or_404(passages, number=number))


@public
def whole(request: Any, slug: str) -> HttpResponse:
    """A comment on the whole paper."""
    return _write(request, visible_consultation(request, slug), None)


def _write(request: Any, consultation: Consultation, passage: Passage | None) -> HttpResponse:
    own = _own(request, consultation, passage)
    if request.method != "POST":
        wanted = request.GET.get("comment", "")
        shown = next((c for c in own if str(c.pk) == wanted), own[-1] if own else None)
        form = CommentForm(initial=_written(shown), passage=passage)
        return _page(request, consultation, passage, form, refusal=_refusal(request, consultation))
    replaced = next((c for c in own if str(c.pk) == request.POST.get("replaces")), None)
    if "remove" in request.POST:
        return _remove(request, consultation, passage, replaced)
    form = CommentForm(request.POST, passage=passage)
    if not form.is_valid():
        refusal = _refusal(request, consultation)
        return _page(request, consultation, passage, form, refusal, status=422)
    text, suggestion = form.cleaned_data["text"], form.cleaned_data.get("suggestion", "")
    if replaced is None and any((c.text, c.suggestion) == (text, suggestion) for c in own):
        return _done(request, consultation, passage)  # a second click on the same button
    secret = own_basket.secret_to_write(request, consultation)
    try:
        kept = put_comment(
            consultation=consultation,
            secret=secret,
            text=text,
            passage=passage,
            suggestion=suggestion,
            replaces=replaced,
            seen=form.cleaned_data["seen"],
            at=request.at,
        )
    except Refused as refused:
        return _page(request, consultation, passage, form, str(refused), status=409)
    _say_so(request, kept, replaced)
    response = _done(request, consultation, passage)
    own_basket.keep(request, response, consultation, secret)
    return response


def _written(shown: BasketComment | None) -> dict[str, Any]:
    """What a comment in the basket says, to be changed."""
    if shown is None:
        return {}
    return {
        "text": shown.text,
        "suggestion": shown.suggestion,
        "replaces": shown.pk,
        "seen": shown.version,
    }


def _say_so(request: Any, kept: BasketComment, replaced: BasketComment | None) -> None:
    messages.success(request, _("Your comment lies in the basket. It is not sent yet."))
    if replaced is not None and kept.pk != replaced.pk:
        said = _(
            "Somebody else has changed this comment meanwhile. Both stand in the basket now: please"
            " look at them, and take one out."
        )
        messages.warning(request, said)


def _own(request: Any, consultation: Consultation, passage: Passage | None) -> list[BasketComment]:
    pk = passage.pk if passage else None
    return [
        c
        for c in own_basket.comments_in(request, consultation)
        if c.passage_id == pk and c.question_id is None
    ]


def _refusal(request: Any, consultation: Consultation) -> str:
    try:
        check_open(consultation, request.at)
    except Refused as refused:
        return str(refused)
    return ""


def _remove(
    request: Any,
    consultation: Consultation,
    passage: Passage | None,
    removed: BasketComment | None,
) -> HttpResponse:
    if removed is not None:
        try:
            remove_comment(comment=removed, seen=request.POST.get("seen", ""))
        except Refused as refused:
            messages.warning(request, str(refused))
            return redirect("contributions:basket", consultation.slug)
        messages.success(request, _("The comment is taken out of the basket."))
    return _done(request, consultation, passage)


def _done(request: Any, consultation: Consultation, passage: Passage | None) -> HttpResponse:
    if request.POST.get("then") == "basket":
        return redirect("contributions:basket", consultation.slug)
    if passage is None:
        return redirect("consultation:read", consultation.slug)
    return redirect(place_address(consultation, passage))


def _page(
    request: Any,
    consultation: Consultation,
    passage: Passage | None,
    form: CommentForm,
    refusal: str,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "consultation": consultation,
        "passage": passage,
        "place": section_path(passage) if passage else "",
        "form": form,
        "refusal": refusal,
        "typed": form["text"].value() or "",
        "reworded": form["suggestion"].value() if form.suggests else "",
        "replaces": form["replaces"].value(),
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }
    return render(request, "contributions/public/comment.html", context, status=status)
