"""What the machine proposes as alike, with the words that make it so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Max, OuterRef, QuerySet, Subquery

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Likeness, LikePoint, Point
from richtschnur.journal.models import JournalEntry

SAMPLES = 3
ASKED = 30  # members whose words are compared with a sample's
POINTS_A_SECOND = 100
Part = tuple[str, bool]


@dataclass(frozen=True)
class Sample:
    """A point of a proposal; `parts` are its words in order, True for what others say, too."""

    point: Point
    parts: list[Part]


@dataclass(frozen=True)
class Proposal:
    """Points that are alike, the first few in full."""

    likeness: Likeness
    samples: list[Sample]

    @property
    def more(self) -> int:
        return max(0, self.likeness.size - len(self.samples))


def open_likenesses(consultation: Consultation) -> QuerySet[Likeness]:
    """Proposals on which nobody has decided, the largest first."""
    return Likeness.objects.filter(consultation=consultation, verdict="")


def proposals(likenesses: list[Likeness]) -> list[Proposal]:
    """Each with its first points and the words that they share. One query each."""
    return [_proposal(likeness) for likeness in likenesses]


def compared_at(consultation: Consultation) -> datetime | None:
    """When the points were compared last."""
    entries = JournalEntry.objects.filter(
        subject=f"consultation:{consultation.slug}",
        act__in=("evaluation.find_alike", "evaluation.evaluate_points"),
    )
    found: datetime | None = entries.aggregate(at=Max("at"))["at"]
    return found


def to_compare(at: datetime) -> list[Consultation]:
    """Consultations with points that came since they were compared last.

    Many points rest between two comparisons: a second for each hundred.
    """
    points = Point.objects.filter(consultation=OuterRef("pk"))
    newest = points.order_by("-created_at").values("created_at")[:1]
    rows = Consultation.objects.annotate(newest=Subquery(newest)).filter(newest__isnull=False)
    return [row for row in rows if _is_due(row, row.newest, at)]


def _is_due(consultation: Consultation, newest: datetime, at: datetime) -> bool:
    last = compared_at(consultation)
    if last is None or last > newest:
        return last is None
    points = Point.objects.filter(consultation=consultation)
    return at - last >= timedelta(seconds=points.count() / POINTS_A_SECOND)


def _proposal(likeness: Likeness) -> Proposal:
    from richtschnur.analysis.alike.wording import shared_words  # numpy: only where it is needed

    members = LikePoint.objects.filter(likeness=likeness).select_related(
        "point__comment__contribution__sender", "point__comment__passage"
    )
    points = [member.point for member in members.order_by("pk")[:ASKED]]
    samples = []
    for point in points[:SAMPLES]:
        others = [each.text for each in points if each.pk != point.pk]
        samples.append(Sample(point, _parts(point.text, shared_words(point.text, others))))
    return Proposal(likeness, samples)


def _parts(text: str, shared: list[tuple[int, int]]) -> list[Part]:
    parts: list[Part] = []
    at = 0
    for start, end in shared:
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    parts.append((text[at:], False))
    return [part for part in parts if part[0]]
