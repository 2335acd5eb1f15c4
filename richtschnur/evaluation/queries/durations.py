"""How long it took from receipt to answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Min
from django.utils.timezone import localtime

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.states import PointState

BANDS: tuple[tuple[str, int], ...] = (
    ("1w", 7), ("2w", 14), ("4w", 28), ("8w", 56), ("13w", 91), ("26w", 182),
)  # fmt: skip
LONGER = "longer"


def durations_of(consultation: Consultation) -> dict[str, Any]:
    """Days from the receipt to the first released answer, of each answered point; two queries.

    {"answered", "open", "median", "quartiles": [lower, upper] or None, "longest", "bands": [[code,
    points]], "in_time"}: days are whole calendar days; `in_time` counts the points that were
    answered on the promised day or before it, None where no day was promised.
    """
    points = Point.objects.filter(comment__contribution__consultation=consultation)
    waiting = points.exclude(state=PointState.CLOSED).exclude(responses__released_at__isnull=False)
    rows = (
        points.filter(responses__released_at__isnull=False)
        .order_by()
        .values_list("pk", "comment__contribution__received_at")
        .annotate(first=Min("responses__released_at"))
    )
    pairs = [(_day(received), _day(first)) for _pk, received, first in rows]
    days = sorted(max(0, (answered - received).days) for received, answered in pairs)
    until = consultation.answers_by_on
    return {
        "answered": len(days),
        "open": waiting.distinct().count(),
        "median": quantile(days, 0.5),
        "quartiles": [quantile(days, 0.25), quantile(days, 0.75)] if days else None,
        "longest": days[-1] if days else None,
        "bands": banded(days),
        "in_time": sum(answered <= until for _received, answered in pairs) if until else None,
    }


def quantile(days: Sequence[int], share: float) -> float | None:
    """Of sorted numbers, between two neighbours in proportion (type 7); None of none."""
    if not days:
        return None
    place = (len(days) - 1) * share
    low = int(place)
    high = min(low + 1, len(days) - 1)
    found = days[low] + (days[high] - days[low]) * (place - low)
    return round(found, 1)


def banded(days: Sequence[int]) -> list[list[Any]]:
    """How many lasted how long: up to one week, up to two …; [[code, number]]."""
    counted, below = [], 0
    for code, limit in BANDS:
        until = sum(day <= limit for day in days)
        counted.append([code, until - below])
        below = until
    return [*counted, [LONGER, len(days) - below]]


def _day(at: datetime) -> Any:
    return localtime(at).date()
