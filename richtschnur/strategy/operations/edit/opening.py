"""What every change of a working edition begins and ends with."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.documents.marks import Mark, stored
from richtschnur.documents.notation import fold, to_notation
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Passage, PassageVersion, Section
from richtschnur.strategy.rules import check_working
from richtschnur.strategy.states import PassageKind, VersionAct


def opened(edition_id: int, by: Actor, revision: int | None = None) -> Edition:
    """The edition, held until the act is over. Raises Refused when it is frozen or stale."""
    require(by, "strategy.edit")
    edition = Edition.objects.select_for_update(of=("self",)).select_related("strategy")
    found = edition.get(pk=edition_id)
    check_working(found, revision)
    return found


def present(passage: Passage, edition: Edition) -> Passage:
    """The passage as it stands now. Raises Refused when it was dropped meanwhile."""
    found = Passage.objects.select_related("section").filter(pk=passage.pk).first()
    if found is None:
        raise Refused(
            _("This passage does not stand in the edition any more; someone dropped it."),
            code="gone",
        )
    found.edition = edition
    return found


def present_section(section: Section) -> Section:
    """The section as it stands now. Raises Refused when it was dropped meanwhile."""
    found = Section.objects.filter(pk=section.pk).first()
    if found is None:
        raise Refused(
            _("This section does not stand in the edition any more; someone dropped it."),
            code="gone",
        )
    return found


def words(text: str, marks: Iterable[Mark] = ()) -> tuple[str, tuple[Mark, ...]]:
    """Text with white space folded, marks moved along. Raises Refused when nothing is left."""
    found, kept = fold(text, marks)
    if not found:
        raise Refused(_("A passage needs text. To remove it, please choose “Drop this passage”."))
    return found, kept


def notation_of(passage: Passage) -> str:
    """A passage's words as an editor shows them; a table's and a picture's stay as they are."""
    if passage.kind in (PassageKind.TABLE, PassageKind.PICTURE):
        return f"{passage.text}\n\n{passage.caption}".strip()
    return to_notation(passage.text, passage.marking)


def check_unchanged(passage: Passage, base: str | None) -> None:
    """Raise Refused("stale") unless the passage still says what the editor began from."""
    if base is not None and _same(base) != _same(notation_of(passage)):
        raise Refused(_("Someone else has changed this passage since you opened it."), code="stale")


def _same(notation: str) -> str:
    return "\n".join(line.strip() for line in notation.strip().splitlines())


def set_words(passage: Passage, text: str, marks: Iterable[Mark]) -> None:
    """Give the passage these words, and its elements their places in them."""
    passage.text, kept = words(text, marks)
    passage.marks = stored(kept)
    passage.save(update_fields=["text", "marks"])
    place_elements(passage)


def place_elements(passage: Passage) -> None:
    """Find each element's words in the new text; where they are gone, a person must look."""
    elements = list(passage.elements.all())
    for element in elements:
        start = passage.text.find(element.title)
        if start < 0:
            start, element.certainty = 0, 0.0
            element.title = passage.text
        element.start, element.end = start, start + len(element.title)
    passage.elements.bulk_update(elements, ["start", "end", "title", "certainty"])


def keep_before(passage: Passage) -> None:
    """Keep what a passage says before its first change; call it before changing anything."""
    versions = PassageVersion.objects.filter(
        edition_id=passage.edition_id, identity=passage.identity
    )
    if not versions.exclude(act=VersionAct.SET_ASIDE).exists():
        _keep(passage, VersionAct.BEFORE, "", passage.edition.created_at)


def keep_version(
    passage: Passage, act: VersionAct, by: Actor, at: datetime, **typed: object
) -> None:
    """Keep what a passage says now, or would say with what was `typed` (text, marks)."""
    _keep(passage, act, by.id, at, **typed)


def _keep(passage: Passage, act: VersionAct, author: str, at: datetime, **typed: object) -> None:
    PassageVersion.objects.create(
        edition_id=passage.edition_id,
        identity=passage.identity,
        act=act,
        section_identity=passage.section.identity,
        position=passage.position,
        number=passage.number,
        author=author,
        at=at,
        **{name: getattr(passage, name) for name in PassageVersion.WORDS} | typed,
    )


def noted(
    edition: Edition, act: str, by: Actor, at: datetime, **what: uuid.UUID | str | int
) -> None:
    """The edition has one more revision, and the journal an entry."""
    edition.revision += 1
    edition.save(update_fields=["revision"])
    data: dict[str, Any] = {
        name: str(value) if isinstance(value, uuid.UUID) else value for name, value in what.items()
    }
    record(
        act=act,
        subject=f"edition:{edition.ref}",
        by=by,
        at=at,
        data=data | {"revision": edition.revision},
    )
