"""What the machine takes for alike: found again and again, taken over or declined by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

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
        data = propose_alike(consultation, found, at)
        subject = f"consultation:{consultation.slug}"
        record(act="evaluation.find_alike", subject=subject, by=by, at=at, data=data)
    return int(data["groups"])


def propose_alike(
    consultation: Consultation, found: Sequence[dict[int, int | None]], at: datetime
) -> dict[str, Any]:
    """Replace the proposals on which nobody has decided, within the caller's transaction.

    `found` holds the keys of points that are alike, each with the group that it has already.
    """
    Likeness.objects.filter(consultation=consultation, verdict="").delete()
    declined = _declined(consultation)
    alike = [frozenset(each) for each in found if len(each) > 1 and not _is_grouped(each)]
    new = [keys for keys in alike if not any(keys <= known for known in declined)]
    _propose(consultation, new, at)
    return {"groups": len(new), "largest": max(map(len, new), default=0), "method": METHOD}


def is_open(state: str, group: int | None) -> bool:
    """Whether a point may be grouped: who was begun to be answered alone stays alone."""
    return state == PointState.OPEN or group is not None


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


def _compared(consultation: Consultation) -> list[dict[int, int | None]]:
    """The keys of points that are alike, and the groups that they have; the first come first."""
    from richtschnur.analysis.alike.grouping import grouped  # numpy: only where it is needed

    points = Point.objects.filter(
        Q(state=PointState.OPEN) | Q(group__isnull=False),
        consultation=consultation,
    )
    rows = points.order_by("pk").values_list("pk", "group", "start", "end", "comment__text")
    keys: list[tuple[int, int | None]] = []
    texts: list[str] = []
    for pk, group, start, end, text in rows.iterator(chunk_size=2000):
        keys.append((pk, group))
        texts.append(text[start:end])
    found: dict[int, dict[int, int | None]] = {}
    for (key, known), first in zip(keys, grouped(texts), strict=True):
        if first is not None:
            found.setdefault(first, {})[key] = known
    return list(found.values())


def _is_grouped(members: dict[int, int | None]) -> bool:
    groups = set(members.values())
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
