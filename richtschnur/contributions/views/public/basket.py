"""The review page: everything once more, who speaks, one button."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.queries import invitation_in, visible_consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.forms.public import OfficeForm, SenderForm
from richtschnur.contributions.forms.statistics import StatisticsForm
from richtschnur.contributions.models import SHARED
from richtschnur.contributions.operations import (
    Person,
    Submitted,
    attach_file,
    count_answers,
    detach_file,
    kind_of,
    person_of,
    remove_comment,
    send_basket,
    sending_key,
    state_of,
    suspect,
)
from richtschnur.contributions.operations.statistics import ASKED
from richtschnur.contributions.rules import file_limits
from richtschnur.contributions.views.public import own_basket
from richtschnur.contributions.views.public.office import office_address, say_it_is_here
from richtschnur.contributions.views.uploads import received
from richtschnur.county.queries import the_county
from richtschnur.journal.refusals import Refused
from richtschnur.ui.addresses import path_with, whole_address
from richtschnur.ui.limits import confirmation, is_trapped, must_confirm


@public
def basket(request: Any, slug: str) -> HttpResponse:
    """Look at all comments, say who speaks, send."""
    consultation = visible_consultation(request, slug, with_paper=request.method != "POST")
    invitation = invitation_in(request, consultation)
    if request.method != "POST":
        return _page(request, consultation, _form(consultation, invitation))
    if "remove" in request.POST:
        return _remove(request, consultation)
    if "detach" in request.POST:
        _detach(request, consultation)
    problems = _attach(request, consultation) if request.FILES else []
    if problems or "attach" in request.POST or "detach" in request.POST:
        form = _form(consultation, invitation, typed=request.POST)
        status = 422 if problems else 200
        return _page(request, consultation, form, problems=problems, status=status)
    return _send(request, consultation, invitation)


def _send(request: Any, consultation: Consultation, invitation: Invitation | None) -> HttpResponse:
    form = _form(consultation, invitation, request.POST)
    if not form.is_valid():
        return _page(request, consultation, form, status=422)
    if invitation is None and must_confirm(request, form.cleaned_data["key"], _confirmed(request)):
        return _page(request, consultation, form, asks_again=True, status=429)
    try:
        sent = send_basket(
            consultation=consultation,
            secret=own_basket.secret_in(request, consultation),
            key=form.cleaned_data["key"],
            seen=form.cleaned_data["seen"],
            at=request.at,
            **_sender(request, form, invitation),
        )
    except Refused as refused:
        return _page(request, consultation, form, refusal=str(refused), status=409)
    return _received(request, sent, invitation)


def _received(request: Any, sent: Submitted, invitation: Invitation | None) -> HttpResponse:
    """To the receipt; what was told about oneself is counted apart from it."""
    if invitation is not None:
        return say_it_is_here(request, sent)
    if is_trapped(request):
        suspect(contribution=sent.contribution)
    if sent.is_new and any(request.POST.get(f"about-{name}") for name in ASKED):
        consultation = sent.contribution.consultation
        count_answers(consultation=consultation, answers=_statistics(request).answers)
    return HttpResponseRedirect(_receipt_path(sent.secret), status=303)


def receipt_address(request: Any, secret: str) -> str:
    """The whole address of a receipt, as it is printed and mailed."""
    return whole_address(request, _receipt_path(secret))


def _receipt_path(secret: str) -> str:
    return path_with("contributions:receipt", secret)


def _form(
    consultation: Consultation,
    invitation: Invitation | None,
    data: Any = None,
    *,
    typed: Any = None,
) -> SenderForm | OfficeForm:
    """An office that was asked by name is not asked again who it is; `typed` is not judged yet."""
    initial = {name: typed[name] for name in typed} if typed is not None else {}
    if invitation is not None:
        return OfficeForm(data, initial={"name": invitation.contact} | initial)
    publishes_names = consultation.publication == Publication.NAMES_BY_CONSENT
    return SenderForm(data, initial=initial, publishes_names=publishes_names)


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
        "receipt_address": receipt_address(request, "{secret}") if given["email"] else "",
    }


def _attach(request: Any, consultation: Consultation) -> list[str]:
    """Put the chosen files into the basket; says which could not be taken, and why.

    A form that was sent before and comes again brings its files to no other basket.
    """
    basket = own_basket.basket_in(request, consultation)
    secret = own_basket.secret_in(request, consultation)
    if basket is None or request.POST.get("key") != sending_key(basket):
        return []

    def take(path: Path, name: str) -> None:
        attach_file(consultation=consultation, secret=secret, source=path, name=name, at=request.at)

    problems = received(request, take)
    own_basket.forget_cached(request, consultation)
    return problems


def _detach(request: Any, consultation: Consultation) -> None:
    basket = own_basket.basket_in(request, consultation)
    for file in basket.files.all() if basket else ():
        if str(file.pk) == request.POST["detach"]:
            detach_file(file=file)
            own_basket.forget_cached(request, consultation)


def _confirmed(request: Any) -> str:
    given: str = request.POST.get("confirm", "")
    return given


def _confirmation(request: Any, form: SenderForm | OfficeForm) -> str:
    return confirmation(request, form["key"].value() or "", _confirmed(request))


def _statistics(request: Any) -> StatisticsForm:
    return StatisticsForm(
        request.POST if request.method == "POST" else None,
        municipalities=the_county().municipality_names,
    )


def _remove(request: Any, consultation: Consultation) -> HttpResponse:
    wanted, _colon, seen = request.POST["remove"].partition(":")
    for comment in own_basket.comments_in(request, consultation):
        if str(comment.pk) != wanted:
            continue
        try:
            remove_comment(comment=comment, seen=seen)
        except Refused as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("The comment is taken out of the basket."))
    return redirect("contributions:basket", consultation.slug)


def _page(
    request: Any,
    consultation: Consultation,
    form: SenderForm | OfficeForm,
    *,
    refusal: str = "",
    problems: Sequence[str] = (),
    asks_again: bool = False,
    status: int = 200,
) -> HttpResponse:
    found = own_basket.basket_in(request, consultation)
    secret = own_basket.secret_in(request, consultation)
    comments = own_basket.comments_in(request, consultation)
    files = list(found.files.all()) if found and found.holds_files else []
    is_guest = secret.startswith(SHARED)
    invitation = invitation_in(request, consultation)
    context = {
        "consultation": consultation,
        "comments": comments,
        "answers": own_basket.answers_in(request, consultation),
        "key": sending_key(found) if found else "",
        "seen": state_of(found, comments, files) if found else "",
        "is_guest": is_guest,
        "was_shared": is_guest and found is None,
        "is_shared": found is not None and found.share_digest is not None,
        "until": consultation.ends_at,
        "form": form,
        "files": files,
        "file_problems": problems,
        "file_limits": file_limits(),
        "statistics": _statistics(request),
        "invitation": invitation,
        "refusal": refusal,
        "asks_again": asks_again,
        "confirm": _confirmation(request, form) if asks_again else "",
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }
    response = render(request, "contributions/public/basket.html", context, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
