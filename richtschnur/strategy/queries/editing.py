"""What the editor shows beside a passage: who else types, what it said before, remarks."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from richtschnur.accounts.models import User
from richtschnur.strategy.models import (
    DropReason,
    Edition,
    Passage,
    PassageDraft,
    PassageVersion,
    Remark,
)
from richtschnur.strategy.queries.lineage_words import word_changes
from richtschnur.strategy.states import PassageKind, VersionAct

PRESENT = timedelta(minutes=10)


def names_by_id(ids: Iterable[str]) -> dict[str, str]:
    """Names of people by their opaque ids; one query, none without people."""
    keys = {int(one) for one in ids if one.isdigit()}
    return {str(u.pk): str(u) for u in User.objects.filter(pk__in=keys)} if keys else {}


@dataclass(frozen=True)
class Typing:
    """Somebody who types into a passage at this time."""

    name: str
    since: datetime
    identity: uuid.UUID


def others_typing(
    edition: Edition, *, but: str, at: datetime, identity: uuid.UUID | None = None
) -> list[Typing]:
    """Who else has typed into the edition (or one passage) within the last ten minutes."""
    drafts = PassageDraft.objects.filter(edition=edition, saved_at__gt=at - PRESENT)
    if identity is not None:
        drafts = drafts.filter(identity=identity)
    found = list(drafts.exclude(author=but).order_by("begun_at"))
    names = names_by_id(draft.author for draft in found)
    return [Typing(names.get(d.author, "?"), d.begun_at, d.identity) for d in found]


@dataclass(frozen=True)
class Step:
    """One version of a passage: who left it so, and what changed against the one before."""

    version: PassageVersion
    name: str
    changes: list[tuple[str, str]]
    is_present: bool = False


def history(edition: Edition, identity: uuid.UUID) -> list[Step]:
    """Every version of a passage in this edition, the newest first; three queries."""
    versions = list(
        PassageVersion.objects.filter(edition=edition, identity=identity).order_by("id")
    )
    now = edition.passages.filter(identity=identity).first()
    names = names_by_id(version.author for version in versions)
    steps: list[Step] = []
    before = ""
    for version in versions:
        changes = word_changes(before, version.text) if before else [("same", version.text)]
        is_present = now is not None and _says_the_same(now, version)
        steps.append(Step(version, names.get(version.author, ""), changes, is_present))
        if version.act not in (VersionAct.SET_ASIDE, VersionAct.DROPPED):
            before = version.text
    return steps[::-1]


def _says_the_same(now: Passage, version: PassageVersion) -> bool:
    return all(getattr(now, name) == getattr(version, name) for name in PassageVersion.WORDS)


@dataclass(frozen=True)
class LastChange:
    """Who changed a passage last, and when."""

    name: str
    at: datetime


def last_change(passage: Passage) -> LastChange | None:
    """The last act on the passage's words by a person."""
    versions = PassageVersion.objects.filter(
        edition_id=passage.edition_id, identity=passage.identity
    )
    skipped = (VersionAct.SET_ASIDE, VersionAct.BEFORE)
    version = versions.exclude(act__in=skipped).order_by("-id").first()
    if version is None:
        return None
    return LastChange(names_by_id([version.author]).get(version.author, ""), version.at)


def open_remarks(edition: Edition) -> Counter[uuid.UUID]:
    """How many unsettled remarks each passage has; one query."""
    rows = Remark.objects.filter(edition=edition, settled_at__isnull=True)
    return Counter(rows.values_list("identity", flat=True))


@dataclass(frozen=True)
class NoteOfPassage:
    """A footnote's sign with its passage, if it has been written."""

    sign: str
    passage: Passage | None


def notes_wanted(passage: Passage, notes: Iterable[Passage]) -> list[NoteOfPassage]:
    """Each sign in the passage with the footnote behind it."""
    by_sign = {note.label: note for note in notes if note.kind == PassageKind.NOTE}
    signs = [mark.value for mark in passage.marking if mark.kind == "note"]
    return [NoteOfPassage(sign, by_sign.get(sign)) for sign in dict.fromkeys(signs)]


@dataclass(frozen=True)
class Dropped:
    """The last words of a passage that is gone, and why; one that was joined has no reason."""

    version: PassageVersion
    reason: str


def dropped_passages(edition: Edition) -> list[Dropped]:
    """What was dropped or joined away, the newest first."""
    here = set(edition.passages.values_list("identity", flat=True))
    last: dict[uuid.UUID, PassageVersion] = {}
    for version in PassageVersion.objects.filter(edition=edition, act=VersionAct.DROPPED):
        if version.identity not in here:
            last[version.identity] = version
    reasons = dict(DropReason.objects.filter(edition=edition).values_list("identity", "reason"))
    newest = sorted(last.values(), key=lambda version: -version.pk)
    return [Dropped(version, reasons.get(version.identity, "")) for version in newest]


def dropped_count(edition: Edition) -> int:
    """How many passages have been dropped from this edition and not restored; one query."""
    here = edition.passages.values("identity")
    gone = PassageVersion.objects.filter(edition=edition, act=VersionAct.DROPPED)
    return gone.exclude(identity__in=here).values("identity").distinct().count()
