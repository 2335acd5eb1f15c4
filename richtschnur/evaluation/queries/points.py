"""The desk's list of points, and one point with its neighbours."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Attachment, Contribution
from richtschnur.evaluation.models import Advice, Point, TopicSuggestion
from richtschnur.evaluation.queries.filters import PointFilter, assigned_to, narrowed
from richtschnur.evaluation.queries.paging import SHOWN, in_order
from richtschnur.evaluation.queries.searching import searched
from richtschnur.evaluation.rules import check_may_answer
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused


def visible_points(consultation: Consultation, user: User, by: Actor) -> QuerySet[Point]:
    """All points of a consultation that this person works on; a department only its own."""
    points = Point.objects.filter(consultation=consultation)
    return points if may(by, "evaluation.answer_any") else points.filter(assigned_to(user, by))


def points_of(
    consultation: Consultation,
    user: User,
    by: Actor,
    chosen: PointFilter,
    at: datetime,
    fresh: list[int] | None = None,
) -> QuerySet[Point]:
    """The list: visible points, filtered and in order, with all that a row shows.

    `fresh` as in `searched`. Of a group its first point stands for all, unless the group or words
    are asked for.
    """
    visible = visible_points(consultation, user, by)
    points = narrowed(visible, user, by, chosen, at)
    if chosen.q:
        points = searched(points, visible, consultation, chosen.q, fresh)
    elif chosen.group is None:
        earlier = points.order_by().filter(group=OuterRef("group"), pk__lt=OuterRef("pk"))
        points = points.filter(Q(group=None) | ~Exists(earlier))
    return in_order(points, chosen.order).select_related(*SHOWN)


def point_of(consultation: Consultation, pk: int, user: User, by: Actor) -> Point:
    """One point with all that its page shows: `has_files`, `has_suggestions`, and
    `was_asked` about others, too.

    Raises Refused when it is none or not hers.
    """
    rows = Point.objects.select_related(*SHOWN, "place").annotate(
        has_suggestions=Exists(TopicSuggestion.objects.filter(point=OuterRef("pk"))),
        was_asked=Exists(Advice.objects.filter(point=OuterRef("pk"))),
        has_files=Exists(Attachment.objects.filter(contribution=OuterRef("comment__contribution"))),
    )
    found = rows.filter(pk=pk, consultation=consultation).first()
    if found is None:
        raise Refused(
            _("There is no such point any more; perhaps it was joined with the one before it."),
            code="not-found",
        )
    check_may_answer(found, by, user.office_id)
    found.comment.contribution.consultation = consultation
    return found


def points_in(contribution: Contribution, visible: QuerySet[Point]) -> list[Point]:
    """The points of one contribution, in its order."""
    points = visible.filter(comment__contribution=contribution).select_related("comment__passage")
    return list(points.order_by("comment__position", "start"))
