"""Files of frozen editions are made once and kept for a while; working editions never are."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from richtschnur.county.models import County
from richtschnur.county.queries import reference_document, the_county
from richtschnur.strategy.models import Edition

WRITER: Final = "1"  # another one makes all kept files anew; to be raised when the writers change
LONGEST: Final = timedelta(days=60)  # without being asked for
LARGEST: Final = 1_000_000_000  # bytes of all kept files


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
    path = _path(edition, format, variant, the_county())
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path):
        if not path.is_file():
            make(path)
        os.utime(path, (at.timestamp(), at.timestamp()))
    return path


def opened_file(
    edition: Edition,
    format: str,
    *,
    at: datetime,
    variant: str = "",
    make: Callable[[Path], None],
) -> BinaryIO:
    """The kept file, or one that is made for this once, to be read and closed."""
    kept = kept_file(edition, format, at=at, variant=variant, make=make)
    if kept:
        return kept.open("rb")
    with tempfile.TemporaryDirectory(prefix="richtschnur-") as folder:
        path = Path(folder) / f"file.{format}"
        make(path)
        return path.open("rb")  # stays readable after the folder is gone


def kept_sizes(edition: Edition, formats: Iterable[str]) -> dict[str, int]:
    """The bytes of each file that is kept; one query."""
    if edition.is_working or not edition.checksum:
        return {}
    county = the_county()
    sizes = {}
    for format in formats:
        with contextlib.suppress(OSError):
            sizes[format] = _path(edition, format, "", county).stat().st_size
    return sizes


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


def _path(edition: Edition, format: str, variant: str, county: County) -> Path:
    """The name tells everything that the file is made of."""
    reference = reference_document(format, county)
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


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """One at a time, also across processes; the lock goes when its holder does."""
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
