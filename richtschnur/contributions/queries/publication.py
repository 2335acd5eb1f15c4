"""What waits for a decision on publication, and what was decided; for staff."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment, PublicComment, WithheldComment

HELD, PUBLISHED, WITHHELD = "held", "published", "withheld"
CONTESTED = "contested"
STANDINGS = (HELD, PUBLISHED, WITHHELD, CONTESTED)

_CONTESTED = Q(objected_at__isnull=False, upheld_at__isnull=True)


def comments_to_review(consultation: Consultation, standing: str) -> QuerySet[Comment]:
    """Comments of one standing as they came, with all that the queue shows."""
    rows = Comment.objects.filter(contribution__consultation=consultation).select_related(
        "contribution__sender", "contribution__suspicion", "passage", "public", "withheld"
    )
    if standing == HELD:
        rows = rows.filter(public__isnull=True, withheld__isnull=True)
    elif standing == CONTESTED:
        rows = rows.filter(withheld__objected_at__isnull=False, withheld__upheld_at__isnull=True)
    elif standing == PUBLISHED:
        rows = rows.filter(public__isnull=False)
    else:
        rows = rows.filter(withheld__isnull=False)
    return rows.order_by("pk")


@dataclass(frozen=True)
class ReviewCounts:
    """How many comments wait, are published, are withheld, of these with an open objection."""

    held: int
    published: int
    withheld: int
    contested: int


def review_counts(consultation: Consultation) -> ReviewCounts:
    """Four queries; for staff's pages only."""
    everything = Comment.objects.filter(contribution__consultation=consultation).count()
    published = PublicComment.objects.filter(consultation=consultation).count()
    kept_back = WithheldComment.objects.filter(consultation=consultation)
    withheld, contested = kept_back.count(), kept_back.filter(_CONTESTED).count()
    return ReviewCounts(everything - published - withheld, published, withheld, contested)


def objections() -> list[tuple[Consultation, int]]:
    """Consultations with objections that wait, and how many; two queries."""
    rows = WithheldComment.objects.filter(_CONTESTED).order_by()
    counts = dict(rows.values_list("consultation").annotate(Count("pk")))
    found = Consultation.objects.filter(pk__in=counts).select_related("strategy") if counts else ()
    return [(consultation, counts[consultation.pk]) for consultation in found]
