"""A section's heading, and new sections."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Section
from richtschnur.strategy.operations.edit.moving import DEEPEST
from richtschnur.strategy.operations.edit.opening import noted, opened, present_section
from richtschnur.strategy.operations.edit.places import branch


@transaction.atomic
def change_section(
    *,
    section: Section,
    title: str,
    number: str,
    by: Actor,
    at: datetime,
    base: str | None = None,
) -> Section:
    """Give a section another heading or number; `base` is the heading that the editor read.

    Raises Refused when the title is empty, or somebody else has changed it (code "stale").
    """
    edition = opened(section.edition_id, by)
    now = present_section(section)
    if base is not None and base != str(now):
        raise Refused(_("Someone else has changed this heading since you opened it."), code="stale")
    now.title, now.number = _title(title), " ".join(number.split())[:20]
    now.save(update_fields=["title", "number"])
    _place_elements(now)
    noted(edition, "strategy.change_section", by, at, section=now.identity)
    return now


def _title(title: str) -> str:
    found = " ".join(title.split())
    if not found:
        raise Refused(_("A section needs a title. To remove it, please choose “Drop”."))
    return found


def _place_elements(section: Section) -> None:
    """What the heading itself means keeps meaning it, in its new words."""
    elements = list(section.elements.filter(passage=None))
    for element in elements:
        start = section.title.find(element.title)
        if start < 0:
            start, element.title = 0, section.title
        element.start, element.end = start, start + len(element.title)
    section.elements.bulk_update(elements, ["start", "end", "title"])


@transaction.atomic
def add_section(
    *,
    edition: Edition,
    title: str,
    by: Actor,
    at: datetime,
    number: str = "",
    after: Section | None = None,
    is_inside: bool = False,
) -> Section:
    """Add a section behind another one and all under it, or as the last one inside it."""
    edition = opened(edition.pk, by)
    sections = list(edition.sections.order_by("position", "pk"))
    position, level = (sections[-1].position + 1 if sections else 0), 1
    if after is not None:
        after = present_section(after)
        index = next(i for i, one in enumerate(sections) if one.pk == after.pk)
        position = branch(sections, index)[-1].position + 1
        level = after.level + (1 if is_inside else 0)
    edition.sections.filter(position__gte=position).update(position=F("position") + 1)
    section = Section.objects.create(
        edition=edition,
        position=position,
        level=min(level, DEEPEST),
        number=" ".join(number.split())[:20],
        title=_title(title),
    )
    noted(edition, "strategy.add_section", by, at, section=section.identity)
    return section
