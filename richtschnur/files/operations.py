"""Keeping files: written durably before the row that names them."""

from __future__ import annotations

import errno
import hashlib
import mimetypes
import os
import secrets
import shutil
import tempfile
from collections.abc import Collection
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from richtschnur.files.locking import one_at_a_time
from richtschnur.files.models import StoredFile

LEAST_FREE = 300 * 1024 * 1024  # bytes
HELD_FOR = timedelta(days=1)  # without a row that names it, as after a kill in between


@transaction.atomic
def store_file(*, source: Path, name: str, at: datetime, media_type: str = "") -> StoredFile:
    """Keep a copy of `source`; the same content is kept once. Raises OSError when it can't.

    Without `media_type` the name tells it.
    """
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    one_at_a_time(digest)
    folder = _folder() / digest[:2]
    if not (folder / digest).exists():
        _copy_durably(source, folder / digest)
    return StoredFile.objects.create(
        sha256=digest,
        name=name[:255],
        media_type=media_type or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=source.stat().st_size,
        stored_at=at,
    )


def hold_file(*, source: Path) -> str:
    """Keep a copy that nobody has decided on yet, durably; says the key that finds it again.

    It can be dropped, as a stored file can't. Raises OSError when it can't be written, also before
    the disk is full: what people type must still find room.
    """
    if shutil.disk_usage(settings.HOME).free < LEAST_FREE + source.stat().st_size:
        raise OSError(errno.ENOSPC, "too little room is left for files")
    key = secrets.token_hex(16)
    _copy_durably(source, held_path(key))
    return key


def held_path(key: str) -> Path:
    """Where a held file lies."""
    if len(key) != 32 or not key.isalnum():
        raise ValueError("no key of a held file")
    return _folder() / "held" / key


def store_held(*, key: str, name: str, media_type: str, at: datetime) -> StoredFile:
    """A held file becomes a stored one; no byte is copied, so it may happen within an act.

    The held one stays until it is dropped. Raises OSError when it is gone.
    """
    source = held_path(key)
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    one_at_a_time(digest)
    target = _folder() / digest[:2] / digest
    if not target.exists():
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
            _sync_folder(target.parent)
        except FileExistsError:  # the same content came in at the same moment
            pass
        except OSError:  # a file system without links
            _copy_durably(source, target)
    return StoredFile.objects.create(
        sha256=digest,
        name=name[:255],
        media_type=media_type,
        size=source.stat().st_size,
        stored_at=at,
    )


def erase_bytes(*, file: StoredFile) -> None:
    """Delete a stored file's bytes for good; its row stays and says that there was one.

    Bytes that another row names, too, stay.
    """
    if StoredFile.objects.filter(sha256=file.sha256).count() == 1:
        file.path.unlink(missing_ok=True)


def drop_held(*, key: str) -> None:
    """Delete a held file; one that is gone already is no mistake."""
    held_path(key).unlink(missing_ok=True)


def sweep_held(*, known: Collection[str], at: datetime) -> int:
    """Delete held files that no row names and that are older than HELD_FOR; says how many."""
    folder, before = _folder() / "held", (at - HELD_FOR).timestamp()
    stale = []
    for path in folder.iterdir() if folder.is_dir() else ():
        if path.name not in known and path.stat().st_mtime < before:
            stale.append(path)
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)


def _folder() -> Path:
    return Path(settings.HOME) / "files"


def _copy_durably(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out, source.open("rb") as stream:
            shutil.copyfileobj(stream, out)
            out.flush()
            os.fsync(out.fileno())
        os.replace(temporary, target)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(path: Path) -> None:
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
