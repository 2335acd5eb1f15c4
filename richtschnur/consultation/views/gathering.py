"""Asking people before there is a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from richtschnur.accounts.middleware import requires
from richtschnur.accounts.models import actor_of
from richtschnur.consultation.forms import NEW_PAPER, GatherForm, usual_gathering
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation, ready_questions
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Strategy
from richtschnur.strategy.operations import begin_paper


@requires("consultation.open")
def gather(request: Any) -> HttpResponse:
    """Experience and ideas, or a survey of actors: the form, and then its questions."""
    is_sent = request.method == "POST"
    form = GatherForm(request.POST if is_sent else None, initial=usual_gathering(request.at))
    if is_sent and form.is_valid():
        try:
            opened = _opened(request, form.cleaned_data)
        except Forbidden:
            raise
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("It stands. Until it opens you can change its questions."))
            return redirect("consultation:questions", opened.slug)
    return render(request, "consultation/staff/gather.html", {"form": form})


@transaction.atomic
def _opened(request: Any, given: dict[str, Any]) -> Consultation:
    act = {"by": actor_of(request), "at": request.at}
    paper, title, ready = given.pop("paper"), given.pop("paper_title"), given.pop("ready")
    if paper == NEW_PAPER:
        strategy = begin_paper(title=title, **act)
    else:
        strategy = Strategy.objects.get(slug=paper)
    questions = ready_questions(ready, strategy.language) if ready else []
    return open_consultation(on=strategy, **given, questions=questions, **act)
