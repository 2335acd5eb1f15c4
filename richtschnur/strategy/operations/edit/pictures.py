"""Pictures in an edition: put in, replaced, described."""

from __future__ import annotations

import tempfile
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.documents.blocks import Picture
from richtschnur.files.models import StoredFile
from richtschnur.files.operations import store_file
from richtschnur.journal.actors import Actor
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage
from richtschnur.strategy.operations.edit.words import NewPassage, add_passage, change_passage
from richtschnur.strategy.states import PassageKind


def add_picture(
    *, after: Passage, picture: Picture, text: str, caption: str, by: Actor, at: datetime
) -> Passage:
    """Put a picture with its alternative text behind a passage. Raises Refused without a text."""
    require(by, "strategy.edit")
    _check_text(text)
    new = NewPassage(text, kind=PassageKind.PICTURE, caption=caption, picture=_stored(picture, at))
    return add_passage(after=after, new=new, by=by, at=at)


def change_picture(
    *,
    passage: Passage,
    text: str,
    caption: str,
    by: Actor,
    at: datetime,
    picture: Picture | None = None,
    base: str | None = None,
) -> Passage:
    """Describe a picture anew, perhaps with another file in its place."""
    require(by, "strategy.edit")
    _check_text(text)
    return change_passage(
        passage=passage,
        text=text,
        marks=(),
        caption=caption,
        picture=_stored(picture, at) if picture else None,
        base=base,
        by=by,
        at=at,
    )


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused(_("A picture needs an alternative text for people who don't see it."))


def _stored(picture: Picture, at: datetime) -> StoredFile:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"picture.{picture.media_type.rpartition('/')[2]}"
        path.write_bytes(picture.data)
        return store_file(source=path, name=path.name, at=at)
