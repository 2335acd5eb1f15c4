"""Orders: one act on more points than a transaction should hold, given at once for all of them.

Whether the act is allowed is asked of all points when the order is given, by few statements that
look at all of them; from then on nobody else touches the points (`points.check_free`). So the act
reaches all of them, as it does for a small group, and nothing else waits for it meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.rules import require
from richtschnur.evaluation.models import Group, Likeness, LikePoint, Order, Point, Response
from richtschnur.evaluation.operations.alike import decide, undecided
from richtschnur.evaluation.operations.answers import (
    asked_for,
    check_version,
    last_versions,
    stood_in_for,
    worded,
)
from richtschnur.evaluation.operations.grouping import refuse_begun
from richtschnur.evaluation.operations.holding import check_free, in_proposal
from richtschnur.evaluation.rules import AT_ONCE, check_release
from richtschnur.evaluation.states import OrderAct, PointState, Verdict
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


def large_group(points: Iterable[Point]) -> Group | None:
    """The group that these points stand for, when one act can't hold it.

    Raises Refused when there are others beside it.
    """
    groups = {point.group_id for point in points}
    known = [group for group in groups if group is not None]
    large = Group.objects.filter(pk__in=known, size__gt=AT_ONCE).first()
    if large is not None and len(groups) > 1:
        raise Refused(
            _("Please choose the group of %(n)s points alone, and the others afterwards.")
            % {"n": large.size},
            code="too-many",
        )
    return large


@transaction.atomic
def order_grouping(*, likeness: Likeness, by: Actor, at: datetime) -> Order:
    """Put the points of a proposal together, and whole groups among them.

    Raises Refused as grouping a few does.
    """
    require(by, "evaluation.sort")
    decide(undecided(likeness), Verdict.ACCEPTED, at)
    keys = LikePoint.objects.filter(likeness=likeness).values("point")
    check_free(points=keys)
    members = Point.objects.filter(pk__in=keys)
    groups = set(members.filter(group__isnull=False).values_list("group", flat=True).distinct())
    begun = Point.objects.exclude(state=PointState.OPEN)
    answered = set(begun.filter(group__in=groups).values_list("group", flat=True).distinct())
    alone = begun.filter(pk__in=keys, group__isnull=True).count()
    if alone or len(answered) > 1:
        refuse_begun(alone or begun.filter(group__in=groups).count())
    into = min(answered or groups, default=None)
    group = (
        _held(into)
        if into
        else Group.objects.create(consultation=likeness.consultation, made_at=at)
    )
    what = {"former": sorted(groups - {group.pk})}
    order = Order(group=group, likeness=likeness, act=OrderAct.GROUP, what=what)
    order.total = Point.objects.filter(in_proposal(likeness.pk, what["former"])).count()
    return _give(order, by, at)


@transaction.atomic
def order_tags(*, group: Group, topics: list[str], adds: bool, by: Actor, at: datetime) -> Order:
    """Set the topics of all points of a group by name, or add to those that they have."""
    require(by, "evaluation.sort")
    return _order(group, OrderAct.TAG, {"topics": topics, "adds": adds}, by, at)


@transaction.atomic
def order_assignment(
    *,
    group: Group,
    by: Actor,
    at: datetime,
    office: Office | None = None,
    assignee: User | None = None,
    due_on: date | None = None,
) -> Order:
    """Give all points of a group to an office or a person until a day; None takes them back."""
    require(by, "evaluation.sort")
    what = {
        "office": office.pk if office else None,
        "assignee": assignee.pk if assignee else None,
        "due_on": due_on.isoformat() if due_on else None,
    }
    return _order(group, OrderAct.ASSIGN, what, by, at)


@transaction.atomic
def order_response(
    *,
    point: Point,
    by: Actor,
    at: datetime,
    hand_in: bool = False,
    seen: int | None = None,
    **answer: str,
) -> Order:
    """Write one answer to all points of the group in which this one is: as a draft or handed in.

    `answer` is decision, reason and forwarded_to; `seen` is the version that the author had before
    her. Raises Refused as writing a few does.
    """
    require(by, "evaluation.answer_any")
    group = _held(point.group_id)
    what = worded(hand_in=hand_in, **answer)._asdict() | {"hand_in": hand_in}
    last = last_versions([point])
    if seen is not None:
        check_version([point], last, {point.pk: seen})
    return _order(group, OrderAct.WRITE, what, by, at)


@transaction.atomic
def order_release(*, point: Point, version: int | None, by: Actor, at: datetime) -> Order:
    """Release the answer that waits, of all points of the group in which this one is.

    `version` is the one that was read. Raises Refused or Forbidden as releasing a few does.
    """
    require(by, "evaluation.release")
    group, response = _waiting(point, version)
    points = Point.objects.filter(group=group)
    wrote = Response.objects.filter(point__in=points).values_list("author", flat=True).distinct()
    check_release(response, point, set(wrote), by)
    return _order(group, OrderAct.RELEASE, {}, by, at)


@transaction.atomic
def order_return(*, point: Point, version: int, note: str, by: Actor, at: datetime) -> Order:
    """Give the answer that waits back, for all points of the group in which this one is."""
    require(by, "evaluation.release")
    group, _response = _waiting(point, version)
    return _order(group, OrderAct.GIVE_BACK, {"note": asked_for(note)}, by, at)


def _waiting(point: Point, version: int | None) -> tuple[Group, Response]:
    group = _held(point.group_id)
    point.refresh_from_db(fields=["state"])
    others = Point.objects.filter(group=group).exclude(state=PointState.HANDED_IN)
    response = last_versions([point]).get(point.pk)
    if others.exists() or response is None:
        raise Refused(_("This answer is not waiting for release."), code="transition")
    if version not in (None, response.version):
        raise Refused(
            _("The answer was changed since you opened it. Please read it again."), code="stale"
        )
    return group, response


def _held(group: int | None) -> Group:
    found = Group.objects.select_for_update().filter(pk=group or 0).first()
    if found is None:
        raise Refused(_("This point is in no group."), code="transition")
    check_free(groups=[found.pk])
    return found


def _order(group: Group, act: OrderAct, what: dict[str, Any], by: Actor, at: datetime) -> Order:
    total = Point.objects.filter(group=group).count()
    return _give(Order(group=group, act=act, what=what, total=total), by, at)


def _give(order: Order, by: Actor, at: datetime) -> Order:
    """Kept with who gave it, so that each part of it is her act."""
    check_free(groups=order.groups)
    stood_in = stood_in_for(by)
    order.given_by_id, order.role, order.given_at = int(by.id), by.role, at
    order.given_for_id = int(stood_in) if stood_in else None
    order.save()
    data = {"act": order.act, "points": order.total}
    record(act="evaluation.give_order", subject=f"group:{order.group_id}", by=by, at=at, data=data)
    return order
