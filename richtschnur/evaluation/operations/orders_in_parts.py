"""The worker's side of orders: part by part, each a transaction and the act of who gave it."""

from __future__ import annotations

import time
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from richtschnur.evaluation.models import Group, Order, Point
from richtschnur.evaluation.operations.answers import (
    Wording,
    last_versions,
    release_each,
    return_each,
    write_each,
)
from richtschnur.evaluation.operations.holding import in_proposal
from richtschnur.evaluation.operations.points import assign_each, tag_each
from richtschnur.evaluation.states import OrderAct
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record, record_each

PART = 1000  # points of one transaction
RELEASED = 100  # of one that writes leaves and mails, too
TURN = 2.0  # seconds, after which the worker looks at its other work


def carry_on(*, at: datetime) -> int:
    """Carry out the next parts of the oldest order; says how many points were reached.

    Whatever ends the worker, the next one goes on behind the last part.
    """
    reached, begun = 0, time.monotonic()
    while time.monotonic() - begun < TURN:
        part = _next_part(at)
        if part is None:
            break
        reached += part
    return reached


@transaction.atomic
def _next_part(at: datetime) -> int | None:
    orders = Order.objects.filter(finished_at__isnull=True).select_for_update(of=("self",))
    order = orders.select_related("group", "likeness", "given_by").first()
    if order is None:
        return None
    points = _left(order)
    if not points:
        _finish(order, at)
        return 0
    _CARRIED_OUT[OrderAct(order.act)](order, points, _actor_of(order), at)
    order.done += len(points)
    order.after = points[-1].pk
    order.save(update_fields=["done", "after"])
    return len(points)


def _left(order: Order) -> list[Point]:
    """The points that are reached next, held."""
    is_grouping = order.act == OrderAct.GROUP
    which = in_proposal(order.likeness_id, order.what["former"]) if is_grouping else Q()
    if not is_grouping:
        which = Q(group=order.group_id)
    rows = Point.objects.filter(which, pk__gt=order.after).order_by("pk")
    rows = rows.select_for_update(of=("self",)).select_related(
        "comment__contribution__consultation__strategy", "comment__contribution__sender"
    )
    return list(rows[: RELEASED if order.act == OrderAct.RELEASE else PART])


def _group(order: Order, points: list[Point], by: Actor, at: datetime) -> None:
    new = [point for point in points if point.group_id != order.group_id]
    Point.objects.filter(pk__in=[point.pk for point in new]).update(group=order.group)
    about = [(f"point:{point.pk}", {"group": order.group_id}) for point in new]
    record_each(act="evaluation.group_points", by=by, at=at, about=about)


def _tag(order: Order, points: list[Point], by: Actor, at: datetime) -> None:
    tag_each(points, topics=order.what["topics"], adds=order.what["adds"], by=by, at=at)


def _assign(order: Order, points: list[Point], by: Actor, at: datetime) -> None:
    due_on = order.what["due_on"]
    assign_each(
        points,
        office=order.what["office"],
        assignee=order.what["assignee"],
        due_on=date.fromisoformat(due_on) if due_on else None,
        by=by,
        at=at,
    )


def _write(order: Order, points: list[Point], by: Actor, at: datetime) -> None:
    what = dict(order.what)
    hand_in = what.pop("hand_in")
    wording = Wording(**what)
    last = last_versions(points)
    write_each(points, last, wording, author=order.given_by, by=by, at=at, hand_in=hand_in)


def _give_back(order: Order, points: list[Point], by: Actor, at: datetime) -> None:
    return_each(points, last_versions(points), note=order.what["note"], by=by, at=at)


def _release(order: Order, points: list[Point], by: Actor, at: datetime) -> None:
    release_each(points, last_versions(points), by=by, at=at)


_CARRIED_OUT = {
    OrderAct.GROUP: _group,
    OrderAct.TAG: _tag,
    OrderAct.ASSIGN: _assign,
    OrderAct.WRITE: _write,
    OrderAct.GIVE_BACK: _give_back,
    OrderAct.RELEASE: _release,
}


def _finish(order: Order, at: datetime) -> None:
    size = Point.objects.filter(group=order.group_id).count()
    Group.objects.filter(pk=order.group_id).update(size=size)
    if order.act == OrderAct.GROUP:
        Group.objects.filter(pk__in=order.what["former"]).delete()
    Order.objects.filter(pk=order.pk).update(finished_at=at, what={})
    data = {"act": order.act, "points": order.done}
    subject = f"group:{order.group_id}"
    record(act="evaluation.finish_order", subject=subject, by=_actor_of(order), at=at, data=data)


def _actor_of(order: Order) -> Actor:
    stands_in = (("reviewer", str(order.given_for_id)),) if order.given_for_id else ()
    roles = frozenset([order.role, *(role for role, _id in stands_in)])
    return Actor("user", str(order.given_by_id), order.role, roles, stands_in)
