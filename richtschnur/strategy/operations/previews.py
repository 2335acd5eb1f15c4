"""A draft file is read, looked over, corrected and kept, or thrown away; until then it is no paper.

Single corrections have no entry in the journal: they touch nothing that anybody else sees, and
can be taken back. What is kept says how many there were.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.documents import reading, structure
from richtschnur.documents.blocks import Picture
from richtschnur.documents.structure.as_data import as_data, from_data, to_draft, to_outline
from richtschnur.documents.structure.correcting import Impossible, place_of
from richtschnur.documents.structure.draft import Draft
from richtschnur.files.operations import store_file
from richtschnur.journal.actors import SYSTEM, Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Edition, Preview, Strategy
from richtschnur.strategy.operations.importing import keep_outline
from richtschnur.strategy.queries.preview_places import read_mark
from richtschnur.strategy.queries.previews import impossible_message

KEPT_FOR = timedelta(days=30)
STEPS_BACK = 60


@dataclass(frozen=True)
class Correction:
    """One correction: its name, the place it is made at, and the function that makes it.

    `read` is the mark of the place as the person saw it; "" doesn't ask.
    """

    name: str
    make: Callable[[Draft], object]
    place: int | None = None
    read: str = ""


def begin_preview(
    *,
    path: Path,
    by: Actor,
    at: datetime,
    name: str = "",
    title: str = "",
    language: str = "de",
    into: Strategy | None = None,
) -> Preview:
    """Read a file to be looked over; nothing of it is a paper yet.

    Raises documents.reading's Unreadable when the file can't be read; then nothing is stored.
    """
    require(by, "strategy.import")
    outline = structure.recognise(reading.read(path, language=language))
    draft = to_draft(outline)
    draft.title = title or outline.title
    preview = Preview(
        key=secrets.token_urlsafe(24),
        name=(name or path.name)[:255],
        title=draft.title[:300],
        language=language,
        into=into,
        outline=as_data(draft),
        created_at=at,
        created_by=f"{by.kind}:{by.id}",
    )
    with _folder_of(preview) as folder:
        shutil.copyfile(path, folder / "draft")
        for key, picture in outline.pictures.items():
            (folder / key).write_bytes(picture.data)
        with transaction.atomic():
            preview.save(force_insert=True)
            _record("strategy.begin_preview", preview, by, at, doubts=len(draft.doubts))
    return preview


@contextlib.contextmanager
def _folder_of(preview: Preview) -> Iterator[Path]:
    """A folder for it alone that goes again when something fails."""
    preview.folder.mkdir(parents=True, mode=0o750)
    try:
        yield preview.folder
    except BaseException:
        shutil.rmtree(preview.folder, ignore_errors=True)
        raise


@transaction.atomic
def correct_preview(
    *, preview: Preview, correction: Correction, by: Actor, at: datetime
) -> tuple[Preview, object]:
    """Make one correction; returns what it returns.

    Raises Refused when it can't be made, or when the place is not any more as it was shown.
    """
    require(by, "strategy.import")
    preview = held(preview)
    before = preview.outline
    draft = from_data(before)
    try:
        words = ""
        if correction.place is not None:
            place = place_of(draft, correction.place)
            words = place.text[:60]
            if correction.read and correction.read != read_mark(place):
                raise Refused(_stale(), code="stale")
        result = correction.make(draft)
    except Impossible as impossible:
        raise Refused(impossible_message(impossible), code=impossible.reason) from None
    draft.corrections += 1
    _remember(preview, before, correction.name, words, by, at)
    _keep_draft(preview, draft)
    return preview, result


def _stale() -> str:
    return _("Someone else has corrected this place meanwhile. Below is how it stands now.")


def held(preview: Preview) -> Preview:
    """As it stands now, one act at a time. Raises Refused when it is gone."""
    rows = Preview.objects.select_for_update(of=("self",)).select_related("into")
    found = rows.filter(pk=preview.pk).first()
    if found is None:
        raise Refused(
            _("This draft was stored as a paper or thrown away meanwhile."), code="not-found"
        )
    return found


def _former(preview: Preview, revision: int) -> Path:
    return preview.folder / f"former-{revision}.json.z"


def _remember(
    preview: Preview, before: dict[str, Any], name: str, words: str, by: Actor, at: datetime
) -> None:
    step = {"revision": preview.revision, "name": name, "words": words}
    step |= {"by": f"{by.kind}:{by.id}", "at": at.isoformat()}
    packed = zlib.compress(json.dumps(before, ensure_ascii=False).encode(), 1)
    preview.folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    _former(preview, preview.revision).write_bytes(packed)
    preview.former = [*preview.former, step]
    while len(preview.former) > STEPS_BACK:
        _former(preview, preview.former.pop(0)["revision"]).unlink(missing_ok=True)


def _keep_draft(preview: Preview, draft: Draft) -> None:
    preview.outline = as_data(draft)
    preview.title = draft.title[:300]
    preview.revision += 1
    preview.save(update_fields=["outline", "title", "former", "revision"])


@transaction.atomic
def take_back(*, preview: Preview, revision: int, by: Actor, at: datetime) -> Preview:
    """Undo the last correction; `revision` says which one the person saw as the last.

    Raises Refused when another one came since, or when there is none.
    """
    require(by, "strategy.import")
    preview = held(preview)
    if not preview.former:
        raise Refused(_("There is no correction to take back."))
    if preview.revision != revision:
        raise Refused(
            _("Another correction was made meanwhile. Please look at the list once more."),
            code="stale",
        )
    step = preview.former[-1]
    path = _former(preview, step["revision"])
    if not path.is_file():
        raise Refused(_("This correction is too old to be taken back."))
    draft = from_data(json.loads(zlib.decompress(path.read_bytes())))
    preview.former = preview.former[:-1]
    _keep_draft(preview, draft)
    return preview


@transaction.atomic
def keep_preview(
    *,
    preview: Preview,
    title: str,
    into: Strategy | None,
    by: Actor,
    at: datetime,
    replaces_working: bool = False,
) -> Edition:
    """Store what was looked over as a working edition of a new paper, or of `into`.

    Raises Refused as `keep_outline` does.
    """
    require(by, "strategy.import")
    preview = held(preview)
    draft = from_data(preview.outline)
    draft.title = title or draft.title
    source = preview.folder / "draft"
    edition = keep_outline(
        outline=to_outline(draft, _pictures(preview, draft)),
        source=store_file(source=source, name=preview.name, at=at) if source.is_file() else None,
        title=draft.title,
        language=into.language if into else preview.language,
        into=into,
        replaces_working=replaces_working,
        by=by,
        at=at,
    )
    settled = [doubt.settled for doubt in draft.doubts]
    if any(settled):
        for row, is_settled in zip(edition.doubts, settled, strict=False):
            row["settled"] = is_settled
        edition.save(update_fields=["doubts"])
    about = {"corrections": draft.corrections, "left_out": len(draft.left_out)}
    _record("strategy.keep_preview", preview, by, at, edition=edition.ref, **about)
    _remove(preview)
    return edition


def _pictures(preview: Preview, draft: Draft) -> dict[str, Picture]:
    found = {}
    for key, media_type in draft.pictures.items():
        path = preview.folder / key
        if path.is_file():
            found[key] = Picture(media_type, path.read_bytes())
    return found


@transaction.atomic
def drop_preview(*, preview: Preview, by: Actor, at: datetime) -> None:
    """Throw the draft away, with its file and its corrections."""
    require(by, "strategy.import")
    preview = held(preview)
    corrections = preview.outline.get("corrections", 0)
    _record("strategy.drop_preview", preview, by, at, corrections=corrections)
    _remove(preview)


def _remove(preview: Preview) -> None:
    folder = preview.folder
    preview.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def sweep_previews(*, at: datetime) -> int:
    """Remove drafts that nobody has touched for 30 days, and folders without a draft."""
    swept = 0
    for preview in Preview.objects.defer("outline"):
        last = preview.former[-1]["at"] if preview.former else preview.created_at.isoformat()
        if datetime.fromisoformat(last) < at - KEPT_FOR:
            with contextlib.suppress(Refused):
                drop_preview(preview=preview, by=SYSTEM, at=at)
                swept += 1
    known = set(Preview.objects.values_list("key", flat=True))
    for folder in (Path(settings.HOME) / "previews").glob("*"):
        touched_at = datetime.fromtimestamp(folder.stat().st_mtime, at.tzinfo)
        if folder.name not in known and touched_at < at - KEPT_FOR:
            shutil.rmtree(folder, ignore_errors=True)
    return swept


def _record(act: str, preview: Preview, by: Actor, at: datetime, **data: object) -> None:
    record(act=act, subject=f"preview:{preview.pk}", by=by, at=at, data=data)
