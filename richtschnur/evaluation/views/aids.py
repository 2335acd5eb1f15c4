"""What a point's page shows beside: where it was passed on to, its answer in another language."""

from __future__ import annotations

from typing import Any

from richtschnur.accounts.rules import may
from richtschnur.evaluation.models import Forwarding, Point, Response
from richtschnur.evaluation.operations.reading_aids import aid_of, reading_machine
from richtschnur.evaluation.queries.aids import is_foreign
from richtschnur.evaluation.states import Decision
from richtschnur.evaluation.views.context import Desk


def beside_point(
    desk: Desk, point: Point, last: Response | None, released: Response | None
) -> dict[str, Any]:
    """For the page; no query for a German point that stays in the house, else two at most."""
    language = point.comment.contribution.language
    is_passed_on = last is not None and last.decision == Decision.NOT_RESPONSIBLE
    context: dict[str, Any] = {"is_passed_on": is_passed_on}
    if is_passed_on:
        context["forwarding"] = Forwarding.objects.filter(point=point).first()
    if is_foreign(language) and point.text:
        translates = released is not None and may(desk.actor, "evaluation.translate")
        reads = reading_machine() is not None and may(desk.actor, "evaluation.read_in_german")
        context |= {"may_translate": translates, "may_read_aid": reads, "aid": aid_of(point)}
    return context
