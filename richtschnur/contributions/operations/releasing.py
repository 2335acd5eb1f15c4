"""Releasing a file: a person puts a copy of an attachment before everyone, or takes it back.

The copy is made without hidden details, and only the copy can be read; the original stays with the
county. Nobody outside reads it while no comment of the contribution is published.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import (
    Attachment,
    Contribution,
    PublicComment,
    PublicFile,
)
from richtschnur.documents.stripping import NotStripped, stripped
from richtschnur.files.operations import drop_held, hold_file
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


def release_file(*, attachment: Attachment, by: Actor, at: datetime) -> PublicFile:
    """Publish a copy without hidden details. Raises Refused where none can be made with certainty,
    for a file that is held back or erased, and where the consultation publishes nothing.
    """
    require(by, "contributions.publish")
    key, size = _copied(attachment)
    try:
        return _release(attachment, key, size, by, at)
    except BaseException:
        drop_held(key=key)
        raise


@transaction.atomic
def _release(attachment: Attachment, key: str, size: int, by: Actor, at: datetime) -> PublicFile:
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("consultation")
    contribution = rows.get(pk=attachment.contribution_id)
    attachment = Attachment.objects.select_related("file").get(pk=attachment.pk)
    if contribution.consultation.publication == Publication.NOT:
        raise Refused(_("In this consultation contributions are not published."), code="not")
    _check_readable(attachment)
    _drop(PublicFile.objects.filter(attachment=attachment))
    public = PublicFile.objects.create(
        attachment=attachment,
        contribution=contribution,
        key=key,
        kind=attachment.kind,
        size=size,
        published_at=at,
    )
    _tell_comments(contribution.pk)
    _record("release", attachment, by, at)
    return public


@transaction.atomic
def hold_back_file(*, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Take the release back: the copy is deleted. One that is not public is no mistake."""
    require(by, "contributions.publish")
    if _drop(PublicFile.objects.filter(attachment=attachment)):
        _tell_comments(attachment.contribution_id)
        _record("hold_back", attachment, by, at)


def forget_public_files(contribution: int) -> None:
    """Delete all copies of an erased contribution's files."""
    _drop(PublicFile.objects.filter(contribution=contribution))


def files_beside(contributions: Collection[int]) -> dict[int, list[dict[str, Any]]]:
    """The public files of contributions, as each of their published comments keeps them."""
    found: dict[int, list[dict[str, Any]]] = {}
    for row in PublicFile.objects.filter(contribution__in=contributions).order_by("pk"):
        found.setdefault(row.contribution_id, []).append(row.as_data())
    return found


def _tell_comments(contribution: int) -> None:
    rows = PublicComment.objects.filter(comment__contribution=contribution)
    rows.update(files=files_beside([contribution]).get(contribution, []))


def check_publishable(attachment: Attachment) -> bytes:
    """The copy that would be published. Raises Refused with what to do instead."""
    _check_readable(attachment)
    try:
        return stripped(attachment.file.path.read_bytes(), attachment.kind)
    except NotStripped as error:
        raise Refused(_why_not(error.code), code="file") from None


def _copied(attachment: Attachment) -> tuple[str, int]:
    copy = check_publishable(attachment)
    with tempfile.NamedTemporaryFile(prefix="richtschnur-") as file:
        file.write(copy)
        file.flush()
        try:
            return hold_file(source=Path(file.name)), len(copy)
        except OSError:
            raise Refused(
                _("There is too little room left for a copy. Please tell your administrators."),
                code="file",
            ) from None


def _check_readable(attachment: Attachment) -> None:
    if not attachment.file.name or not attachment.file.path.is_file():
        raise Refused(_("This file is no longer here."), code="file")
    if attachment.scan == "waiting":
        raise Refused(
            _("This file is held back until the virus scanner has looked at it."), code="file"
        )
    if attachment.is_held_back:
        raise Refused(_("This file holds a virus and can't be opened here."), code="file")


def _why_not(code: str) -> str:
    return {
        "pdf": _(
            "We can't take the hidden details out of a PDF with certainty. Please print it anew"
            " to a PDF, or publish its words instead."
        ),
        "comments": _(
            "This file holds comments, tracked changes or other hidden parts with names. Please"
            " take them out in the office program first."
        ),
        "picture": _(
            "This file holds a picture whose hidden details can't be taken out with certainty."
        ),
    }[code]


def _drop(rows: Iterable[PublicFile]) -> int:
    count = 0
    for row in rows:
        transaction.on_commit(partial(drop_held, key=row.key))
        row.delete()
        count += 1
    return count


def _record(act: str, attachment: Attachment, by: Actor, at: datetime) -> None:
    record(
        act=f"contributions.{act}_file",
        subject=f"contribution:{attachment.contribution_id}",
        by=by,
        at=at,
        data={"attachment": attachment.pk, "sha256": attachment.file.sha256},
    )
