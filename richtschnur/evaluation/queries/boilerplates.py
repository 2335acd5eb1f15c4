"""Which boilerplates are at hand for a point, those of its topics first."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from richtschnur.evaluation.models import Boilerplate
from richtschnur.strategy.models import Strategy


def boilerplates_of(strategy: Strategy) -> QuerySet[Boilerplate]:
    """All of a paper, by name; the retired ones last."""
    rows = Boilerplate.objects.filter(strategy=strategy).select_related("topic")
    return rows.order_by(F("retired_at").asc(nulls_first=True), "name")


def boilerplates_for(strategy: Strategy, topics: Collection[int]) -> QuerySet[Boilerplate]:
    """Those in use: of these topics first, then those of no topic, then the others; by name."""
    near = Case(
        When(topic__in=list(topics), then=Value(0)),
        When(topic=None, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    rows = Boilerplate.objects.filter(strategy=strategy, retired_at=None)
    return rows.select_related("topic").order_by(near, "name")
