"""What a person has to do: answers due, answers waiting for her release, her drafts."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.timezone import localtime

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import may
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import Actor


def answers_due(user: User, at: datetime, by: Actor | None = None) -> QuerySet[Point]:
    """Points given to this person or her office that wait for an answer, the next due first.

    `due_in_past` is true of those whose day has gone by at `at`. `by` is she as an actor; with it
    those come, too, that are given to somebody for whom she stands in.
    """
    absent = [int(pk) for _role, pk in by.stands_in_for] if by else []
    mine = Q(assignee__in=[user.pk, *absent])
    if user.office_id:
        mine |= Q(assignee=None, office=user.office_id)
    if absent:
        offices = User.objects.filter(pk__in=absent).values("office")
        mine |= Q(assignee=None, office__in=offices)
    waiting = (PointState.OPEN, PointState.DRAFT)
    points = _with_place(Point.objects.filter(mine, state__in=waiting))
    overdue = Q(due_on__lt=localtime(at).date(), due_on__isnull=False)
    return points.annotate(due_in_past=overdue).order_by(F("due_on").asc(nulls_last=True), "pk")


def waiting_for_release(user: User, by: Actor | None = None) -> QuerySet[Point]:
    """Answers handed in that this person may release: none that she has written on.

    `by` is she as an actor; with it those count, too, that she may release as a deputy.
    """
    actor = by or Actor("user", str(user.pk), user.role, frozenset([user.role]))
    if not may(actor, "evaluation.release"):
        return Point.objects.none()
    own = Response.objects.filter(point=OuterRef("pk"), author=user)
    points = Point.objects.filter(~Exists(own), state=PointState.HANDED_IN)
    return _with_place(points).order_by(F("due_on").asc(nulls_last=True), "pk")


def my_drafts(user: User) -> QuerySet[Point]:
    """Points whose last answer is this person's draft, also when it was given back to her."""
    standing = Response.objects.filter(taken_back_at=None)
    newer = standing.filter(point=OuterRef("point"), version__gt=OuterRef("version"))
    last = standing.filter(~Exists(newer), point=OuterRef("pk"), author=user)
    points = Point.objects.filter(Exists(last), state=PointState.DRAFT)
    return _with_place(points).order_by(F("due_on").asc(nulls_last=True), "pk")


def _with_place(points: QuerySet[Point]) -> QuerySet[Point]:
    return points.select_related(
        "comment__contribution__consultation",
        "comment__contribution__sender",
        "comment__passage",
        "office",
        "assignee",
    )
