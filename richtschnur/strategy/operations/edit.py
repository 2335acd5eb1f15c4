"""Changing the passages of a working edition."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Descent, DropReason, Edition, Passage
from richtschnur.strategy.rules import check_working

POSITION_STEP = 10


@transaction.atomic
def change_passage(
    *, passage: Passage, text: str, by: Actor, at: datetime, revision: int | None = None
) -> Passage:
    """Give a passage new words; it stays the same passage.

    Raises Refused when the edition is frozen or stale, or when no text is left.
    """
    edition = _open(passage.edition_id, by, revision)
    passage.text = _words(text)
    passage.save(update_fields=["text"])
    _place_elements(passage)
    _note(edition, "strategy.change_passage", passage, by, at)
    return passage


@transaction.atomic
def add_passage(
    *, after: Passage, text: str, by: Actor, at: datetime, revision: int | None = None
) -> Passage:
    """Add a passage behind another one, of the same kind and section."""
    edition = _open(after.edition_id, by, revision)
    passage = _behind(after, _words(text))
    _note(edition, "strategy.add_passage", passage, by, at)
    return passage


@transaction.atomic
def split_passage(
    *, passage: Passage, at_character: int, by: Actor, at: datetime, revision: int | None = None
) -> tuple[Passage, Passage]:
    """Cut a passage in two at a code point; both come from the one."""
    edition = _open(passage.edition_id, by, revision)
    first, second = passage.text[:at_character].strip(), passage.text[at_character:].strip()
    new = _behind(passage, _words(second))
    passage.text = _words(first)
    passage.save(update_fields=["text"])
    Descent.objects.create(
        edition=edition, from_identity=passage.identity, to_identity=new.identity
    )
    _place_elements(passage)
    _note(edition, "strategy.split_passage", passage, by, at)
    return passage, new


@transaction.atomic
def drop_passage(
    *, passage: Passage, reason: str, by: Actor, at: datetime, revision: int | None = None
) -> None:
    """Leave a passage out of this edition; comments stay with the edition they speak of."""
    edition = _open(passage.edition_id, by, revision)
    if not reason.strip():
        raise Refused(_("Please say why this passage is dropped: the public can read it."))
    DropReason.objects.update_or_create(
        edition=edition, identity=passage.identity, defaults={"reason": reason.strip()}
    )
    _note(edition, "strategy.drop_passage", passage, by, at)
    passage.delete()


def _open(edition_id: int, by: Actor, revision: int | None) -> Edition:
    require(by, "strategy.edit")
    edition = Edition.objects.select_for_update().select_related("strategy").get(pk=edition_id)
    check_working(edition, revision)
    return edition


def _words(text: str) -> str:
    words = "\n".join(" ".join(line.split()) for line in text.strip().splitlines())
    if not words:
        raise Refused(_("A passage needs text. To remove it, please choose “Drop this passage”."))
    return words


def _behind(after: Passage, text: str) -> Passage:
    """A new passage directly behind another; positions leave gaps and are respread when full."""
    siblings = Passage.objects.filter(edition_id=after.edition_id)
    following = siblings.filter(position__gt=after.position).order_by("position").first()
    if following and following.position - after.position < 2:
        siblings.filter(position__gt=after.position).update(position=F("position") + POSITION_STEP)
    last = siblings.aggregate(last=Max("number"))["last"] or 0
    return Passage.objects.create(
        edition_id=after.edition_id,
        section_id=after.section_id,
        identity=uuid.uuid4(),
        position=after.position + 1,
        number=last + 1,
        kind=after.kind,
        level=after.level,
        text=text,
    )


def _place_elements(passage: Passage) -> None:
    """Find each element's words in the new text; where they are gone, a person must look."""
    elements = list(passage.elements.all())
    for element in elements:
        start = passage.text.find(element.title)
        if start < 0:
            start, element.certainty = 0, 0.0
            element.title = passage.text
        element.start, element.end = start, start + len(element.title)
    passage.elements.bulk_update(elements, ["start", "end", "title", "certainty"])


def _note(edition: Edition, act: str, passage: Passage, by: Actor, at: datetime) -> None:
    edition.revision += 1
    edition.save(update_fields=["revision"])
    record(
        act=act,
        subject=f"edition:{edition.ref}",
        by=by,
        at=at,
        data={"passage": str(passage.identity), "revision": edition.revision},
    )
