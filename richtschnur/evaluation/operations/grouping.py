"""Groups: points that say the same are put together, and taken out again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NoReturn

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.accounts.rules import require
from richtschnur.evaluation.models import Group, Point
from richtschnur.evaluation.operations.holding import locked_point, locked_points, recount
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record_each
from richtschnur.journal.refusals import Refused


@transaction.atomic
def group_points(*, points: Iterable[Point], by: Actor, at: datetime) -> Group:
    """Put points that say the same into one group; whole groups among them join it.

    Raises Refused when they are fewer than two, of several consultations, or have begun answers
    that differ.
    """
    require(by, "evaluation.sort")
    held = locked_points(points)
    if len(held) < 2:
        raise Refused(_("Please choose at least two points."), code="too-few")
    if len({point.comment.contribution.consultation_id for point in held}) > 1:
        raise Refused(_("Points of different consultations can't be one group."))
    _check_answers(held)
    group = next((point.group for point in held if point.group), None)
    former = {point.group_id for point in held if point.group_id}
    if group is None:
        consultation = held[0].comment.contribution.consultation
        group = Group.objects.create(consultation=consultation, made_at=at)
    Point.objects.filter(pk__in=[point.pk for point in held]).update(group=group)
    recount(former | {group.pk})
    group.refresh_from_db()
    about = [
        (f"point:{p.pk}", {"group": group.pk, "before": p.group_id})
        for p in held
        if p.group_id != group.pk
    ]
    record_each(act="evaluation.group_points", by=by, at=at, about=about)
    return group


@transaction.atomic
def ungroup_point(*, point: Point, by: Actor, at: datetime) -> None:
    """Take a point out of its group; it keeps its answer. A group of one is none any more."""
    require(by, "evaluation.sort")
    here = locked_point(point)
    group = here.group_id
    if group is None:
        raise Refused(_("This point is in no group."), code="transition")
    others = Point.objects.filter(group=group).exclude(pk=here.pk)
    out = [here.pk] if others.count() > 1 else [here.pk, *others.values_list("pk", flat=True)]
    Point.objects.filter(pk__in=out).update(group=None)
    recount([group])
    about = [(f"point:{pk}", {"group": group, "size": others.count() + 1}) for pk in sorted(out)]
    record_each(act="evaluation.ungroup_point", by=by, at=at, about=about)


def _check_answers(points: list[Point]) -> None:
    """All open, or one group with its answer that open ones join."""
    begun = {point.group_id for point in points if point.state != PointState.OPEN}
    alone = [point for point in points if point.state != PointState.OPEN and not point.group_id]
    if len(begun) > 1 or alone:
        refuse_begun(len([point for point in points if point.state != PointState.OPEN]))


def refuse_begun(n: int) -> NoReturn:
    """Raise Refused because so many points have begun answers that differ."""
    raise Refused(
        ngettext(
            "An answer to %(n)d of these points was begun: it can't join a group any more.",
            "Answers to %(n)d of these points were begun: they can't join a group any more.",
            n,
        )
        % {"n": n},
        code="transition",
    )
