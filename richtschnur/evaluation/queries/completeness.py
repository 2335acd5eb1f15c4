"""The completeness proof on a page: of all points how many have what, and where the others are."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from richtschnur.evaluation.models import Notice, Point, Response
from richtschnur.evaluation.states import PointState


@dataclass(frozen=True)
class Completeness:
    """Numbers of points, as `Tally` counts them; `states` those that are left, by state."""

    total: int
    decided: int
    reasoned: int
    released: int
    replied: int
    closed: int
    states: tuple[tuple[PointState, int], ...]

    @property
    def open(self) -> int:
        return self.total - self.released - self.closed


def completeness_of(points: QuerySet[Point]) -> Completeness:
    """What these points have by now. Two queries."""
    newer = Response.objects.filter(point=OuterRef("point"), version__gt=OuterRef("version"))
    last = Response.objects.filter(~Exists(newer), point=OuterRef("pk"))
    told = Notice.objects.filter(
        contribution=OuterRef("comment__contribution"), replied_at__isnull=False
    )
    counted = points.order_by().aggregate(
        total=Count("pk"),
        decided=Count("pk", filter=Exists(last.exclude(decision=""))),
        reasoned=Count("pk", filter=Exists(last.exclude(reason=""))),
        replied=Count("pk", filter=Exists(told)),
        released=Count("pk", filter=Q(state=PointState.RELEASED)),
        closed=Count("pk", filter=Q(state=PointState.CLOSED)),
    )
    rows = dict(points.order_by().values_list("state").annotate(Count("pk")))
    left = (PointState.OPEN, PointState.DRAFT, PointState.HANDED_IN)
    return Completeness(**counted, states=tuple((s, rows[s]) for s in left if s in rows))
