"""Passages and sections change places; they keep their identity."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.operations.edit.opening import noted, opened, present, present_section
from richtschnur.strategy.operations.edit.places import (
    branch,
    last_in,
    place_of_section,
    room_behind,
    swap,
    with_notes,
)
from richtschnur.strategy.states import PassageKind

DEEPEST = 6


@transaction.atomic
def shift_passage(*, passage: Passage, is_down: bool, by: Actor, at: datetime) -> Passage:
    """Move a passage with its footnotes past its neighbour; at the edge of a section, into the
    neighbouring one. Raises Refused when nothing is there."""
    edition = opened(passage.edition_id, by)
    now = present(passage, edition)
    same = edition.passages.filter(section_id=now.section_id).order_by("position", "pk")
    heads = list(same.exclude(kind=PassageKind.NOTE)) if now.kind != PassageKind.NOTE else []
    index = next((i for i, one in enumerate(heads) if one.pk == now.pk), -1)
    neighbour = index + 1 if is_down else index - 1
    if index >= 0 and 0 <= neighbour < len(heads):
        other = heads[neighbour]
        other.edition = edition
        after = with_notes(other)[-1].position if is_down else _before(edition, other)
        _put(edition, now, now.section, after)
    else:
        _over_the_edge(edition, now, is_down=is_down)
    noted(edition, "strategy.move_passage", by, at, passage=now.identity)
    return now


def _before(edition: Edition, passage: Passage) -> int:
    earlier = edition.passages.filter(position__lt=passage.position).order_by("-position").first()
    return earlier.position if earlier else 0


def _over_the_edge(edition: Edition, passage: Passage, *, is_down: bool) -> None:
    sections = edition.sections
    if passage.kind == PassageKind.NOTE:
        raise Refused(_("A footnote goes where the passage goes that refers to it."))
    here = passage.section.position
    if is_down:
        there = sections.filter(position__gt=here).order_by("position").first()
    else:
        there = sections.filter(position__lt=here).order_by("-position").first()
    if there is None:
        raise Refused(_("It is the first or last passage of the paper already."))
    place = place_of_section(edition, there) if is_down else last_in(edition, there)
    if is_down:
        place = max(place, with_notes(passage)[-1].position)
    _put(edition, passage, there, place)


def _put(edition: Edition, passage: Passage, section: Section, after: int) -> None:
    """Place a passage and its footnotes behind a position."""
    moving = with_notes(passage)
    last = moving[-1].position
    if passage.position <= after <= last:
        after = last
    for one, place in zip(moving, room_behind(edition, after, len(moving)), strict=True):
        one.position, one.section = place, section
    Passage.objects.bulk_update(moving, ["position", "section"])
    edition.elements.filter(passage__in=moving).update(section=section)


@transaction.atomic
def move_passage(
    *,
    passage: Passage,
    by: Actor,
    at: datetime,
    into: Section | None = None,
    behind: Passage | None = None,
    is_first: bool = False,
) -> Passage:
    """Move a passage with its footnotes to the end (or beginning) of a section, or behind one."""
    edition = opened(passage.edition_id, by)
    now = present(passage, edition)
    if now.kind == PassageKind.NOTE:
        raise Refused(_("A footnote goes where the passage goes that refers to it."))
    if behind is not None and behind.pk != now.pk:
        target = present(behind, edition)
        _put(edition, now, target.section, with_notes(target)[-1].position)
    elif into is not None:
        there = present_section(into)
        first, last = place_of_section(edition, there), last_in(edition, there)
        _put(edition, now, there, first if is_first else last)
    noted(edition, "strategy.move_passage", by, at, passage=now.identity)
    return now


@transaction.atomic
def shift_section(*, section: Section, is_down: bool, by: Actor, at: datetime) -> Section:
    """Move a section with all under it past its neighbour of the same level.

    Raises Refused when there is none under the same heading.
    """
    edition, sections, index = _found(section, by)
    own = branch(sections, index)
    if is_down:
        following = index + len(own)
        if following >= len(sections) or sections[following].level != sections[index].level:
            raise Refused(_("It is the last section of its level here already."))
        swap(edition, own, branch(sections, following))
    else:
        before = _sibling_before(sections, index)
        if before is None:
            raise Refused(_("It is the first section of its level here already."))
        swap(edition, branch(sections, before), own)
    noted(edition, "strategy.move_section", by, at, section=section.identity)
    return sections[index]


def _found(section: Section, by: Actor) -> tuple[Edition, list[Section], int]:
    edition = opened(section.edition_id, by)
    present_section(section)
    sections = list(edition.sections.order_by("position", "pk"))
    return edition, sections, next(i for i, one in enumerate(sections) if one.pk == section.pk)


def _sibling_before(sections: list[Section], index: int) -> int | None:
    level = sections[index].level
    for place in range(index - 1, -1, -1):
        if sections[place].level == level:
            return place
        if sections[place].level < level:
            return None
    return None


@transaction.atomic
def indent_section(*, section: Section, is_deeper: bool, by: Actor, at: datetime) -> Section:
    """Put a section with all under it one level deeper or higher.

    Raises Refused where the outline would have a gap, or beyond six levels.
    """
    edition, sections, index = _found(section, by)
    own = branch(sections, index)
    step = 1 if is_deeper else -1
    deepest = max(one.level for one in own) + step
    if is_deeper and (index == 0 or sections[index - 1].level < sections[index].level):
        raise Refused(_("A section goes deeper only under one that stands before it."))
    if sections[index].level + step < 1 or deepest > DEEPEST:
        raise Refused(_("An outline has six levels at most, and this one is at the edge."))
    for one in own:
        one.level += step
    Section.objects.bulk_update(own, ["level"])
    noted(edition, "strategy.move_section", by, at, section=section.identity)
    return own[0]


@transaction.atomic
def move_section(*, section: Section, before: Section | None, by: Actor, at: datetime) -> Section:
    """Move a section with all under it in front of another one, taking its level; None: to the
    end. Raises Refused when that one stands within it."""
    edition, sections, index = _found(section, by)
    own = branch(sections, index)
    if before is not None and before.pk in {one.pk for one in own}:
        raise Refused(_("A section can't be moved into itself."))
    target = len(sections)
    if before is not None:
        target = next(i for i, one in enumerate(sections) if one.pk == before.pk)
    if target > index + len(own):
        swap(edition, own, sections[index + len(own) : target])
    elif target < index:
        swap(edition, sections[target:index], own)
    level = min(sections[target].level if before is not None else 1, DEEPEST)
    change = min(level - own[0].level, DEEPEST - max(one.level for one in own))
    if change:
        for one in own:
            one.refresh_from_db(fields=["position"])
            one.level = max(1, one.level + change)
        Section.objects.bulk_update(own, ["level"])
    noted(edition, "strategy.move_section", by, at, section=section.identity)
    return own[0]
