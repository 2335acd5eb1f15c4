"""Who else was asked about points, what came back, and what is overdue there."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import may
from richtschnur.consultation.models import Consultation, digest
from richtschnur.consultation.queries import LONGEST_SECRET
from richtschnur.evaluation.models import Advice, Delegation, Point
from richtschnur.evaluation.states import ENDED, Asked, PointState
from richtschnur.journal.actors import Actor

SHOWN = 8
UNANSWERED = (PointState.OPEN, PointState.DRAFT)
WAITING = Q(delegation__handed_in_at=None, delegation__withdrawn_at=None)


@dataclass(frozen=True)
class AskedOthers:
    """What came back, is not theirs, or is overdue; the first few of each."""

    back: list[Delegation] = field(default_factory=list)
    not_ours: list[Advice] = field(default_factory=list)
    overdue: list[Delegation] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.back or self.not_ours or self.overdue)


def delegation_by_secret(secret: str) -> Delegation | None:
    """The one whose personal address has this secret, unless it was withdrawn."""
    if not secret or len(secret) > LONGEST_SECRET:
        return None
    rows = Delegation.objects.select_related(
        "consultation__strategy", "consultation__edition", "office"
    )
    return rows.filter(secret_digest=digest(secret), withdrawn_at=None).first()


def delegation_of(consultation: Consultation, pk: int) -> Delegation:
    """One delegation of this consultation. Raises Http404."""
    rows = Delegation.objects.select_related("asked_by", "office", "consultation__strategy")
    found = rows.filter(pk=pk, consultation=consultation).first()
    if found is None:
        raise Http404
    return found


def advices_of(delegation: Delegation) -> list[Advice]:
    """Its points in their order, with their words and passages. One query."""
    rows = Advice.objects.filter(delegation=delegation).select_related(
        "point__comment__contribution",
        "point__comment__passage__section",
        "point__comment__question",
    )
    found = list(rows.order_by("position"))
    for advice in found:
        advice.delegation = delegation
    return found


def advice_on(point: Point) -> list[Advice]:
    """All that was asked about a point, with what came back; not what was withdrawn unanswered."""
    rows = Advice.objects.filter(point=point).select_related("delegation__asked_by")
    gone = Q(delegation__handed_in_at=None, delegation__withdrawn_at__isnull=False)
    return list(rows.exclude(gone).order_by("delegation__asked_at", "pk"))


def delegations_in(consultation: Consultation) -> list[Delegation]:
    """All of a consultation, those waited for first; each with `points` and `not_ours`."""
    not_ours = Count("advices", filter=Q(advices__is_not_ours=True))
    rows = Delegation.objects.filter(consultation=consultation).select_related("asked_by")
    rows = rows.annotate(points=Count("advices"), not_ours=not_ours)
    return sorted(rows, key=lambda row: (not row.is_waiting, row.due_on, row.pk))


def asked_others(points: QuerySet[Point], asked: str, on: date) -> QuerySet[Point]:
    """Those of the points that wait at others, came back, were returned, or are overdue there."""
    advices = Advice.objects.filter(point=OuterRef("pk"))
    back = advices.filter(delegation__handed_in_at__isnull=False)
    wanted = {
        Asked.WAITING: advices.filter(WAITING),
        Asked.BACK: back.filter(is_not_ours=False),
        Asked.NOT_OURS: back.filter(is_not_ours=True),
        Asked.OVERDUE: advices.filter(WAITING, delegation__due_on__lt=on),
    }
    return points.filter(Exists(wanted[Asked(asked)]))


def asked_today(user: User, by: Actor, at: datetime) -> AskedOthers:
    """What falls back to this officer: what she asked, those she stands in for, or who is gone.

    Answered points have nothing left to do. Three queries.
    """
    if not may(by, "evaluation.delegate"):
        return AskedOthers()
    people = [user.pk, *(int(absent) for _role, absent in by.stands_in_for)]
    mine = Q(asked_by__in=people) | Q(asked_by__is_active=False)
    left = Advice.objects.filter(delegation=OuterRef("pk")).exclude(point__state__in=ENDED)
    back = Delegation.objects.filter(mine, handed_in_at__isnull=False)
    unread = left.filter(point__state__in=UNANSWERED)
    found = back.filter(Exists(unread)).select_related("consultation").order_by("-handed_in_at")
    returned = Advice.objects.filter(
        delegation__in=back, is_not_ours=True, point__state__in=UNANSWERED
    ).select_related("delegation__consultation", "point__comment__contribution")
    overdue = Delegation.objects.filter(
        mine, Exists(left), handed_in_at=None, withdrawn_at=None, due_on__lt=localdate(at)
    ).select_related("consultation")
    return AskedOthers(
        list(found[:SHOWN]),
        list(returned.order_by("delegation__handed_in_at", "pk")[:SHOWN]),
        list(overdue[:SHOWN]),
    )
