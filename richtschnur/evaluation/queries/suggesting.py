"""What a machine suggests, as the desk shows it; and the topics with what stands for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import pgettext

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import (
    Point,
    Quotation,
    Topic,
    TopicOrder,
    TopicSuggestion,
    TopicWords,
)
from richtschnur.evaluation.queries.summaries import SummaryShown, summaries_of
from richtschnur.evaluation.states import ENDED, Suggested

LIKELY, PERHAPS = 0.7, 0.4
SHOWN = 3
LEAST = 0.05  # a first one is always shown, however unsure; further ones from here on


@dataclass(frozen=True)
class Offered:
    """A suggestion that was not taken over yet."""

    suggestion: TopicSuggestion
    is_first: bool

    @property
    def words(self) -> str:
        """How sure it is, in words."""
        if self.suggestion.certainty >= LIKELY:
            return pgettext("how sure a machine is", "likely")
        if self.suggestion.certainty >= PERHAPS:
            return pgettext("how sure a machine is", "perhaps")
        return pgettext("how sure a machine is", "a guess")


@dataclass(frozen=True)
class TopicStanding:
    """A topic with its points in this consultation, those left, and the words that stand for it."""

    topic: Topic
    points: int
    left: int
    quotations: list[Point]
    words: list[str]
    summary: SummaryShown | None


def offered_for(points: Iterable[Point]) -> dict[int, dict[str, list[Offered]]]:
    """For each point the topics and places that it doesn't have yet. One query.

    A place is offered while none is known.
    """
    held = {point.pk: point for point in points}
    links = Point.topics.through.objects.filter(
        point=OuterRef("point"), topic__name=OuterRef("name")
    )
    rows = TopicSuggestion.objects.filter(~Exists(links), point__in=held)
    found: dict[int, dict[str, list[Offered]]] = defaultdict(lambda: defaultdict(list))
    for each in rows.order_by("point", "-kind", "rank"):
        point = held[each.point_id]
        is_known = each.kind == Suggested.PLACE and (
            point.section_id is not None or point.comment.passage_id is not None
        )
        is_sure = each.rank == 1 or each.certainty >= LEAST
        if is_sure and not is_known:
            found[each.point_id][each.kind].append(Offered(each, each.rank == 1))
    return {pk: {kind: own[:SHOWN] for kind, own in kinds.items()} for pk, kinds in found.items()}


def order_of(consultation: Consultation) -> TopicOrder | None:
    """How far the machine's sorting is."""
    return TopicOrder.objects.filter(consultation=consultation).first()


def topic_standings(consultation: Consultation, points: QuerySet[Point]) -> list[TopicStanding]:
    """The paper's topics, with counts among these points. Six queries."""
    counted = points.order_by().filter(topics__isnull=False).values_list("topics")
    left = Count("pk", filter=~Q(state__in=ENDED))
    counts = {pk: (n, m) for pk, n, m in counted.annotate(all=Count("pk"), left=left)}
    quoted: dict[int, list[Point]] = defaultdict(list)
    rows = Quotation.objects.filter(point__in=points).select_related("point__comment__contribution")
    for row in rows.order_by("topic", "rank"):
        if row.point.text:
            quoted[row.topic_id].append(row.point)
    told = TopicWords.objects.filter(consultation=consultation)
    words = dict(told.values_list("topic", "words"))
    summed_up = summaries_of(consultation, points)
    return [
        TopicStanding(
            topic,
            *counts.get(topic.pk, (0, 0)),
            quotations=quoted[topic.pk],
            words=words.get(topic.pk, []),
            summary=summed_up.get(topic.pk),
        )
        for topic in Topic.objects.filter(strategy=consultation.strategy_id)
    ]


def without_topic(points: QuerySet[Point]) -> int:
    """How many of these points have no topic yet."""
    return points.filter(topics__isnull=True).count()
