"""Opening the next round of a paper from the one before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.forms import NextRoundForm, usual
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_next_round
from richtschnur.consultation.queries import all_consultations
from richtschnur.consultation.queries.rounds import rounds_of
from richtschnur.consultation.views.rounds import personal_address
from richtschnur.journal.refusals import Forbidden, Refused


@requires("consultation.open")
def next_round(request: Any, slug: str) -> HttpResponse:
    """The form, begun with what was set for the round before."""
    former = get_object_or_404(all_consultations(), slug=slug)
    is_sent = request.method == "POST"
    form = NextRoundForm(
        request.POST if is_sent else None, initial=_usual(request, former), former=former
    )
    if is_sent and form.is_valid():
        try:
            opened = _opened(request, former, form)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The next round stands. Here is its address."))
            return redirect("consultation:manage", opened.slug)
    context = {"form": form, "consultation": former}
    return render(request, "consultation/staff/next_round.html", context)


def _usual(request: Any, former: Consultation) -> dict[str, Any]:
    rounds = rounds_of(former.strategy_id, request.at)
    number = sum(row.consultation.audience == former.audience for row in rounds) + 1
    title = _("%(title)s – round %(n)s") % {"title": former.strategy.title, "n": number}
    return usual(title, request.at) | {
        "audience": former.audience,
        "publication": former.publication,
        "introduction": former.introduction,
        "with_questions": True,
        "with_invitations": True,
    }


def _opened(request: Any, former: Consultation, form: NextRoundForm) -> Consultation:
    given = {
        name: value for name, value in form.cleaned_data.items() if name not in ("on", "ready")
    }
    return open_next_round(
        former=former,
        on=form.chosen,
        **given,
        address=personal_address(request),
        by=actor_of(request),
        at=request.at,
    )
