"""What the staff's pages show: all papers with their editions, doubts with their places."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, QuerySet

from richtschnur.strategy.models import Edition, Element, Strategy
from richtschnur.strategy.queries.doubts import doubt_message
from richtschnur.strategy.queries.editions import element_tree
from richtschnur.strategy.states import ElementKind

PLACED_DOUBTS = 300


def all_papers() -> QuerySet[Strategy]:
    """Every paper with its editions, the newest first, each with `passage_count`."""
    editions = Edition.objects.annotate(passage_count=Count("passages")).order_by("-number")
    return Strategy.objects.prefetch_related(Prefetch("editions", editions))


@dataclass
class Recognised:
    """A guideline with what was recognised below it."""

    guideline: Element
    goals: list[Element] = field(default_factory=list)
    measures: list[Element] = field(default_factory=list)


def recognised(edition: Edition) -> list[Recognised]:
    """The guidelines of an edition in order; one query."""
    found: dict[int, Recognised] = {}
    for element in element_tree(edition):
        if element.kind == ElementKind.GUIDELINE:
            found[element.pk] = Recognised(element)
        above = found.get(element.parent_id or 0)
        if above and element.kind == ElementKind.GOAL:
            above.goals.append(element)
        if above and element.kind == ElementKind.MEASURE:
            above.measures.append(element)
    return list(found.values())


@dataclass(frozen=True)
class PlacedDoubt:
    """A doubt as a sentence, and the number of the passage that it speaks of, if it was found."""

    index: int
    message: str
    is_settled: bool
    passage: int | None = None


def placed_doubts(edition: Edition) -> list[PlacedDoubt]:
    """The edition's doubts, the open ones first, with the places that they speak of."""
    texts: list[tuple[int, str]] = []
    if edition.doubts:
        texts = list(edition.passages.order_by("position").values_list("number", "text"))
    placed = []
    for index, doubt in enumerate(edition.doubts):
        excerpt = " ".join(str(doubt.get("excerpt") or "").split())[:60]
        number = None
        if len(excerpt) > 8 and index < PLACED_DOUBTS:
            number = next((n for n, text in texts if excerpt in text), None)
        is_settled = bool(doubt.get("settled"))
        placed.append(PlacedDoubt(index, doubt_message(doubt), is_settled, number))
    return sorted(placed, key=lambda doubt: (doubt.is_settled, doubt.index))
