"""An invited office's own page at its personal address, and who one answers for."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_safe

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import colleague_secret_of, open_invitation
from richtschnur.consultation.queries import (
    cookie_name,
    invitation_by_secret,
    invitation_in,
    secret_in,
)
from richtschnur.consultation.states import Phase
from richtschnur.ui.addresses import whole_address

KEPT_AFTER_DEADLINE = timedelta(days=14)


@public
@require_safe
def office(request: Any, secret: str) -> HttpResponse:
    """What is asked, until when, and what was sent; opens the draft until the deadline.

    Afterwards it shows what was sent and the answers. A browser that came here in time may still
    read what it has written.
    """
    invitation = invitation_by_secret(secret)
    if invitation is None:
        raise Http404
    if request.method == "GET":
        open_invitation(invitation=invitation, at=request.at)
    consultation = invitation.consultation
    phase = consultation.phase(request.at)
    # Baskets of this very answer must be found, before the browser has sent the cookie back.
    request.__dict__.setdefault("_invitations", {})[consultation.pk] = invitation
    context = {
        "invitation": invitation,
        "consultation": consultation,
        "phase": phase,
        "at": request.at,
        "extensions": consultation.extensions.all(),
        "address": whole_address(request, request.path),
        "colleagues": _for_colleagues(request, invitation),
        "paper_language": consultation.strategy.language,
    }
    response = render(request, "consultation/public/office.html", context)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    if phase != Phase.CLOSED:
        _keep(request, response, invitation, secret)
    return response


def _for_colleagues(request: Any, invitation: Invitation) -> str:
    """The whole address to hand on inside the office; "" on that page itself."""
    if not invitation.may_release:
        return ""
    path = reverse("consultation:office", args=[colleague_secret_of(invitation)])
    return whole_address(request, path)


def _keep(request: Any, response: HttpResponse, invitation: Invitation, secret: str) -> None:
    """Let this browser answer for the office, some days longer than the deadline."""
    consultation = invitation.consultation
    kept_for = consultation.ends_at + KEPT_AFTER_DEADLINE - request.at
    response.set_cookie(
        cookie_name(consultation),
        secret,
        max_age=int(kept_for.total_seconds()),
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def answering_for(request: Any, consultation: Consultation) -> str:
    """Fills "consultation.top": for which office this browser answers, and the way to its page."""
    invitation = invitation_in(request, consultation)
    if invitation is None:
        return ""
    secret = secret_in(request, consultation)
    if not secret:
        return ""
    context = {"invitation": invitation, "address": reverse("consultation:office", args=[secret])}
    return render_to_string("consultation/public/_answering_for.html", context)
