"""What goes on later or elsewhere: for the next revision, to become a measure, passed on."""

from __future__ import annotations

from django.db.models import F, QuerySet

from richtschnur.evaluation.models import Response
from richtschnur.evaluation.queries.answers import latest_released
from richtschnur.evaluation.states import Decision
from richtschnur.strategy.models import Strategy

CARRIED_ON = (Decision.NEXT_REVISION, Decision.BECOMES_MEASURE, Decision.NOT_RESPONSIBLE)


def carried_on(strategy: Strategy, decision: str) -> QuerySet[Response]:
    """The released answers of a paper with this decision, of all its consultations, with points.

    The call for the stages to come: revision reads what was kept for it, measures what becomes
    one. In the paper's order, the whole paper last; what was passed on without a date comes first.
    """
    rows = latest_released().filter(
        decision=decision, point__comment__contribution__consultation__strategy=strategy
    )
    rows = rows.select_related(
        "point__comment__passage__section",
        "point__comment__contribution__consultation",
        "point__comment__contribution__sender",
        "point__forwarding",
    ).prefetch_related("point__topics")
    place = (F("point__comment__passage__position").asc(nulls_last=True), "point_id")
    if decision == Decision.NOT_RESPONSIBLE:
        return rows.order_by(F("point__forwarding__forwarded_on").desc(nulls_first=True), *place)
    return rows.order_by(*place)
