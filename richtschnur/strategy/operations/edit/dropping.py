"""Leaving passages and sections out of an edition, with the reason that the public reads."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import DropReason, Edition, Passage, PassageDraft, Section
from richtschnur.strategy.operations.edit.opening import (
    keep_before,
    keep_version,
    noted,
    opened,
    present,
    present_section,
)
from richtschnur.strategy.operations.edit.places import branch, with_notes
from richtschnur.strategy.states import VersionAct


@transaction.atomic
def drop_passage(
    *, passage: Passage, reason: str, by: Actor, at: datetime, revision: int | None = None
) -> None:
    """Leave a passage and its footnotes out of this edition.

    Comments stay with the edition they speak of. Raises Refused without a reason.
    """
    edition = opened(passage.edition_id, by, revision)
    reason = _reason(reason)
    now = present(passage, edition)
    for one in with_notes(now):
        one.section = now.section
        _drop(edition, one, reason, by, at)
    noted(edition, "strategy.drop_passage", by, at, passage=now.identity)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Please say why this passage is dropped: the public can read it."))
    return reason.strip()


def _drop(edition: Edition, passage: Passage, reason: str, by: Actor, at: datetime) -> None:
    keep_before(passage)
    keep_version(passage, VersionAct.DROPPED, by, at)
    DropReason.objects.update_or_create(
        edition=edition, identity=passage.identity, defaults={"reason": reason}
    )
    PassageDraft.objects.filter(edition=edition, identity=passage.identity, author=by.id).delete()
    passage.delete()


@transaction.atomic
def drop_section(*, section: Section, by: Actor, at: datetime, reason: str = "") -> int:
    """Leave out a section with all that stands under it; how many passages went with it.

    Raises Refused when there are passages and no reason.
    """
    edition = opened(section.edition_id, by)
    section = present_section(section)
    sections = list(edition.sections.order_by("position", "pk"))
    index = next(i for i, one in enumerate(sections) if one.pk == section.pk)
    gone = branch(sections, index)
    passages = list(
        edition.passages.filter(section__in=gone).select_related("section").order_by("position")
    )
    if passages:
        reason = _reason(reason)
    for passage in passages:
        passage.edition = edition
        _drop(edition, passage, reason, by, at)
    Section.objects.filter(pk__in=[one.pk for one in gone]).delete()
    noted(edition, "strategy.drop_section", by, at, section=section.identity, n=len(passages))
    return len(passages)
