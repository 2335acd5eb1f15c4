"""The receipt at its secret address."""

from __future__ import annotations

import io
from typing import Any

import segno
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.contributions.exports import receipt_of
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import erasure_of, revoke_consent
from richtschnur.contributions.queries import (
    answers_of,
    attachments_of,
    comments_of,
    contribution_by_secret,
)
from richtschnur.contributions.states import Purpose
from richtschnur.contributions.views.public.basket import receipt_address
from richtschnur.journal.actors import VISITOR
from richtschnur.ui.line import Knot


@public
def receipt(request: Any, secret: str) -> HttpResponse:
    """What was sent and what becomes of it, for whoever has the address."""
    contribution = contribution_by_secret(secret)
    if contribution is None:
        raise Http404
    if request.method == "POST":
        return _take_back(request, contribution, secret)
    address = receipt_address(request, secret)
    context = {
        "contribution": contribution,
        "consultation": contribution.consultation,
        "sender": contribution.sender,
        "comments": comments_of(contribution) if contribution.salt else (),
        "attachments": attachments_of(contribution),
        "answers": answers_of(contribution),
        "consents": list(contribution.consents.order_by("pk")),
        "address": address,
        "secret": secret,
        "proven": receipt_of(contribution),
        "erasure": None if contribution.salt else erasure_of(contribution),
        "code": _code(address),
        "knots": _knots(contribution),
        "phase": contribution.consultation.phase(request.at),
        "paper_language": contribution.consultation.strategy.language,
    }
    response = render(request, "contributions/public/receipt.html", context)
    # Not "no-referrer": with it browsers hide where a form comes from, and no form is accepted.
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response


def _take_back(request: Any, contribution: Contribution, secret: str) -> HttpResponse:
    purpose = request.POST.get("consent", "")
    found = contribution.consents.filter(purpose=purpose) if purpose in Purpose.values else None
    given = found.first() if found is not None else None
    if given is not None:
        revoke_consent(consent=given, by=VISITOR, at=request.at)
        messages.success(request, _("You took this consent back. From now on it no longer holds."))
    response = redirect("contributions:receipt", secret)
    response.status_code = 303
    return response


def _knots(contribution: Contribution) -> list[Knot]:
    end = contribution.consultation.answers_by_on
    return [
        Knot(_("Received"), at=contribution.received_at),
        Knot(_("Not yet answered"), at=end, is_open=True),
    ]


def _code(address: str) -> SafeString:
    """The address as a picture that a phone's camera reads."""
    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, border=3, light="#ffffff", nl=False
    )
    picture = mark_safe(out.getvalue().decode().partition(">")[2])  # noqa: S308 – made by segno
    size = segno.make(address, error="m", micro=False).symbol_size(border=3)[0]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="code" role="img" aria-label="{}"'
        ' viewBox="0 0 {} {}" width="200" height="200">{}',
        _("The address of this receipt as a QR code"),
        size,
        size,
        picture,
    )
