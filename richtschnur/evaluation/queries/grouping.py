"""Points that are worked on together: chosen in the list, or grouped because they say the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.rules import AT_ONCE
from richtschnur.evaluation.states import PointState
from richtschnur.journal.refusals import Refused

_CHOICE = re.compile(r"([1-9][0-9]{0,17}):([0-9]{1,9})")

_SHOWN = (
    "comment__contribution__sender",
    "comment__passage",
    "comment__question",
    "office",
    "group",
)
_LAST = Response.objects.filter(point=OuterRef("pk")).order_by("-version").values("version")[:1]
_VERSION = Coalesce(Subquery(_LAST), 0)  # row by row: grouping would read a million first


@dataclass(frozen=True)
class Together:
    """Points that were chosen, and the version of each one's answer that was seen then."""

    points: list[Point]
    seen: dict[int, int]
    alike: int
    """How many more are grouped with them: an answer is given to these, too."""

    @property
    def count(self) -> int:
        return len(self.points) + self.alike

    @property
    def text(self) -> str:
        """The choice as one field of a form."""
        return " ".join(f"{point.pk}:{self.seen[point.pk]}" for point in self.points)

    @property
    def are_waiting(self) -> bool:
        return all(point.state == PointState.HANDED_IN for point in self.points)

    @property
    def begun(self) -> int:
        """How many of them have an answer already."""
        return sum(point.state != PointState.OPEN for point in self.points)

    @property
    def is_one_group(self) -> bool:
        groups = {point.group_id for point in self.points}
        return len(groups) == 1 and groups != {None}


def with_versions(points: QuerySet[Point]) -> QuerySet[Point]:
    """Each point with the number of its answer's last version as `version`, 0 without one."""
    return points.annotate(version=_VERSION)


def chosen_points(visible: QuerySet[Point], choices: Iterable[str]) -> Together:
    """What "key:version" texts choose among the visible points. Raises Refused."""
    found = [_CHOICE.fullmatch(choice) for choice in choices]
    seen = {int(each[1]): int(each[2]) for each in found if each}
    if not seen or not all(found):
        raise Refused(_("Please choose at least one point in the list."), code="too-few")
    if len(seen) > AT_ONCE:
        raise Refused(
            _("These are more than %(n)d points. Please narrow the list and go on in parts.")
            % {"n": AT_ONCE},
            code="too-many",
        )
    rows = visible.filter(pk__in=seen).order_by("pk")
    points = list(rows.select_related(*_SHOWN))
    if len(points) < len(seen):
        raise Refused(
            _("Some of these points are no longer in your list. Please choose again."),
            code="not-found",
        )
    groups = {point.group_id for point in points if point.group_id}
    alike = Point.objects.filter(group__in=groups).exclude(pk__in=seen).count() if groups else 0
    return Together(points, seen, alike)


def all_listed(listed: QuerySet[Point]) -> list[str]:
    """The choice of everything in a list, up to one more than one act may hold."""
    rows = listed.order_by().values_list("pk", _VERSION)[: AT_ONCE + 1]
    return [f"{pk}:{version}" for pk, version in rows]
