"""Where passages and sections stand: positions with gaps, moved by few statements.

Footnotes stand directly behind the passage that refers to them and go where it goes.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Case, F, Max, Min, PositiveIntegerField, QuerySet, Value, When

from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.states import PassageKind

STEP = 10
NOTES = 60  # more footnotes than that has no passage


def with_notes(passage: Passage) -> list[Passage]:
    """A passage and the footnotes behind it."""
    found = [passage]
    if passage.kind == PassageKind.NOTE:
        return found
    behind = passage.edition.passages.filter(
        section_id=passage.section_id, position__gt=passage.position
    )
    for note in behind.order_by("position", "pk")[:NOTES]:
        if note.kind != PassageKind.NOTE:
            break
        note.edition = passage.edition
        found.append(note)
    return found


def room_behind(edition: Edition, position: int, count: int = 1) -> list[int]:
    """`count` free positions directly behind one; what follows moves on where they are full."""
    later = edition.passages.filter(position__gt=position)
    following = later.aggregate(first=Min("position"))["first"]
    if following is not None and following - position <= count:
        later.update(position=F("position") + count + STEP)
    return [position + place for place in range(1, count + 1)]


def place_of_section(edition: Edition, section: Section) -> int:
    """Behind which position a section's first passage stands, or would stand."""
    before = edition.passages.filter(section__position__lt=section.position)
    found: int = before.aggregate(last=Max("position"))["last"] or 0
    return found


def last_in(edition: Edition, section: Section) -> int:
    """The position of a section's last passage; of what is before it, if it has none."""
    found = edition.passages.filter(section=section).aggregate(last=Max("position"))["last"]
    return place_of_section(edition, section) if found is None else int(found)


def following_number(edition: Edition) -> int:
    """The next free number of a passage."""
    return int(edition.passages.aggregate(last=Max("number"))["last"] or 0) + 1


def branch(sections: Sequence[Section], at: int) -> list[Section]:
    """The section at this index of the ordered list, with all that stand under it."""
    root = sections[at]
    found = [root]
    for section in sections[at + 1 :]:
        if section.level <= root.level:
            break
        found.append(section)
    return found


def swap(edition: Edition, first: Sequence[Section], second: Sequence[Section]) -> None:
    """Let two neighbouring runs of sections change places, with their passages."""
    runs = [[section.pk for section in run] for run in (first, second)]
    own = [edition.passages.filter(section_id__in=run) for run in runs]
    passages = [_bounds(found) for found in own]
    _exchange(
        edition.sections.all(),
        (first[0].position, first[-1].position),
        (second[0].position, second[-1].position),
    )
    if passages[0] and passages[1]:
        _exchange(edition.passages.all(), passages[0], passages[1])


def _bounds(passages: QuerySet[Passage]) -> tuple[int, int] | None:
    found = passages.aggregate(first=Min("position"), last=Max("position"))
    return None if found["first"] is None else (found["first"], found["last"])


def _exchange(
    rows: QuerySet[Passage] | QuerySet[Section], first: tuple[int, int], second: tuple[int, int]
) -> None:
    """One statement: the first span of positions goes behind the second one."""
    forward, back = second[1] - first[1], second[0] - first[0]
    rows.filter(position__range=(first[0], second[1])).update(
        position=Case(
            When(position__lte=first[1], then=F("position") + Value(forward)),
            default=F("position") - Value(back),
            output_field=PositiveIntegerField(),
        )
    )
