"""What an invited office sends and has sent: nil return, own page, the way back to it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from richtschnur.accounts.middleware import public
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.queries import invitation_in, secret_in, visible_consultation
from richtschnur.contributions.operations import Submitted, send_nil_return
from richtschnur.contributions.queries import answers_by
from richtschnur.contributions.views.public.own_basket import answers_in, comments_in
from richtschnur.journal.refusals import Refused
from richtschnur.ui.addresses import whole_address


def _path(request: Any, consultation: Consultation) -> str:
    return reverse("consultation:office", args=[secret_in(request, consultation)])


def office_address(request: Any, consultation: Consultation) -> str:
    """The whole address of the page of the office for which this browser answers."""
    return whole_address(request, _path(request, consultation))


def _back(request: Any, consultation: Consultation) -> HttpResponse:
    response = redirect(_path(request, consultation))
    response.status_code = 303
    return response


def say_it_is_here(request: Any, sent: Submitted) -> HttpResponse:
    """Back to the office's own page, which is its receipt, with the number."""
    said = _("We have it: your answer stands below under the number %(number)s.")
    messages.success(request, said % {"number": sent.contribution.number})
    return _back(request, sent.contribution.consultation)


@public
@require_POST
def nil_return(request: Any, slug: str) -> HttpResponse:
    """One button: the office has no remarks. What lies in its basket is asked about first."""
    consultation = visible_consultation(request, slug)
    invitation = invitation_in(request, consultation)
    if invitation is None:
        raise Http404
    if comments_in(request, consultation) or answers_in(request, consultation):
        said = _("Remarks of yours are not sent yet. Please send them, or take them out first.")
        messages.warning(request, said)
        return redirect("contributions:basket", slug)
    try:
        send_nil_return(
            invitation=invitation,
            language=get_language() or "",
            receipt_address=office_address(request, consultation),
            at=request.at,
        )
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, _("Thank you. We have noted that you have no remarks."))
    return _back(request, consultation)


def office_answers(request: Any, invitation: Invitation) -> str:
    """Fills "consultation.office_answers": what waits to be sent, or the nil return."""
    consultation = invitation.consultation
    context = {
        "invitation": invitation,
        "consultation": consultation,
        "count": len(comments_in(request, consultation)),
        "answers": answers_in(request, consultation),
    }
    return render_to_string("contributions/public/_office_answers.html", context, request)


def office_sent(request: Any, invitation: Invitation) -> str:
    """Fills "consultation.office_sent": all that came from this office, with the answers."""
    consultation = invitation.consultation
    context = {
        "answers": answers_by(invitation),
        "consultation": consultation,
        "unsent": [] if consultation.is_open(request.at) else comments_in(request, consultation),
        "paper_language": consultation.strategy.language,
    }
    return render_to_string("contributions/public/_office_sent.html", context, request)
