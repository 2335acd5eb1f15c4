"""Elements of an edition: where they stand, what they belong to, which of them are unsure."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from richtschnur.strategy.models import Edition, Element, Passage, Section
from richtschnur.strategy.queries.certainty import LIKELY
from richtschnur.strategy.queries.preview_places import ShownElement
from richtschnur.strategy.states import ElementKind
from richtschnur.ui.words import capfirst

Place = Passage | Section
BELONGS_TO_A_GUIDELINE = (
    ElementKind.GOAL,
    ElementKind.MEASURE,
    ElementKind.RESPONSIBILITY,
    ElementKind.PERIOD,
    ElementKind.INDICATOR,
)


def text_of(place: Place) -> str:
    """The words in which elements are marked: a passage's text, a section's title."""
    return place.text if isinstance(place, Passage) else place.title


def elements_of(place: Place) -> list[Element]:
    """What is marked in a passage, or in the heading of a section, in the order of its words."""
    found = place.elements.select_related("parent")
    if isinstance(place, Section):
        found = found.filter(passage=None)
    return sorted(found, key=lambda one: (one.start, one.position))


def place_mark(place: Place) -> str:
    """By which a form remembers how a place stood when it was shown; one query."""
    rows = [
        [one.pk, one.kind, one.start, one.end, one.parent_id, one.certainty]
        for one in elements_of(place)
    ]
    return hashlib.sha256(json.dumps([text_of(place), rows]).encode()).hexdigest()[:16]


def shown_elements(elements: list[Element]) -> list[ShownElement]:
    """Elements in words, as the forms show them."""
    return [
        ShownElement(
            one.pk,
            one.kind,
            capfirst(str(one.get_kind_display())),
            one.title,
            one.certainty,
            one.parent.title if one.parent else "",
        )
        for one in elements
    ]


def section_after_branch(section: Section) -> int | None:
    """The position of the next section that does not stand below this one, or None."""
    following = section.edition.sections.filter(
        position__gt=section.position, level__lte=section.level
    )
    return following.order_by("position").values_list("position", flat=True).first()


def guidelines_of(edition: Edition) -> list[tuple[int, str]]:
    """What elements may belong to: (number, words) in order."""
    found = edition.elements.filter(kind=ElementKind.GUIDELINE).order_by("position")
    return list(found.values_list("pk", "title"))


def guideline_above(place: Place) -> int | None:
    """The guideline in whose part of the edition a place stands; two queries."""
    own = place.section if isinstance(place, Passage) else place
    marked = place.edition.elements.filter(
        kind=ElementKind.GUIDELINE, passage=None, section__position__lte=own.position
    )
    guidelines = dict(marked.values_list("section__position", "pk"))
    if not guidelines:
        return None
    above = place.edition.sections.filter(position__lte=own.position).order_by("-position")
    level = own.level + 1
    for position, depth in above.values_list("position", "level"):
        if depth < level:
            level = depth
            if position in guidelines:
                return guidelines[position]
    return None


@dataclass(frozen=True)
class UnsurePlace:
    """A passage or heading with elements that nobody has confirmed and that are unsure."""

    identity: str
    is_section: bool
    words: str
    elements: list[ShownElement]


def unsure_places(edition: Edition) -> list[UnsurePlace]:
    """The places to look at, in reading order; one query."""
    found: dict[Place, list[Element]] = {}
    rows = edition.elements.filter(certainty__lt=LIKELY).order_by("position")
    for one in rows.select_related("passage", "section", "parent"):
        found.setdefault(one.passage or one.section, []).append(one)
    return [
        UnsurePlace(
            str(place.identity), isinstance(place, Section), text_of(place), shown_elements(rows)
        )
        for place, rows in found.items()
    ]
