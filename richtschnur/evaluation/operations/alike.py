"""What the machine takes for alike: found again and again, taken over or declined by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Group, Likeness, LikePoint, Point
from richtschnur.evaluation.operations.grouping import group_points
from richtschnur.evaluation.states import PointState, Verdict
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.journal.writing import AT_ONCE

METHOD = "alike/1"  # word pairs that two texts share; a new number when the same texts group anew


def find_alike(*, consultation: Consultation, by: Actor, at: datetime) -> int:
    """Compare all points of a consultation, and propose those that are alike; says how many groups.

    Proposals on which nobody has decided are replaced. What people have grouped already, or said
    no to, is not proposed again. The texts are compared before the transaction begins.
    """
    found = _compared(consultation)
    with transaction.atomic():
        open_ones = Likeness.objects.filter(consultation=consultation, verdict="")
        open_ones.delete()
        declined = _declined(consultation)
        new = [keys for keys in found if not any(keys <= known for known in declined)]
        _propose(consultation, new, at)
        data = {
            "groups": len(new),
            "largest": max(map(len, new), default=0),
            "method": METHOD,
        }
        subject = f"consultation:{consultation.slug}"
        record(act="evaluation.find_alike", subject=subject, by=by, at=at, data=data)
    return len(new)


@transaction.atomic
def take_likeness(*, likeness: Likeness, by: Actor, at: datetime) -> Group:
    """A person agrees: the points become a group. Raises Refused as grouping does."""
    require(by, "evaluation.sort")
    row = undecided(likeness)
    points = Point.objects.filter(pk__in=row.members.values("point")).order_by("pk")
    group = group_points(points=points, by=by, at=at)
    decide(row, Verdict.ACCEPTED, at)
    return group


@transaction.atomic
def decline_likeness(*, likeness: Likeness, by: Actor, at: datetime) -> None:
    """A person disagrees: these points are not proposed together again."""
    require(by, "evaluation.sort")
    row = undecided(likeness)
    decide(row, Verdict.DECLINED, at)
    subject = f"consultation:{row.consultation.slug}"
    data = {"points": row.size, "method": row.method}
    record(act="evaluation.decline_likeness", subject=subject, by=by, at=at, data=data)


def _compared(consultation: Consultation) -> list[frozenset[int]]:
    """The keys of points that are alike and not one group already; the first come first.

    Points that somebody has begun to answer alone stay alone.
    """
    from richtschnur.analysis.alike.grouping import grouped  # numpy: only where it is needed

    points = Point.objects.filter(
        Q(state=PointState.OPEN) | Q(group__isnull=False),
        consultation=consultation,
    )
    rows = points.order_by("pk").values_list("pk", "group", "start", "end", "comment__text")
    keys: list[int] = []
    group_of: dict[int, int | None] = {}
    texts: list[str] = []
    for pk, group, start, end, text in rows.iterator(chunk_size=2000):
        keys.append(pk)
        group_of[pk] = group
        texts.append(text[start:end])
    found: dict[int, set[int]] = {}
    for pk, first in zip(keys, grouped(texts), strict=True):
        if first is not None:
            found.setdefault(first, set()).add(pk)
    return [frozenset(each) for each in found.values() if not _is_grouped(each, group_of)]


def _is_grouped(keys: set[int], group_of: dict[int, int | None]) -> bool:
    groups = {group_of[pk] for pk in keys}
    return len(groups) == 1 and None not in groups


def _declined(consultation: Consultation) -> list[set[int]]:
    rows = LikePoint.objects.filter(
        likeness__consultation=consultation, likeness__verdict=Verdict.DECLINED
    )
    known: dict[int, set[int]] = {}
    for likeness, point in rows.values_list("likeness", "point"):
        known.setdefault(likeness, set()).add(point)
    return list(known.values())


def _propose(consultation: Consultation, found: Sequence[frozenset[int]], at: datetime) -> None:
    for keys in found:
        likeness = Likeness.objects.create(
            consultation=consultation, method=METHOD, size=len(keys), found_at=at
        )
        LikePoint.objects.bulk_create(
            [LikePoint(likeness=likeness, point_id=pk) for pk in sorted(keys)], batch_size=AT_ONCE
        )


def undecided(likeness: Likeness) -> Likeness:
    """The proposal, held. Raises Refused when somebody has decided on it."""
    rows = Likeness.objects.select_for_update(of=("self",)).select_related("consultation")
    row = rows.filter(pk=likeness.pk, verdict="").first()
    if row is None:
        raise Refused(_("This proposal was decided on already."), code="transition")
    return row


def decide(row: Likeness, verdict: Verdict, at: datetime) -> None:
    """Keep what a person said to a proposal."""
    row.verdict, row.decided_at = verdict, at
    row.save(update_fields=["verdict", "decided_at"])
