"""Who wrote into the file instead of the form brings it here; then looks at it and sends it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from richtschnur.accounts.middleware import public
from richtschnur.consultation.queries import visible_consultation
from richtschnur.contributions.forms.returned import ReturnedForm
from richtschnur.contributions.operations import put_returned
from richtschnur.contributions.operations.importing import sentence
from richtschnur.contributions.rules import file_name
from richtschnur.contributions.views.public import own_basket
from richtschnur.journal.refusals import Refused


@public
def returned(request: Any, slug: str) -> HttpResponse:
    """Choose the file; what stands in it lies in the basket afterwards."""
    consultation = visible_consultation(request, slug)
    if consultation.edition is None or not consultation.is_text_shown(request.at):
        raise Http404
    form = ReturnedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        secret = own_basket.secret_to_write(request, consultation)
        try:
            count = put_returned(
                consultation=consultation,
                secret=secret,
                data=upload.read(),
                name=file_name(upload.name or ""),
                at=request.at,
            )
        except (Refused, ValidationError) as error:
            form.add_error("file", sentence(error))
        else:
            messages.success(request, _said(count))
            response = redirect("contributions:basket", slug)
            own_basket.keep(request, response, consultation, secret)
            return response
    context = {
        "form": form,
        "consultation": consultation,
        "phase": consultation.phase(request.at),
        "at": request.at,
        "paper_language": consultation.strategy.language,
    }
    status = 422 if form.is_bound else 200
    return render(request, "contributions/public/returned.html", context, status=status)


def _said(count: int) -> str:
    said = ngettext(
        "We read %(n)s comment from your file. Please look at it; nothing is sent yet.",
        "We read %(n)s comments from your file. Please look at them; nothing is sent yet.",
        count,
    )
    return said % {"n": count}
