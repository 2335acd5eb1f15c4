"""What waits for a decision on publication, and what was decided; for staff."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment, PublicComment, WithheldComment

HELD, PUBLISHED, WITHHELD = "held", "published", "withheld"
STANDINGS = (HELD, PUBLISHED, WITHHELD)


def comments_to_review(consultation: Consultation, standing: str) -> QuerySet[Comment]:
    """Comments of one standing as they came, with all that the queue shows."""
    rows = Comment.objects.filter(contribution__consultation=consultation).select_related(
        "contribution__sender", "contribution__suspicion", "passage", "public", "withheld"
    )
    if standing == HELD:
        rows = rows.filter(public__isnull=True, withheld__isnull=True)
    elif standing == PUBLISHED:
        rows = rows.filter(public__isnull=False)
    else:
        rows = rows.filter(withheld__isnull=False)
    return rows.order_by("pk")


@dataclass(frozen=True)
class ReviewCounts:
    """How many comments wait, are published, are withheld."""

    held: int
    published: int
    withheld: int


def review_counts(consultation: Consultation) -> ReviewCounts:
    """Three queries; for staff's pages only."""
    everything = Comment.objects.filter(contribution__consultation=consultation).count()
    published = PublicComment.objects.filter(consultation=consultation).count()
    withheld = WithheldComment.objects.filter(consultation=consultation).count()
    return ReviewCounts(everything - published - withheld, published, withheld)
