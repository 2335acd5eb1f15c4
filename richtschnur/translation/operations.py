"""Keeping, checking and discarding translations. Who may is asked by the stage that calls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.documents.marks import Mark, stored
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.translation.models import Translation
from richtschnur.translation.sources import Source
from richtschnur.translation.states import TranslationState
from richtschnur.ui.languages import BY_CODE

PLAIN = "de-simple"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a machine made of a source; `is_doubtful` when formatting was lost on the way."""

    source: Source
    text: str
    marks: tuple[Mark, ...] = ()
    caption: str = ""
    is_doubtful: bool = False


@transaction.atomic
def keep_translation(
    *,
    source: Source,
    language: str,
    text: str,
    by: Actor,
    at: datetime,
    marks: tuple[Mark, ...] = (),
    caption: str = "",
) -> Translation:
    """Keep what a person wrote for these very words; it has to be checked anew.

    Raises Refused without a text, or for a language that is not one of the product's.
    """
    _check_language(source, language)
    if not text.strip():
        raise Refused(_("A translation needs text. To remove it, please choose “Discard”."))
    if any(mark.end > len(text) for mark in marks):
        raise ValueError("a mark stands outside of its text")
    translation, _is_new = Translation.objects.update_or_create(
        subject=source.subject,
        language=language,
        fingerprint=source.fingerprint,
        defaults={
            "source": source.text,
            "text": text.strip(),
            "marks": stored(marks),
            "caption": caption.strip(),
            "state": TranslationState.WRITTEN,
            "is_doubtful": False,
            "machine": "",
            "written_at": at,
            "written_by": by.id,
            **_UNCHECKED,
        },
    )
    _record("translation.keep_translation", translation, by, at)
    return translation


def carry_over(pairs: Iterable[tuple[Source, Source]]) -> int:
    """What was said once in the very same words goes along, its state too; says how many.

    Call it inside the act's transaction: it writes no entry of its own. Two queries.
    """
    words = {(old.subject, old.fingerprint): new for old, new in pairs}
    rows = []
    for row in Translation.objects.filter(subject__in=[subject for subject, _mark in words]):
        new = words.get((row.subject, row.fingerprint))
        if new is not None and new.fingerprint == row.fingerprint:
            row.pk, row.subject = None, new.subject
            rows.append(row)
    return len(Translation.objects.bulk_create(rows, batch_size=200))


_UNCHECKED = {"checked_at": None, "checked_by": "", "checker": ""}


@transaction.atomic
def keep_drafts(
    *, drafts: Iterable[Draft], language: str, machine: str, about: str, by: Actor, at: datetime
) -> int:
    """Keep machine drafts where these words have no translation yet; says how many were new.

    What a person wrote is never touched, and the same drafts twice are kept once.
    """
    given = {(draft.source.subject, draft.source.fingerprint): draft for draft in drafts}
    for draft in given.values():
        _check_language(draft.source, language)
    there = Translation.objects.filter(
        language=language, subject__in={subject for subject, _words in given}
    ).values_list("subject", "fingerprint")
    rows = [
        Translation(
            subject=draft.source.subject,
            language=language,
            fingerprint=draft.source.fingerprint,
            source=draft.source.text,
            text=draft.text,
            marks=stored(draft.marks),
            caption=draft.caption,
            state=TranslationState.MACHINE,
            is_doubtful=draft.is_doubtful,
            machine=machine[:120],
            written_at=at,
            written_by=by.id,
        )
        for key, draft in given.items()
        if key not in set(there)
    ]
    Translation.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    if rows:
        data = {"language": language, "drafts": len(rows)}
        record(act="translation.keep_drafts", subject=about, by=by, at=at, data=data)
    return len(rows)


@transaction.atomic
def check_translation(
    *,
    translation: Translation,
    version: str,
    checker: str,
    by: Actor,
    at: datetime,
    by_group: bool = False,
) -> Translation:
    """Say that somebody who knows the language has read it; `checker` is shown to the public.

    `version` is the one that the page showed: another one in between is refused. Only plain
    German can be checked by a review group, and only then it is called Leichte Sprache.
    """
    held = Translation.objects.select_for_update().get(pk=translation.pk)
    if held.version != version:
        raise Refused(
            _("The translation was changed in the meantime. Please read it once more."),
            code="stale",
        )
    if not checker.strip():
        raise Refused(_("Please say who checked it: the public can read this."))
    if by_group and held.language != PLAIN:
        raise Refused(_("Review groups check texts in plain German only."))
    held.state = TranslationState.GROUP if by_group else TranslationState.CHECKED
    held.checked_at, held.checked_by, held.checker = at, by.id, checker.strip()[:200]
    held.is_doubtful = False
    held.save()
    _record("translation.check_translation", held, by, at)
    return held


@transaction.atomic
def discard_translation(*, translation: Translation, by: Actor, at: datetime) -> None:
    """Take a translation away; readers see German there."""
    _record("translation.discard_translation", translation, by, at)
    translation.delete()


def _check_language(source: Source, language: str) -> None:
    if language not in BY_CODE or language == source.language:
        raise Refused(_("Texts are translated into one of the other languages of this platform."))


def _record(act: str, translation: Translation, by: Actor, at: datetime) -> None:
    data = {"language": translation.language, "state": translation.state}
    record(act=act, subject=translation.subject, by=by, at=at, data=data)
