"""Which boilerplates are at hand for a point, and their words, filled from it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.db.models import F, QuerySet

from richtschnur.evaluation.models import Boilerplate, Point
from richtschnur.evaluation.rules import PAPER, PASSAGE, PLACEHOLDER, SECTION, TOPIC
from richtschnur.strategy.models import Strategy


def boilerplates_of(strategy: Strategy) -> QuerySet[Boilerplate]:
    """All of a paper, by name; the retired ones last."""
    rows = Boilerplate.objects.filter(strategy=strategy).select_related("topic")
    return rows.order_by(F("retired_at").asc(nulls_first=True), "name")


def fill(text: str, point: Point, *, section: str) -> str:
    """The text with everything filled that this point tells; what it doesn't tell stays.

    `section` is the path of the section that the point's passage stands in, or "".
    """
    known = dict(_known(point, section))

    def value(found: re.Match[str]) -> str:
        return known.get(found[1].strip()) or found[0]

    return PLACEHOLDER.sub(value, text)


def _known(point: Point, section: str) -> Iterator[tuple[str, str]]:
    passage = point.comment.passage
    if passage is not None:
        yield PASSAGE, f"Absatz {passage.number}"
        yield SECTION, section
    yield PAPER, str(point.comment.contribution.consultation.strategy)
    yield TOPIC, ", ".join(topic.name for topic in point.topics.all())
