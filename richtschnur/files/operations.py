"""Keeping files: written durably before the row that names them."""

from __future__ import annotations

import hashlib
import mimetypes
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from django.conf import settings

from richtschnur.files.models import StoredFile


def store_file(*, source: Path, name: str, at: datetime) -> StoredFile:
    """Keep a copy of `source`; the same content is kept once. Raises OSError when it can't."""
    with source.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    folder = Path(settings.HOME) / "files" / digest[:2]
    if not (folder / digest).exists():
        _copy_durably(source, folder / digest)
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return StoredFile.objects.create(
        sha256=digest,
        name=name[:255],
        media_type=media_type,
        size=source.stat().st_size,
        stored_at=at,
    )


def _copy_durably(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "wb") as out, source.open("rb") as stream:
        shutil.copyfileobj(stream, out)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
