"""What the staff's pages show: all papers with their editions, doubts with their places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from richtschnur.strategy.models import Edition, Element, Strategy
from richtschnur.strategy.queries.doubts import doubt_message
from richtschnur.strategy.queries.editions import element_tree
from richtschnur.strategy.states import ElementKind


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


def counted_guidelines(edition: Edition) -> QuerySet[Element]:
    """The guidelines in order with `goal_count` and `measure_count`, for a list in pages."""
    below = {
        name: Count("children", filter=Q(children__kind=kind))
        for name, kind in (
            ("goal_count", ElementKind.GOAL),
            ("measure_count", ElementKind.MEASURE),
        )
    }
    found = edition.elements.filter(kind=ElementKind.GUIDELINE).annotate(**below)
    return found.select_related("section", "passage").order_by("position", "pk")


@dataclass(frozen=True)
class PlacedDoubt:
    """A doubt as a sentence, and the number of the passage that it speaks of, if it was found."""

    index: int
    message: str
    is_settled: bool
    passage: int | None = None


def doubts_in_order(edition: Edition) -> list[tuple[int, dict[str, Any]]]:
    """The edition's doubts with their indexes, the open ones first."""
    return sorted(enumerate(edition.doubts), key=lambda one: (bool(one[1].get("settled")), one[0]))


def placed_doubts(
    edition: Edition, doubts: Iterable[tuple[int, dict[str, Any]]]
) -> list[PlacedDoubt]:
    """Some of the edition's doubts with the places that they speak of; one query."""
    excerpts = {index: _excerpt(doubt) for index, doubt in doubts}
    sought = {excerpt for excerpt in excerpts.values() if excerpt}
    places = _places(edition, sought) if sought else {}
    return [
        PlacedDoubt(
            index,
            doubt_message(edition.doubts[index]),
            bool(edition.doubts[index].get("settled")),
            places.get(excerpt),
        )
        for index, excerpt in excerpts.items()
    ]


def _excerpt(doubt: dict[str, Any]) -> str:
    """What is looked for; "" where it is too short to tell a place."""
    excerpt = " ".join(str(doubt.get("excerpt") or "").split())[:60]
    return excerpt if len(excerpt) > 8 else ""


def _places(edition: Edition, sought: set[str]) -> dict[str, int]:
    """For each excerpt the number of the first passage that holds it."""
    any_of = Q()
    for excerpt in sought:
        any_of |= Q(text__contains=excerpt)
    places: dict[str, int] = {}
    held = edition.passages.filter(any_of).order_by("position", "pk")
    for number, text in held.values_list("number", "text"):
        for excerpt in sought:
            if excerpt in text:
                places.setdefault(excerpt, number)
    return places
