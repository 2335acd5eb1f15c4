"""The index of the points: written by the worker, corrected where a point changes or goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.queries.searching import scope_of
from richtschnur.search.models import SearchScope
from richtschnur.search.operations import (
    NewDocument,
    NewScope,
    add_documents,
    forget_documents,
)

AT_ONCE = 500
RESTS = timedelta(minutes=2)  # what was stored later may still wait for a slower neighbour


def index_points(*, consultation: Consultation, at: datetime, most: int = 20_000) -> int:
    """Add the words of points that came since the last time; says how many were added."""
    key, done = scope_of(consultation), 0
    scope = SearchScope.objects.filter(key=key).first()
    until = scope.order if scope else 0
    while done < most:
        rows = Point.objects.filter(consultation=consultation, pk__gt=until).order_by("pk")
        points = list(rows.select_related("comment__contribution__sender")[:AT_ONCE])
        rested = [point for point in points if point.created_at <= at - RESTS]
        if not rested:
            return done
        with transaction.atomic():
            add_documents(_scope(key), [_document(point) for point in rested])
            SearchScope.objects.filter(key=key).update(order=rested[-1].pk)
        until, done = rested[-1].pk, done + len(rested)
        if len(rested) < len(points):
            return done
    return done


def index_again(points: Sequence[Point]) -> None:
    """Correct what the index says of points whose borders have moved; unknown ones come later."""
    key = scope_of(points[0].consultation)
    scope = SearchScope.objects.filter(key=key).first()
    known = [point for point in points if scope is not None and point.pk <= scope.order]
    if known:
        add_documents(_scope(key), [_document(point) for point in known])


def forget_points(consultation: Consultation, keys: Iterable[int]) -> None:
    """Take points out of the index: they were erased, or joined with others."""
    forget_documents(scope_of(consultation), [f"point:{key}" for key in keys])


def _scope(key: str) -> NewScope:
    return NewScope(key=key, family="", title=key)


def _document(point: Point) -> NewDocument:
    contribution = point.comment.contribution
    sender = getattr(contribution, "sender", None)
    names = f"{sender.name} {sender.organisation}".strip() if sender else ""
    return NewDocument(
        subject=f"point:{point.pk}",
        kind="point",
        position=point.pk,
        title=names,
        text=point.text,
        language=contribution.language or "de",
    )
