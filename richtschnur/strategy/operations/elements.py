"""What the words of a working edition mean: guideline, goal, measure … said by a person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Element, Passage, Section
from richtschnur.strategy.queries.certainty import CONFIRMED
from richtschnur.strategy.queries.elements import (
    BELONGS_TO_A_GUIDELINE,
    Place,
    elements_of,
    place_mark,
    section_after_branch,
    text_of,
)
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.states import ElementKind


@transaction.atomic
def mark_element(
    *,
    place: Place,
    kind: str,
    spans: Sequence[tuple[int, int]],
    by: Actor,
    at: datetime,
    parent: Element | None = None,
    read: str = "",
) -> list[Element]:
    """Mark spans of a passage or heading (code points, end exclusive), each as an element.

    Elements of the same kind on these words give way; a guideline takes in what stands below its
    heading and belonged to nothing. Raises Refused when the edition is frozen, the place is not
    as it was `read`, or there are no such words.
    """
    edition = _opened(place, by, read)
    text = text_of(place)
    if not spans or not all(0 <= start < end <= len(text) for start, end in spans):
        raise Refused(
            _("These words do not stand in this place. Please choose or copy them exactly.")
        )
    _check_parent(edition, None, parent)
    spans = sorted(set(spans))
    replaced = [one for one in elements_of(place) if one.kind == kind and _touches(one, spans)]
    first = _room(edition, place, spans[0][0], len(spans))
    made = [
        Element(
            edition=edition,
            kind=ElementKind(kind),
            title=text[start:end],
            section_id=place.section_id if isinstance(place, Passage) else place.pk,
            passage=place if isinstance(place, Passage) else None,
            start=start,
            end=end,
            parent=None if parent in replaced else parent,
            certainty=CONFIRMED,
            position=first + index,
        )
        for index, (start, end) in enumerate(spans)
    ]
    Element.objects.bulk_create(made)
    gone = [one.pk for one in replaced]
    edition.elements.filter(parent__in=gone).update(parent=made[0])
    edition.elements.filter(pk__in=gone).delete()
    if kind == ElementKind.GUIDELINE and isinstance(place, Section):
        _take_in(edition, place, made[0])
    _note("strategy.mark_element", edition, by, at, kind=kind, count=len(made))
    return made


@transaction.atomic
def unmark_element(*, element: Element, by: Actor, at: datetime, read: str = "") -> None:
    """These words mean nothing particular; what belonged to them goes to what is above."""
    edition = _opened(_place(element), by, read)
    element = _present(edition, element)
    element.children.update(parent=element.parent_id)
    kind = element.kind
    element.delete()
    _note("strategy.unmark_element", edition, by, at, kind=kind)


@transaction.atomic
def change_element(
    *,
    element: Element,
    kind: str,
    parent: Element | None,
    by: Actor,
    at: datetime,
    read: str = "",
) -> Element:
    """Say what an element is and what it belongs to; it is confirmed with that."""
    edition = _opened(_place(element), by, read)
    element = _present(edition, element)
    _check_parent(edition, element, parent)
    former = element.kind
    element.kind, element.parent = ElementKind(kind), parent
    element.certainty = CONFIRMED
    element.save(update_fields=["kind", "parent", "certainty"])
    _note("strategy.change_element", edition, by, at, former=former, kind=kind)
    return element


@transaction.atomic
def confirm_element(*, element: Element, by: Actor, at: datetime, read: str = "") -> Element:
    """This is right."""
    edition = _opened(_place(element), by, read)
    element = _present(edition, element)
    element.certainty = CONFIRMED
    element.save(update_fields=["certainty"])
    _note("strategy.confirm_element", edition, by, at, kind=element.kind)
    return element


@transaction.atomic
def confirm_place(*, place: Place, by: Actor, at: datetime, read: str = "") -> int:
    """All that is marked in this passage or heading is right; says how many were unconfirmed."""
    edition = _opened(place, by, read)
    pks = [one.pk for one in elements_of(place) if one.certainty < CONFIRMED]
    edition.elements.filter(pk__in=pks).update(certainty=CONFIRMED)
    _note("strategy.confirm_element", edition, by, at, count=len(pks))
    return len(pks)


def _place(element: Element) -> Place:
    return element.passage or element.section


def _opened(place: Place, by: Actor, read: str) -> Edition:
    require(by, "strategy.edit")
    rows = Edition.objects.select_for_update(of=("self",)).select_related("strategy")
    edition = rows.get(pk=place.edition_id)
    check_working(edition)
    present = type(place).objects.filter(pk=place.pk).first()
    if present is None:
        raise Refused(_("This place does not stand in the edition any more."), code="gone")
    if read and read != place_mark(present):
        raise Refused(
            _("Someone else has changed this place meanwhile. Below is how it stands now."),
            code="stale",
        )
    return edition


def _present(edition: Edition, element: Element) -> Element:
    found = edition.elements.filter(pk=element.pk).first()
    if found is None:
        raise Refused(_("This element is gone; perhaps someone took it away."), code="stale")
    return found


def _check_parent(edition: Edition, element: Element | None, parent: Element | None) -> None:
    """Raise Refused when the parent is another edition's or stands below the element."""
    if parent is None:
        return
    parents = dict(edition.elements.values_list("pk", "parent_id"))
    above: int | None = parent.pk
    seen: set[int] = set()
    while above is not None and above not in seen:
        if above not in parents or (element is not None and above == element.pk):
            raise Refused(_("An element can't belong to itself or to what stands below it."))
        seen.add(above)
        above = parents[above]


def _touches(one: Element, spans: Sequence[tuple[int, int]]) -> bool:
    return any(one.start < end and start < one.end for start, end in spans)


def _room(edition: Edition, place: Place, start: int, count: int) -> int:
    """The first of `count` free positions where an element beginning there belongs."""
    if isinstance(place, Passage):
        here = (place.section.position, place.position, start)
    else:
        here = (place.position, -1, start)
    rows = edition.elements.values_list(
        "position", "section__position", "passage__position", "start"
    )
    before = [
        position
        for position, section, passage, begin in rows
        if (section, -1 if passage is None else passage, begin) <= here
    ]
    first = max(before, default=-1) + 1
    edition.elements.filter(position__gte=first).update(position=F("position") + count)
    return first


def _take_in(edition: Edition, section: Section, guideline: Element) -> None:
    end = section_after_branch(section)
    below = edition.elements.filter(
        parent=None, kind__in=BELONGS_TO_A_GUIDELINE, section__position__gte=section.position
    )
    if end is not None:
        below = below.filter(section__position__lt=end)
    below.exclude(pk=guideline.pk).update(parent=guideline)


def _note(act: str, edition: Edition, by: Actor, at: datetime, **data: object) -> None:
    record(act=act, subject=f"edition:{edition.ref}", by=by, at=at, data=data)
