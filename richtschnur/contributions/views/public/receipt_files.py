"""The receipt to take away: as a file for programs, and as PDF."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from richtschnur.accounts.middleware import public
from richtschnur.contributions.exports import Receipt, receipt_of, write_receipt
from richtschnur.contributions.queries import contribution_by_secret
from richtschnur.contributions.views.public.basket import receipt_address
from richtschnur.documents.writing import MEDIA_TYPES
from richtschnur.ui.addresses import whole_address

LOG = "/log/"  # the log stands at one address for all time, whatever the language


@public
@require_safe
def receipt_file(request: Any, secret: str) -> HttpResponseBase:
    """Content, salt, leaf, promise and proof as JSON."""
    found = _receipt(secret)
    said = found.as_file(log_address=whole_address(request, LOG))
    text = json.dumps(said, ensure_ascii=False, indent=1)
    return _sent(HttpResponse(text, content_type=MEDIA_TYPES["json"]), found, "json")


@public
@require_safe
def receipt_pdf(request: Any, secret: str) -> HttpResponseBase:
    """The same to print or to keep."""
    found = _receipt(secret)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "receipt.pdf"
        write_receipt(found, path, address=receipt_address(request, secret), at=request.at)
        response = HttpResponse(path.read_bytes(), content_type=MEDIA_TYPES["pdf"])
    return _sent(response, found, "pdf")


def _receipt(secret: str) -> Receipt:
    contribution = contribution_by_secret(secret)
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
