"""More time: the form, and what everyone reads of it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.forms import ExtendForm, usual_extension
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import extend_deadline
from richtschnur.consultation.queries import all_consultations, waiting_invitations
from richtschnur.consultation.rules import may_be_extended
from richtschnur.consultation.views.rounds import personal_address
from richtschnur.journal.refusals import Forbidden, Refused


@requires("consultation.open")
def extend(request: Any, slug: str) -> HttpResponse:
    """Another deadline and its reason; until shortly after the end."""
    consultation = get_object_or_404(all_consultations(), slug=slug)
    if not may_be_extended(consultation, request.at):
        raise Http404
    about = {"consultation": consultation, "at": request.at}
    is_sent = request.method == "POST"
    initial = usual_extension(consultation, request.at)
    form = ExtendForm(request.POST if is_sent else None, initial=initial, **about)
    if is_sent and form.is_valid():
        try:
            _extended(request, consultation, form)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The deadline is extended. Everyone can read why."))
            return redirect("consultation:manage", slug)
    waiting = waiting_invitations(consultation).exclude(email="").count()
    context = about | {
        "form": form,
        "waiting": waiting,
        "phase": consultation.phase(request.at),
    }
    return render(request, "consultation/staff/extend.html", context)


def _extended(request: Any, consultation: Consultation, form: ExtendForm) -> None:
    extend_deadline(
        consultation=consultation,
        **form.cleaned_data,
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )
