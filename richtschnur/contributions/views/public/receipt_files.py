"""The receipt to take away: as a file for programs, and as PDF."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import invitation_in, visible_consultation
from richtschnur.contributions.exports import Receipt, receipt_of, write_receipt
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.queries import contribution_by_invitation, contribution_by_secret
from richtschnur.contributions.views.public.basket import receipt_address
from richtschnur.contributions.views.public.office import office_address
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.ui.addresses import whole_address

LOG = "/log/"  # the log stands at one address for all time, whatever the language


@public
@require_safe
def receipt_file(request: Any, secret: str) -> HttpResponseBase:
    """Content, salt, leaf, promise and proof as JSON."""
    return _as_json(request, _receipt(contribution_by_secret(secret)))


@public
@require_safe
def receipt_pdf(request: Any, secret: str) -> HttpResponseBase:
    """The same to print or to keep."""
    found = _receipt(contribution_by_secret(secret))
    return _as_pdf(request, found, receipt_address(request, secret))


@public
@require_safe
def office_receipt_file(request: Any, slug: str, number: str) -> HttpResponseBase:
    """The receipt of what an invited office has sent, for whoever came by its address."""
    consultation = visible_consultation(request, slug)
    return _as_json(request, _receipt(_of_office(request, consultation, number)))


@public
@require_safe
def office_receipt_pdf(request: Any, slug: str, number: str) -> HttpResponseBase:
    """The same to print or to keep."""
    consultation = visible_consultation(request, slug)
    found = _receipt(_of_office(request, consultation, number))
    return _as_pdf(request, found, office_address(request, consultation))


def _of_office(request: Any, consultation: Consultation, number: str) -> Contribution | None:
    invitation = invitation_in(request, consultation)
    return contribution_by_invitation(invitation, number) if invitation is not None else None


def _as_json(request: Any, found: Receipt) -> HttpResponse:
    said = found.as_file(log_address=whole_address(request, LOG))
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return _sent(HttpResponse(text, content_type=MEDIA_TYPES["json"]), found, "json")


def _as_pdf(request: Any, found: Receipt, address: str) -> HttpResponse:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "receipt.pdf"
        write_receipt(found, path, address=address, at=request.at)
        response = HttpResponse(path.read_bytes(), content_type=MEDIA_TYPES["pdf"])
    return _sent(response, found, "pdf")


def _receipt(contribution: Contribution | None) -> Receipt:
    found = receipt_of(contribution) if contribution is not None else None
    if found is None:
        raise Http404
    return found


def _sent(response: HttpResponse, receipt: Receipt, ending: str) -> HttpResponse:
    name = f"receipt-{receipt.contribution.number}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
