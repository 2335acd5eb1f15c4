"""The review page: everything once more, who speaks, one button."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import visible_consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.forms.public import SenderForm
from richtschnur.contributions.operations import Person, remove_comment, send_basket, sending_key
from richtschnur.contributions.views.public import own_basket
from richtschnur.journal.refusals import Refused


@public
def basket(request: Any, slug: str) -> HttpResponse:
    """Look at all comments, say who speaks, send."""
    consultation = visible_consultation(request, slug)
    publishes_names = consultation.publication == Publication.NAMES_BY_CONSENT
    if request.method != "POST":
        return _page(request, consultation, SenderForm(publishes_names=publishes_names))
    if "remove" in request.POST:
        return _remove(request, consultation)
    form = SenderForm(request.POST, publishes_names=publishes_names)
    if not form.is_valid():
        return _page(request, consultation, form, status=422)
    try:
        sent = send_basket(
            consultation=consultation,
            secret=own_basket.secret_in(request, consultation),
            key=form.cleaned_data["key"],
            kind=form.cleaned_data["kind"],
            person=_person(form),
            consents=form.consents,
            language=get_language() or "",
            receipt_address=receipt_address(request, "{secret}"),
            at=request.at,
        )
    except Refused as refused:
        return _page(request, consultation, form, refusal=str(refused), status=409)
    response = redirect("contributions:receipt", sent.secret)
    response.status_code = 303
    return response


def receipt_address(request: Any, secret: str) -> str:
    """The whole address of a receipt, as it is printed and mailed."""
    path = reverse("contributions:receipt", args=["SECRET"]).replace("SECRET", secret)
    if settings.PUBLIC_URL:
        return f"{settings.PUBLIC_URL}{path}"
    return f"{request.scheme}://{request.get_host()}{path}"


def _person(form: SenderForm) -> Person:
    given = form.cleaned_data
    return Person(given["name"], given["organisation"], given["email"])


def _remove(request: Any, consultation: Consultation) -> HttpResponse:
    for comment in own_basket.comments_in(request, consultation):
        if str(comment.pk) == request.POST["remove"]:
            remove_comment(comment=comment)
            messages.success(request, _("The comment is taken out of the basket."))
    return redirect("contributions:basket", consultation.slug)


def _page(
    request: Any,
    consultation: Consultation,
    form: SenderForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    found = own_basket.basket_in(request, consultation)
    secret = own_basket.secret_in(request, consultation)
    context = {
        "consultation": consultation,
        "comments": own_basket.comments_in(request, consultation),
        "key": sending_key(found, secret) if found else "",
        "form": form,
        "refusal": refusal,
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }
    response = render(request, "contributions/public/basket.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
