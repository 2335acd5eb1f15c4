"""Corrections of meaning: what a guideline, a goal, a measure is, and what belongs to what.

Each takes a draft and changes it in place; what a person says is certain. Raises Impossible.
"""

from __future__ import annotations

from collections.abc import Sequence

from richtschnur.documents.structure.correcting import Impossible, branch, place_of, section_of
from richtschnur.documents.structure.draft import (
    SAID_BY_A_PERSON,
    Draft,
    DraftElement,
    Place,
)
from richtschnur.documents.structure.outline import ElementKind

BELONGS_TO_A_GUIDELINE: frozenset[ElementKind] = frozenset(
    ("goal", "measure", "responsibility", "period", "indicator")
)


def element_of(draft: Draft, key: int) -> tuple[Place, DraftElement]:
    """The element with this key and the place in which it stands."""
    for place in draft.places():
        for element in place.elements:
            if element.key == key:
                return place, element
    raise Impossible("gone")


def mark(
    draft: Draft,
    key: int,
    kind: ElementKind,
    spans: Sequence[tuple[int, int]],
    *,
    parent: int | None = None,
) -> list[int]:
    """Mark spans of a place, each as one element of its own; returns their keys.

    Elements of the same kind on these words give way. A guideline takes in what stands below its
    heading and belonged to nothing.
    """
    place = place_of(draft, key)
    if not spans or not all(0 <= start < end <= len(place.text) for start, end in spans):
        raise Impossible("words")
    if parent is not None:
        element_of(draft, parent)
    replaced = [one for one in place.elements if one.kind == kind and _touches(one, spans)]
    made = [
        DraftElement(draft.new_key(), kind, start, end, SAID_BY_A_PERSON, parent)
        for start, end in sorted(set(spans))
    ]
    place.elements = [one for one in place.elements if one not in replaced] + made
    for one in draft.elements():
        if one.parent in {former.key for former in replaced}:
            one.parent = made[0].key
    if made[0].parent == made[0].key or _circle(draft, made[0]):
        raise Impossible("parent")
    if kind == "guideline":
        _take_in(draft, place, made[0].key)
    return [one.key for one in made]


def _touches(one: DraftElement, spans: Sequence[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in spans)


def _take_in(draft: Draft, place: Place, guideline: int) -> None:
    at, number = section_of(draft, place.key)
    if number is not None:
        return
    known = {one.key for one in draft.elements()}
    for index in branch(draft, at):
        section = draft.sections[index]
        below: list[Place] = [section, *section.passages]
        for one in (element for where in below for element in where.elements):
            is_free = one.parent is None or one.parent not in known
            if is_free and one.kind in BELONGS_TO_A_GUIDELINE:
                one.parent = guideline


def guideline_above(draft: Draft, key: int) -> int | None:
    """The guideline in whose part of the paper a place stands."""
    at, _number = section_of(draft, key)
    level = draft.sections[at].level + 1
    for section in reversed(draft.sections[: at + 1]):
        if section.level >= level:
            continue
        level = section.level
        for one in section.elements:
            if one.kind == "guideline":
                return one.key
    return None


def unmark(draft: Draft, key: int) -> None:
    """These words mean nothing particular; what belonged to them belongs to what is above."""
    place, element = element_of(draft, key)
    place.elements.remove(element)
    for one in draft.elements():
        if one.parent == key:
            one.parent = element.parent


def change(draft: Draft, key: int, kind: ElementKind, parent: int | None) -> None:
    """Say what an element is and what it belongs to."""
    _place, element = element_of(draft, key)
    if parent is not None:
        element_of(draft, parent)
    before = element.parent
    element.parent = parent
    if _circle(draft, element):
        element.parent = before
        raise Impossible("parent")
    element.kind, element.certainty = kind, SAID_BY_A_PERSON


def _circle(draft: Draft, element: DraftElement) -> bool:
    parents = {one.key: one.parent for one in draft.elements()}
    above, steps = element.parent, 0
    while above is not None and steps <= len(parents):
        if above == element.key:
            return True
        above, steps = parents.get(above), steps + 1
    return steps > len(parents)


def confirm(draft: Draft, key: int) -> None:
    """This is right."""
    _place, element = element_of(draft, key)
    element.certainty = SAID_BY_A_PERSON


def confirm_place(draft: Draft, key: int) -> None:
    """All that was recognised at this place is right, and its doubts are settled."""
    for one in place_of(draft, key).elements:
        one.certainty = SAID_BY_A_PERSON
    for doubt in draft.doubts:
        if doubt.at == key:
            doubt.settled = True
