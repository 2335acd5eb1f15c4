"""Objecting to a comment's not being published, at the secret address of its receipt."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import public
from richtschnur.contributions.forms.public import ObjectionForm
from richtschnur.contributions.operations import object_to_withholding
from richtschnur.contributions.queries import comments_of, contribution_by_secret
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.refusals import Refused


@public
def objection(request: Any, secret: str, place: int) -> HttpResponse:
    """Why it was not published, and room for what speaks against that."""
    contribution = contribution_by_secret(secret)
    comments = comments_of(contribution) if contribution is not None and contribution.salt else ()
    comment = next((each for each in comments if each.position + 1 == place), None)
    withheld = getattr(comment, "withheld", None) if comment is not None else None
    if contribution is None or comment is None or withheld is None:
        raise Http404
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            object_to_withholding(
                comment=comment, text=form.cleaned_data["text"], by=VISITOR, at=request.at
            )
        except (Refused, ValidationError) as refusal:
            form.add_error("text", getattr(refusal, "messages", None) or str(refusal))
        else:
            messages.success(
                request, _("We have your objection. Another person looks at it and answers here.")
            )
            sent = redirect("contributions:receipt", secret)
            sent.status_code = 303
            return sent
    context = {
        "contribution": contribution,
        "comment": comment,
        "withheld": withheld,
        "secret": secret,
        "form": form,
        "paper_language": contribution.consultation.strategy.language,
    }
    status = 422 if form.errors else 200
    response = render(request, "contributions/public/objection.html", context, status=status)
    response["Referrer-Policy"] = "strict-origin"
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
