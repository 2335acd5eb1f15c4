"""Files of frozen editions are made once and kept for a while; working editions never are."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from richtschnur.county.queries import reference_document, the_county
from richtschnur.strategy.models import Edition

WRITER = "1"  # another one makes all kept files anew; to be raised when the writers change
LONGEST = timedelta(days=60)  # without being asked for
LARGEST = 1_000_000_000  # bytes of all kept files


def kept_file(
    edition: Edition,
    format: str,
    *,
    at: datetime,
    variant: str = "",
    make: Callable[[Path], None],
) -> Path | None:
    """The kept file, made by `make` when there is none; None for a working edition.

    `variant` tells apart what else the file depends on (a language, an occasion). Two who ask at
    once wait for one making. What `make` raises passes through, and nothing is kept.
    """
    if edition.is_working or not edition.checksum:
        return None
    path = _path(edition, format, variant)
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path):
        if not path.is_file():
            make(path)
        os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def is_kept(edition: Edition, format: str, *, variant: str = "") -> int:
    """The size of the kept file in bytes, 0 where there is none."""
    if edition.is_working or not edition.checksum:
        return 0
    try:
        return _path(edition, format, variant).stat().st_size
    except OSError:
        return 0


def sweep_exports(*, at: datetime) -> int:
    """Forget kept files that nobody asked for, the oldest first when they take too much room."""
    found = []
    for path in _folder().glob("*"):
        try:
            state = path.stat()
        except FileNotFoundError:
            continue
        found.append((state.st_mtime, state.st_size, path))
    gone, room = 0, LARGEST
    for used, size, path in sorted(found, reverse=True):
        room -= size
        if room < 0 or used < (at - LONGEST).timestamp():
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def _folder() -> Path:
    return Path(settings.HOME) / "cache" / "exports"


def _path(edition: Edition, format: str, variant: str) -> Path:
    """The name tells everything that the file is made of."""
    county = the_county()
    reference = reference_document(format)
    said = [
        WRITER,
        edition.ref,
        edition.checksum,
        edition.title,
        edition.state,
        edition.strategy.language,
        county.name,
        county.accent,
        reference.sha256 if reference else "",
        variant,
    ]
    digest = hashlib.sha256("\0".join(said).encode()).hexdigest()
    return _folder() / f"{digest}.{format}"


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time, also across processes; the lock goes when its holder does."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
