"""The same acts for few and for very many points: a large group's are given as an order.

Each returns the order, or None when the act is done; all raise what their parts raise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from richtschnur.accounts.models import Office, User
from richtschnur.evaluation.models import Likeness, Order, Point
from richtschnur.evaluation.operations.alike import take_likeness
from richtschnur.evaluation.operations.answers import (
    release_responses,
    return_response,
    write_responses,
)
from richtschnur.evaluation.operations.orders import (
    large_group,
    order_assignment,
    order_grouping,
    order_release,
    order_response,
    order_return,
    order_tags,
)
from richtschnur.evaluation.operations.points import assign_points, tag_points
from richtschnur.evaluation.rules import AT_ONCE
from richtschnur.journal.actors import Actor


def group_all(*, likeness: Likeness, by: Actor, at: datetime) -> Order | None:
    """Agree to a machine's proposal."""
    if likeness.size > AT_ONCE:
        return order_grouping(likeness=likeness, by=by, at=at)
    take_likeness(likeness=likeness, by=by, at=at)
    return None


def answer_all(
    *,
    points: Sequence[Point],
    author: User,
    by: Actor,
    at: datetime,
    seen: Mapping[int, int],
    hand_in: bool,
    **answer: str,
) -> Order | None:
    """Write one answer to all of these, as a draft or handed in."""
    if large_group(points) is None:
        write_responses(
            points=points, author=author, by=by, at=at, seen=seen, hand_in=hand_in, **answer
        )
        return None
    version = seen.get(points[0].pk)
    return order_response(point=points[0], seen=version, hand_in=hand_in, by=by, at=at, **answer)


def release_all(
    *, points: Sequence[Point], seen: Mapping[int, int], by: Actor, at: datetime
) -> Order | None:
    """Release what waits for all of these; `seen` names the versions that were read."""
    if large_group(points) is None:
        release_responses(points=points, by=by, at=at, seen=seen)
        return None
    return order_release(point=points[0], version=seen.get(points[0].pk), by=by, at=at)


def give_back_all(
    *, point: Point, version: int, note: str, by: Actor, at: datetime
) -> Order | None:
    """Give the answer that waits back, of a point and all that are grouped with it."""
    if large_group([point]) is None:
        return_response(point=point, version=version, note=note, by=by, at=at)
        return None
    return order_return(point=point, version=version, note=note, by=by, at=at)


def tag_all(
    *, points: Sequence[Point], topics: list[str], adds: bool, by: Actor, at: datetime
) -> Order | None:
    """Set the topics of all of these by name, or add to those that they have."""
    large = large_group(points)
    if large is None:
        tag_points(points=points, topics=topics, adds=adds, by=by, at=at)
        return None
    return order_tags(group=large, topics=topics, adds=adds, by=by, at=at)


def assign_all(
    *,
    points: Sequence[Point],
    by: Actor,
    at: datetime,
    office: Office | None = None,
    assignee: User | None = None,
    due_on: date | None = None,
) -> Order | None:
    """Give all of these to an office or a person until a day."""
    large = large_group(points)
    given = {"office": office, "assignee": assignee, "due_on": due_on}
    if large is None:
        assign_points(points=points, by=by, at=at, **given)  # type: ignore[arg-type]
        return None
    return order_assignment(group=large, by=by, at=at, **given)  # type: ignore[arg-type]
