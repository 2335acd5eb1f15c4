"""Files beside the words: looked at before they are kept, held until they are sent."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.rules import check_open
from richtschnur.contributions.models import (
    Attachment,
    Basket,
    BasketComment,
    BasketFile,
    Contribution,
    HeldTable,
    PublicFile,
    present,
)
from richtschnur.contributions.operations.basket import touched_basket
from richtschnur.contributions.rules import (
    FILE_BYTES,
    MOST_FILES,
    MOST_RECORDED,
    file_name,
    file_refusal,
    too_many_files,
)
from richtschnur.documents.attachments import MEDIA_TYPES, Rejected, kind_of
from richtschnur.files.erasing import finish_erasing
from richtschnur.files.operations import HELD_FOR, drop_held, hold_file, store_held, sweep_held
from richtschnur.files.scanning import Scan, scan
from richtschnur.journal import commitments
from richtschnur.journal.refusals import Refused
from richtschnur.journal.writing import delete
from richtschnur.search.operations import forget_deleted_words


@dataclass(frozen=True)
class NewFile:
    """A file that was looked at and is held (`files.operations.hold_file`) under `key`.

    `kind` is one of documents.attachments.MEDIA_TYPES, `size` in bytes, `scan` what a virus
    scanner said.
    """

    key: str
    name: str
    kind: str
    size: int
    sha256: str
    scan: str = Scan.NOT_ASKED


def receive_file(*, source: Path, name: str) -> NewFile:
    """Look at a file by its content and hold it. Raises Refused with a sentence for its sender."""
    name, size = file_name(name), source.stat().st_size
    if size > FILE_BYTES:
        raise Refused(file_refusal("oversized", name), code="file")
    data = source.read_bytes()
    try:
        kind = kind_of(data)
    except Rejected as rejected:
        raise Refused(file_refusal(rejected.code, name), code="file") from None
    verdict = scan(source)
    if verdict.scan == Scan.INFECTED:
        raise Refused(file_refusal("infected", name), code="file")
    try:
        key = hold_file(source=source)
    except OSError:
        raise Refused(file_refusal("no-room", name), code="file") from None
    return NewFile(key, name, kind, size, hashlib.sha256(data).hexdigest(), verdict.scan)


def attach_file(
    *, consultation: Consultation, secret: str, source: Path, name: str, at: datetime
) -> BasketFile:
    """Put a file into the basket that the secret opens. Raises Refused, keeping nothing."""
    check_open(consultation, at)
    new = receive_file(source=source, name=name)
    with transaction.atomic():
        basket = touched_basket(consultation, secret, at)
        kept = basket.files.filter(sha256=new.sha256).first()  # a second click
        if kept is None and basket.files.count() < MOST_FILES:
            Basket.objects.filter(pk=basket.pk).update(holds_files=True)
            return BasketFile.objects.create(
                basket=basket,
                key=new.key,
                name=new.name,
                kind=new.kind,
                size=new.size,
                sha256=new.sha256,
                scan=new.scan,
                added_at=at,
            )
    drop_held(key=new.key)
    if kept is None:
        raise Refused(too_many_files(), code="file")
    return kept


@transaction.atomic
def detach_file(*, file: BasketFile) -> None:
    """Take a file out of its basket and delete it."""
    key = file.key
    file.delete()
    transaction.on_commit(partial(drop_held, key=key))


def files_in(basket: Basket) -> list[NewFile]:
    """What lies in a basket, as it is sent."""
    rows = basket.files.order_by("pk") if basket.holds_files else ()
    return [NewFile(f.key, f.name, f.kind, f.size, f.sha256, f.scan) for f in rows]


def delete_sent(basket: Basket) -> None:
    """Delete a basket whose content is stored; one query more where it held files."""
    if basket.holds_files:
        delete(BasketFile, basket=basket.pk)
    delete(BasketComment, basket=basket.pk)
    delete(Basket, id=basket.pk)


def prepared(
    contribution: Contribution, files: Sequence[NewFile], at: datetime
) -> list[Attachment]:
    """The attachments of a contribution that is being stored, each with its own commitment.

    Raises Refused when there are too many, or one is gone meanwhile. What staff record may hold
    more: a letter has as many parts as it has.
    """
    if len(files) > (MOST_RECORDED if contribution.recorded_by else MOST_FILES):
        raise Refused(too_many_files(), code="file")
    return [_prepared(contribution, position, file, at) for position, file in enumerate(files)]


def _prepared(contribution: Contribution, position: int, file: NewFile, at: datetime) -> Attachment:
    media_type = MEDIA_TYPES[file.kind]
    try:
        stored = store_held(key=file.key, name=file.name, media_type=media_type, at=at)
    except OSError:
        raise Refused(
            _("The file “%(name)s” is no longer here. Please add it again.") % {"name": file.name},
            code="file",
        ) from None
    attachment = Attachment(
        contribution=contribution,
        position=position,
        file=stored,
        kind=file.kind,
        scan=file.scan,
        salt=secrets.token_bytes(commitments.SALT_BYTES),
    )
    salt = bytes(attachment.salt)
    attachment.commitment = commitments.commit(attachment.content(), salt=salt)
    transaction.on_commit(partial(drop_held, key=file.key))
    return attachment


def sweep_files(*, at: datetime) -> int:
    """Delete held files that nobody knows any more; says how many. Ends erasures, too."""
    HeldTable.objects.filter(looked_at__lte=at - HELD_FOR).delete()
    finish_erasing()
    forget_deleted_words()
    known = {
        key
        for rows in (BasketFile, PublicFile)
        for key in rows.objects.values_list("key", flat=True)
    }
    return sweep_held(known=known, at=at)


def scan_waiting(*, at: datetime) -> int:
    """Ask the scanner again about files that it could not be asked about; says how many."""
    asked = 0
    for attachment in present(Attachment.objects.filter(scan=Scan.WAITING))[:50]:
        verdict = scan(attachment.file.path)
        if verdict.scan == Scan.WAITING:
            break
        Attachment.objects.filter(pk=attachment.pk).update(scan=verdict.scan)
        asked += 1
    return asked
