"""What others advise, put into an answer."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404

from richtschnur.evaluation.forms import AnswerForm
from richtschnur.evaluation.models import Advice, Point
from richtschnur.evaluation.views.context import put_in
from richtschnur.ui.numbers import whole_number


def use_advice(request: Any, point: Point, form: AnswerForm) -> AnswerForm:
    """The form as it was typed, with what was advised put in; what was typed stands before it.

    It is the officer's answer from now on; the advice itself stays as it is.
    """
    rows = Advice.objects.filter(point=point, delegation__handed_in_at__isnull=False)
    advice = get_object_or_404(rows, pk=whole_number(request.POST.get("advice")))
    typed = form.data.get("reason", "").strip()
    words = advice.reason
    put_in(form, "reason", f"{typed}\n\n{words}" if typed and typed != words else words)
    if advice.decision:
        put_in(form, "decision", advice.decision)
    return AnswerForm(initial={name: form.data.get(name) for name in form.fields})
