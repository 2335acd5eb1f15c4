"""What machines summed up, with ways to the points that each sentence rests on."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point, Summary


@dataclass(frozen=True)
class Cites:
    """A contribution that a sentence rests on."""

    number: str
    point: int


@dataclass(frozen=True)
class SummaryShown:
    """A wish and the sentences whose points can all be looked up."""

    summary: Summary
    sentences: list[tuple[str, list[Cites]]]


def summaries_of(consultation: Consultation, points: QuerySet[Point]) -> dict[int, SummaryShown]:
    """By topic, what was summed up or is waited for. Two queries."""
    rows = list(Summary.objects.filter(consultation=consultation))
    cited = {pk for row in rows for each in row.sentences for _number, pk in each["cites"]}
    there = set(points.order_by().filter(pk__in=cited).values_list("pk", flat=True))
    return {
        row.topic_id: SummaryShown(
            row,
            [
                (each["text"], [Cites(number, pk) for number, pk in each["cites"]])
                for each in row.sentences
                if all(pk in there for _number, pk in each["cites"])
            ],
        )
        for row in rows
    }
