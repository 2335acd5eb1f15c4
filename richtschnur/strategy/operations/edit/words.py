"""New words for a passage, a new passage, another kind, former words again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.documents.marks import Mark, stored
from richtschnur.documents.merging import carried_marks
from richtschnur.documents.notation import tidy
from richtschnur.files.models import StoredFile
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import (
    Descent,
    DropReason,
    Edition,
    Passage,
    PassageDraft,
    PassageVersion,
    Section,
)
from richtschnur.strategy.operations.edit.opening import (
    check_unchanged,
    keep_before,
    keep_version,
    noted,
    opened,
    place_elements,
    present,
    set_words,
    words,
)
from richtschnur.strategy.operations.edit.places import (
    following_number,
    last_in,
    place_of_section,
    room_behind,
    with_notes,
)
from richtschnur.strategy.states import PassageKind, VersionAct
from richtschnur.ui.languages import LANGUAGES, language_of

TEXT_KINDS = (PassageKind.PARAGRAPH, PassageKind.ITEM, PassageKind.QUOTE)
DEEPEST_ITEM = 6


@transaction.atomic
def change_passage(
    *,
    passage: Passage,
    text: str,
    by: Actor,
    at: datetime,
    marks: Iterable[Mark] | None = None,
    caption: str | None = None,
    picture: StoredFile | None = None,
    revision: int | None = None,
    base: str | None = None,
) -> Passage:
    """Give a passage new words; it stays the same passage.

    Without `marks` the present ones follow their words. `base` is what the editor began from, in
    its notation. Raises Refused when the edition is frozen or stale, when the passage says
    something else than `base` (code "stale"), or when no text is left.
    """
    edition = opened(passage.edition_id, by, revision)
    now = present(passage, edition)
    check_unchanged(now, base)
    marks = carried_marks(now.text, now.marking, text) if marks is None else list(marks)
    if _says_so_already(now, text, marks, caption, picture):
        _drop_draft(now, by)
        return now
    keep_before(now)
    if now.kind == PassageKind.TABLE:
        now.text = text
        now.save(update_fields=["text"])
        place_elements(now)
    else:
        set_words(now, text, marks)
    if caption is not None:
        now.caption = " ".join(caption.split())
    now.picture = picture or now.picture
    now.save(update_fields=["caption", "picture"])
    keep_version(now, VersionAct.CHANGED, by, at)
    _drop_draft(now, by)
    noted(edition, "strategy.change_passage", by, at, passage=now.identity)
    passage.refresh_from_db()
    return now


def _says_so_already(
    now: Passage, text: str, marks: Sequence[Mark], caption: str | None, picture: StoredFile | None
) -> bool:
    """Nothing of it would be new: then there is no act to be told in the history."""
    same_text, same_marks = (text, ()) if now.kind == PassageKind.TABLE else words(text, marks)
    same_caption = caption is None or " ".join(caption.split()) == now.caption
    same_words = same_text == now.text and stored(same_marks) == now.marks
    return same_words and same_caption and picture in (None, now.picture)


def _drop_draft(now: Passage, by: Actor) -> None:
    own = PassageDraft.objects.filter(edition_id=now.edition_id, identity=now.identity)
    own.filter(author=by.id).delete()


@dataclass(frozen=True)
class NewPassage:
    """What a new passage is: by default of the kind and level of the one it stands behind."""

    text: str
    marks: tuple[Mark, ...] = ()
    kind: str = ""
    level: int | None = None
    label: str = ""
    caption: str = ""
    picture: StoredFile | None = None


@transaction.atomic
def add_passage(
    *,
    by: Actor,
    at: datetime,
    after: Passage | None = None,
    into: Section | None = None,
    text: str = "",
    new: NewPassage | None = None,
    revision: int | None = None,
) -> Passage:
    """Add a passage behind another one (and its footnotes), or as the last one of a section."""
    there = after.edition_id if after else into.edition_id if into else 0
    edition = opened(there, by, revision)
    new = new or NewPassage(text)
    if after is not None:
        after = present(after, edition)
        section, place = after.section, with_notes(after)[-1].position
    else:
        assert into is not None
        section, place = into, last_in(edition, into)
    passage = _made(edition, section, room_behind(edition, place)[0], new, after)
    keep_version(passage, VersionAct.ADDED, by, at)
    noted(edition, "strategy.add_passage", by, at, passage=passage.identity)
    return passage


def _made(
    edition: Edition, section: Section, position: int, new: NewPassage, like: Passage | None
) -> Passage:
    kind = new.kind or (like.kind if like and like.kind in TEXT_KINDS else PassageKind.PARAGRAPH)
    is_item = kind == PassageKind.ITEM
    level = new.level if new.level is not None else like.level if like and is_item else 0
    text, marks = new.text, new.marks
    if kind != PassageKind.TABLE and not (kind == PassageKind.PICTURE and not text.strip()):
        text, marks = words(text, marks)
    return Passage.objects.create(
        edition=edition,
        section=section,
        position=position,
        number=following_number(edition),
        kind=kind,
        level=max(1, level) if is_item else 0,
        label=new.label[:20],
        text=text,
        marks=stored(tidy(text, marks)),
        caption=" ".join(new.caption.split()),
        picture=new.picture,
    )


@transaction.atomic
def change_kind(
    *,
    passage: Passage,
    kind: str,
    level: int,
    label: str,
    by: Actor,
    at: datetime,
    language: str | None = None,
) -> Passage:
    """Make a passage a paragraph, a list item or a quotation; `label` is its number or sign.

    `language` is a tag of one of the product's languages, "" the paper's own; without it the
    present one stays. Raises Refused for any other.
    """
    edition = opened(passage.edition_id, by)
    now = present(passage, edition)
    keep_before(now)
    if now.kind in TEXT_KINDS and kind in TEXT_KINDS:
        now.kind = kind
        is_item = kind == PassageKind.ITEM
        now.level = max(1, min(level, DEEPEST_ITEM)) if is_item else 0
    elif kind != now.kind:
        raise Refused(_("Only paragraphs, list items and quotations can become one another."))
    now.label = " ".join(label.split())[:20]
    if language is not None:
        now.language = _tag(language, now)
    now.save(update_fields=["kind", "level", "label", "language"])
    keep_version(now, VersionAct.CHANGED, by, at)
    noted(edition, "strategy.change_passage", by, at, passage=now.identity)
    return now


def _tag(language: str, passage: Passage) -> str:
    """The tag to keep: "" for the paper's own language; what an import brought may stay."""
    tags = {known.tag for known in LANGUAGES}
    if language not in {"", passage.language, *tags}:
        raise Refused(_("This language is not known here. Please choose one from the list."))
    return "" if language == language_of(passage.edition.strategy.language).tag else language


@transaction.atomic
def restore_version(*, version: PassageVersion, by: Actor, at: datetime) -> Passage:
    """Give a passage former words again, or bring back one that was dropped where it stood."""
    edition = opened(version.edition_id, by)
    now = edition.passages.select_related("section").filter(identity=version.identity).first()
    if now is None:
        now = _brought_back(edition, version)
    else:
        now.edition = edition
        keep_before(now)
    for name in PassageVersion.WORDS:
        setattr(now, name, getattr(version, name))
    now.save()
    place_elements(now)
    keep_version(now, VersionAct.RESTORED, by, at)
    noted(edition, "strategy.restore_version", by, at, passage=now.identity)
    return now


def _brought_back(edition: Edition, version: PassageVersion) -> Passage:
    section = edition.sections.filter(identity=version.section_identity).first()
    if section is None:
        section = edition.sections.order_by("-position").first()
    if section is None:
        raise Refused(_("There is no section left to put it into. Please add one first."))
    before = edition.passages.filter(section=section, position__lt=version.position)
    last = before.order_by("-position").first()
    place = last.position if last else place_of_section(edition, section)
    DropReason.objects.filter(edition=edition, identity=version.identity).delete()
    Descent.objects.filter(edition=edition, from_identity=version.identity).delete()
    return Passage(
        edition=edition,
        section=section,
        identity=version.identity,
        position=room_behind(edition, place)[0],
        number=following_number(edition),
    )
