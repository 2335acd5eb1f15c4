"""Points held until an act ends, with all that are grouped with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from richtschnur.evaluation.models import Group, LikePoint, Order, Point
from richtschnur.evaluation.rules import AT_ONCE
from richtschnur.journal.refusals import Refused


def recount(groups: Iterable[int]) -> None:
    """Groups know how many points they have; one of fewer than two is none any more."""
    for group in Group.objects.filter(pk__in=list(groups)).annotate(n=Count("points")):
        if group.n < 2:
            group.delete()
        else:
            Group.objects.filter(pk=group.pk).update(size=group.n)


def locked_point(point: Point) -> Point:
    """The point as it stands, held until the act ends. Raises Refused when it was joined away."""
    return _held([point.pk], Q(pk=point.pk))[0]


def locked_points(points: Iterable[Point]) -> list[Point]:
    """These points and all that are grouped with them, held until the act ends.

    Raises Refused when one was joined away, or they are more than one act may hold.
    """
    keys = [point.pk for point in points]
    grouped = Point.objects.filter(pk__in=keys, group__isnull=False)
    return _held(keys, Q(pk__in=keys) | Q(group__in=set(grouped.values_list("group", flat=True))))


def _held(keys: Sequence[int], which: Q) -> list[Point]:
    rows = Point.objects.select_for_update(of=("self",)).filter(which).order_by("pk")
    rows = rows.select_related(
        "comment__contribution__consultation__strategy", "comment__contribution__sender"
    )
    found = list(rows[: AT_ONCE + 1])
    if len(found) > AT_ONCE:
        raise Refused(
            _("These are more than %(n)d points. Please narrow the list and go on in parts.")
            % {"n": AT_ONCE},
            code="too-many",
        )
    if not found or not {point.pk for point in found}.issuperset(keys):
        raise Refused(
            _("There is no such point any more; perhaps it was joined with the one before it."),
            code="not-found",
        )
    groups = {point.group_id for point in found if point.group_id}
    check_free(groups=groups, points=[point.pk for point in found])
    return found


def check_free(*, groups: Iterable[int] = (), points: Any = ()) -> None:
    """Raise Refused while the worker carries out an order on one of these, given by their keys."""
    mine = set(groups)
    for order in Order.objects.filter(finished_at__isnull=True):
        joining = LikePoint.objects.filter(likeness=order.likeness_id, point__in=points)
        if order.groups & mine or (order.likeness_id and joining.exists()):
            raise Refused(
                _("These points are being worked on: %(done)s of %(total)s are done. Please wait.")
                % {"done": order.done, "total": order.total},
                code="busy",
            )


def in_proposal(likeness: int | None, former: Sequence[int]) -> Q:
    """The points of a machine's proposal, and those of the groups that join with them."""
    members = LikePoint.objects.filter(likeness=likeness).values("point")
    return Q(pk__in=members) | Q(group__in=former)
