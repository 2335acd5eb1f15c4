"""What stood before an act, as the journal keeps it: keys and days, so that it can be undone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from richtschnur.evaluation.models import Point


def assignment_of(point: Point) -> dict[str, Any]:
    """To whom a point is given, as the journal keeps it."""
    due = str(point.due_on) if point.due_on else None
    return {"office": point.office_id, "assignee": point.assignee_id, "due": due}


def sorting_of(point: Point) -> dict[str, Any]:
    """To whom a point is given and its topics, as the journal keeps them."""
    return assignment_of(point) | {"topics": topics_before([point])[point.pk]}


def topics_before(points: Sequence[Point]) -> dict[int, list[int]]:
    """The keys of each point's topics; one query."""
    found: dict[int, list[int]] = {point.pk: [] for point in points}
    links = Point.topics.through.objects.filter(point__in=points).order_by("topic")
    for point_id, topic_id in links.values_list("point", "topic"):
        found[point_id].append(topic_id)
    return found
