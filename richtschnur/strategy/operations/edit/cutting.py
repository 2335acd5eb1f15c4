"""One passage becomes two, two become one; whoever reads later is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.documents.marks import Mark, stored, within
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Descent, Passage
from richtschnur.strategy.operations.edit.opening import (
    keep_before,
    keep_version,
    noted,
    opened,
    present,
    set_words,
    words,
)
from richtschnur.strategy.operations.edit.places import (
    following_number,
    room_behind,
    with_notes,
)
from richtschnur.strategy.operations.edit.words import TEXT_KINDS
from richtschnur.strategy.states import VersionAct


@transaction.atomic
def split_passage(
    *, passage: Passage, at_character: int, by: Actor, at: datetime, revision: int | None = None
) -> tuple[Passage, Passage]:
    """Cut a passage in two at a code point; both come from the one."""
    edition = opened(passage.edition_id, by, revision)
    first = present(passage, edition)
    keep_before(first)
    text, marks = first.text, first.marking
    head = within(marks, 0, at_character)
    signs = {mark.value for mark in head if mark.kind == "note"}
    tail = [
        mark
        for mark in within(marks, at_character, len(text))
        if mark.kind != "note" or mark.start > 0 or mark.value not in signs
    ]
    new = _second(first, text[at_character:], tail, signs)
    set_words(first, text[:at_character], head)
    Descent.objects.create(edition=edition, from_identity=first.identity, to_identity=new.identity)
    keep_version(first, VersionAct.SPLIT, by, at)
    keep_version(new, VersionAct.SPLIT, by, at)
    noted(edition, "strategy.split_passage", by, at, passage=first.identity)
    passage.refresh_from_db()
    return first, new


def _second(first: Passage, text: str, marks: list[Mark], signs: set[str]) -> Passage:
    """The second part, behind the first one and those of the footnotes that stay with it."""
    edition = first.edition
    found, kept = words(text, marks)
    behind = first
    for note in with_notes(first)[1:]:
        if note.label not in signs:
            break
        behind = note
    return Passage.objects.create(
        edition=edition,
        section=first.section,
        position=room_behind(edition, behind.position)[0],
        number=following_number(edition),
        kind=first.kind,
        level=first.level,
        language=first.language,
        text=found,
        marks=stored(kept),
    )


@transaction.atomic
def join_passages(*, passage: Passage, by: Actor, at: datetime) -> Passage:
    """Put the words of the passage behind into this one, which stays; the other one is merged.

    Raises Refused when there is none of the same kind behind it in its section.
    """
    edition = opened(passage.edition_id, by)
    first = present(passage, edition)
    second = _following(first)
    for one in (first, second):
        keep_before(one)
    shift = len(first.text) + 1
    more = [Mark(m.start + shift, m.end + shift, m.kind, m.value) for m in second.marking]
    text = f"{first.text} {second.text}"
    second.elements.update(passage=first)
    keep_version(second, VersionAct.DROPPED, by, at)
    set_words(first, text, [*first.marking, *more])
    Descent.objects.get_or_create(
        edition=edition, from_identity=second.identity, to_identity=first.identity
    )
    second.delete()
    keep_version(first, VersionAct.JOINED, by, at)
    noted(edition, "strategy.join_passages", by, at, passage=first.identity, with_=second.identity)
    return first


def _following(first: Passage) -> Passage:
    last = with_notes(first)[-1]
    behind = first.edition.passages.filter(section_id=first.section_id)
    second = behind.filter(position__gt=last.position).order_by("position", "pk").first()
    if second is None or second.kind != first.kind or first.kind not in TEXT_KINDS:
        raise Refused(
            _(
                "Only passages of the same kind that stand one behind the other in a section can"
                " be joined. Please move or change one of them first."
            )
        )
    second.edition, second.section = first.edition, first.section
    return second
