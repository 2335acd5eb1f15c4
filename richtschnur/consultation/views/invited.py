"""One invitation: remind, send the address again, print it, take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.forms import LinkForm
from richtschnur.consultation.models import Invitation
from richtschnur.consultation.operations import (
    forget_contact,
    remind_offices,
    secret_of,
    send_link_again,
    withdraw_invitation,
)
from richtschnur.consultation.states import Phase
from richtschnur.consultation.views.rounds import personal_address
from richtschnur.journal.refusals import Forbidden, Refused


def _named(pk: int) -> Invitation:
    rows = Invitation.objects.select_related(
        "office", "consultation__strategy", "consultation__edition__strategy"
    )
    return get_object_or_404(rows, pk=pk)


@requires("consultation.invite")
def invited(request: Any, pk: int) -> HttpResponse:
    """What happened with one invitation, and what can be done with it."""
    invitation = _named(pk)
    consultation = invitation.consultation
    form = LinkForm(initial={"email": invitation.email})
    acts = {"remind": _remind, "again": _again, "withdraw": _withdraw, "forget": _forget}
    chosen = next((act for name, act in acts.items() if name in request.POST), None)
    if request.method == "POST" and chosen is _again:
        form = LinkForm(request.POST)
    if chosen is not None and (chosen is not _again or form.is_valid()):
        return _done(request, invitation, form, chosen)
    context = {
        "invitation": invitation,
        "consultation": consultation,
        "form": form,
        "can_write": invitation.withdrawn_at is None
        and consultation.phase(request.at) != Phase.CLOSED,
    }
    return render(request, "consultation/staff/invited.html", context)


Act = Callable[[Any, Invitation, LinkForm], str]


def _done(request: Any, invitation: Invitation, form: LinkForm, act: Act) -> HttpResponse:
    try:
        messages.success(request, act(request, invitation, form))
    except Forbidden:
        raise
    except Refused as refusal:
        messages.warning(request, str(refusal))
    return redirect("consultation:invited", invitation.pk)


def _remind(request: Any, invitation: Invitation, form: LinkForm) -> str:
    remind_offices(
        consultation=invitation.consultation,
        only=[invitation.pk],
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )
    return _("The reminder is on its way.")


def _again(request: Any, invitation: Invitation, form: LinkForm) -> str:
    send_link_again(
        invitation=invitation,
        email=form.cleaned_data["email"],
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )
    return _("There is a new personal address; the one of before leads nowhere any more.")


def _withdraw(request: Any, invitation: Invitation, form: LinkForm) -> str:
    withdraw_invitation(invitation=invitation, by=actor_of(request), at=request.at)
    return _("The invitation is withdrawn. What the office has sent stays.")


def _forget(request: Any, invitation: Invitation, form: LinkForm) -> str:
    forget_contact(invitation=invitation, by=actor_of(request), at=request.at)
    return _("Name and address are deleted.")


@requires("consultation.invite")
def letter(request: Any, pk: int) -> HttpResponse:
    """The invitation on paper, for those without an e-mail address."""
    invitation = _named(pk)
    is_over = invitation.consultation.phase(request.at) == Phase.CLOSED
    if invitation.email or invitation.withdrawn_at is not None or is_over:
        raise Http404
    address = personal_address(request).replace("{secret}", secret_of(invitation))
    context = {
        "invitation": invitation,
        "consultation": invitation.consultation,
        "address": address,
        "qr": segno.make_qr(address, error="m").svg_data_uri(border=2, scale=4, light="#fff"),
    }
    response = render(request, "consultation/staff/letter.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
