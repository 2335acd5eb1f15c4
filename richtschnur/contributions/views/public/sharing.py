"""The link to continue: made, taken back, followed on another device."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import (
    all_consultations,
    invitation_in,
    invitation_name,
    visible_consultation,
)
from richtschnur.consultation.states import Audience
from richtschnur.contributions.models import SHARED, Basket
from richtschnur.contributions.operations import join_basket, share_basket, stop_sharing
from richtschnur.contributions.queries import basket_of
from richtschnur.contributions.views.public import own_basket
from richtschnur.journal.refusals import Refused
from richtschnur.ui.addresses import whole_address


@public
@require_POST
def share(request: Any, slug: str) -> HttpResponse:
    """Make the link and show it this once, or take it back."""
    consultation = visible_consultation(request, slug)
    secret = own_basket.secret_in(request, consultation)
    if "stop" in request.POST:
        stop_sharing(consultation=consultation, secret=secret)
        said = _("The link is taken back. What others wrote by it stays in your basket.")
        messages.success(request, said)
        return redirect("contributions:basket", slug)
    if invitation_in(request, consultation) is not None:
        raise Http404
    try:
        key = share_basket(consultation=consultation, secret=secret, at=request.at)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("contributions:basket", slug)
    path = reverse("contributions:carry_on", args=[slug, key])
    context = _about(request, consultation) | {"address": whole_address(request, path)}
    return _discreet(render(request, "contributions/public/shared.html", context))


@public
def carry_on(request: Any, slug: str, key: str) -> HttpResponse:
    """Where the link leads: what is there, and one button to go on with it on this device."""
    consultation = all_consultations().filter(slug=slug).first()
    if consultation is None:
        raise Http404
    shared = basket_of(consultation, f"{SHARED}{key}")
    if shared is None or not consultation.is_open(request.at):
        context = _about(request, consultation) | {"is_over": True}
        return _discreet(render(request, "contributions/public/carry_on.html", context, status=410))
    if request.method != "POST":
        return _invite(request, consultation, shared)
    try:
        secret = join_basket(
            consultation=consultation,
            key=key,
            own_secret=own_basket.secret_in(request, consultation),
            at=request.at,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("contributions:carry_on", slug, key)
    if consultation.audience == Audience.INVITED:  # whoever shares it lets read the draft, too
        request.session[invitation_name(consultation)] = consultation.key
    response = redirect("contributions:basket", slug)
    response.status_code = 303
    own_basket.keep(request, response, consultation, secret)
    return response


def _invite(request: Any, consultation: Consultation, shared: Basket) -> HttpResponse:
    own = own_basket.basket_in(request, consultation)
    if own is not None and own.pk == shared.pk:
        return redirect("contributions:basket", consultation.slug)
    context = _about(request, consultation) | {
        "count": shared.comments.count(),
        "own_count": own.comments.count() if own else 0,
    }
    return _discreet(render(request, "contributions/public/carry_on.html", context))


def _about(request: Any, consultation: Consultation) -> dict[str, Any]:
    return {
        "consultation": consultation,
        "until": consultation.ends_at,
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }


def _discreet(response: HttpResponse) -> HttpResponse:
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
