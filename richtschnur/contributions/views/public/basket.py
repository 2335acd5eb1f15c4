"""The review page: everything once more, who speaks, one button."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.queries import invitation_in, visible_consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.forms.public import OfficeForm, SenderForm
from richtschnur.contributions.operations import (
    Person,
    kind_of,
    person_of,
    remove_comment,
    send_basket,
    sending_key,
    words_in,
)
from richtschnur.contributions.views.public import own_basket
from richtschnur.contributions.views.public.office import office_address, say_it_is_here
from richtschnur.journal.refusals import Refused
from richtschnur.ui.addresses import whole_address


@public
def basket(request: Any, slug: str) -> HttpResponse:
    """Look at all comments, say who speaks, send."""
    consultation = visible_consultation(request, slug)
    invitation = invitation_in(request, consultation)
    if request.method != "POST":
        return _page(request, consultation, _form(consultation, invitation))
    if "remove" in request.POST:
        return _remove(request, consultation)
    form = _form(consultation, invitation, request.POST)
    if not form.is_valid():
        return _page(request, consultation, form, status=422)
    try:
        sent = send_basket(
            consultation=consultation,
            secret=own_basket.secret_in(request, consultation),
            key=form.cleaned_data["key"],
            language=get_language() or "",
            at=request.at,
            **_sender(request, form, invitation),
        )
    except Refused as refused:
        return _page(request, consultation, form, refusal=str(refused), status=409)
    if invitation is not None:
        return say_it_is_here(request, sent)
    response = redirect("contributions:receipt", sent.secret)
    response.status_code = 303
    return response


def receipt_address(request: Any, secret: str) -> str:
    """The whole address of a receipt, as it is printed and mailed."""
    path = reverse("contributions:receipt", args=["SECRET"]).replace("SECRET", secret)
    return whole_address(request, path)


def _form(
    consultation: Consultation, invitation: Invitation | None, data: Any = None
) -> SenderForm | OfficeForm:
    """An office that was asked by name is not asked again who it is."""
    if invitation is not None:
        return OfficeForm(data, initial={"name": invitation.contact})
    publishes_names = consultation.publication == Publication.NAMES_BY_CONSENT
    return SenderForm(data, publishes_names=publishes_names)


def _sender(
    request: Any, form: SenderForm | OfficeForm, invitation: Invitation | None
) -> dict[str, Any]:
    """Who sends it, and where the answer will stand."""
    given = form.cleaned_data
    if invitation is not None:
        return {
            "kind": kind_of(invitation),
            "person": person_of(invitation, given["name"]),
            "invitation": invitation,
            "receipt_address": office_address(request, invitation.consultation),
        }
    assert isinstance(form, SenderForm)
    return {
        "kind": given["kind"],
        "person": Person(given["name"], given["organisation"], given["email"]),
        "consents": form.consents,
        "receipt_address": receipt_address(request, "{secret}"),
    }


def _remove(request: Any, consultation: Consultation) -> HttpResponse:
    for comment in own_basket.comments_in(request, consultation):
        if str(comment.pk) == request.POST["remove"]:
            remove_comment(comment=comment)
            messages.success(request, _("The comment is taken out of the basket."))
    return redirect("contributions:basket", consultation.slug)


def _page(
    request: Any,
    consultation: Consultation,
    form: SenderForm | OfficeForm,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    invitation = invitation_in(request, consultation)
    context = {
        "consultation": consultation,
        "comments": own_basket.comments_in(request, consultation),
        "answers": own_basket.answers_in(request, consultation),
        "key": _key(request, consultation, invitation),
        "form": form,
        "invitation": invitation,
        "refusal": refusal,
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }
    response = render(request, "contributions/public/basket.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def _key(request: Any, consultation: Consultation, invitation: Invitation | None) -> str:
    """What the form sends with it; of an office's basket it stands for just these words."""
    basket = own_basket.basket_in(request, consultation)
    if basket is None:
        return ""
    comments = own_basket.comments_in(request, consultation)
    seen = words_in(basket, comments) if invitation is not None else ""
    return sending_key(basket, own_basket.secret_in(request, consultation), seen=seen)
