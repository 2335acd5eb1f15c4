"""What the worker still does to large groups."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation import rules
from richtschnur.evaluation.models import Order, Point


def has_large_group(points: Iterable[Point]) -> bool:
    """Whether one of these, read with its group, stands for more points than one act takes."""
    return any(point.size_of_group > rules.AT_ONCE for point in points)


def open_orders(consultation: Consultation) -> QuerySet[Order]:
    """Orders that are not finished, the oldest first."""
    rows = Order.objects.filter(group__consultation=consultation, finished_at__isnull=True)
    return rows.select_related("given_by")
