"""Ways from a consultation's page to what became of it; only the desk knows all stages."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from richtschnur.accounts.models import actor_of
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.queries import progress, visible_points
from richtschnur.evaluation.states import FORMATS


def evaluation_links(request: Any, consultation: Consultation) -> str:
    """Fills "consultation.manage": how far the answers are, the queue, the overview as a file."""
    by = actor_of(request)
    if not may(by, "evaluation.read"):
        return ""
    context = {
        "consultation": consultation,
        "progress": progress(visible_points(consultation, request.user, by)),
        "formats": FORMATS if may(by, "evaluation.export") else (),
    }
    return render_to_string("desk/staff/evaluation_links.html", context, request)
