"""The working folder of a run: what is finished lies there until the run is through.

It holds words of the texts, so only its owner may read it. Each file is named by what it was made
from, so nothing that belongs to other texts, settings or rules is ever taken for finished.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from types import TracebackType

RULES = Path(__file__).resolve().parents[1]
LOCK = "in-use"


class InUse(Exception):
    """Another run works in this folder."""


class Kept:
    """The folder, held by one run at a time. Raises InUse, and OSError where it can't be made."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Kept:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = os.open(self.folder / LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(self._lock)
            raise InUse(str(self.folder)) from None
        for unfinished in self.folder.glob(".*"):
            unfinished.unlink()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self._lock)

    def read(self, name: str) -> bytes | None:
        """What was kept under this name and is whole; else None."""
        try:
            data = (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None
        told, body = data[:32], data[32:]
        return body if hashlib.sha256(body).digest() == told else None

    def write(self, name: str, body: bytes) -> None:
        """Keep it; after a kill it is there whole or not at all."""
        unfinished = self.folder / f".{name}"
        with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY, 0o600), "wb") as file:
            file.write(hashlib.sha256(body).digest() + body)
        unfinished.rename(self.folder / name)

    def clear(self) -> None:
        """The run is through: nothing is kept."""
        shutil.rmtree(self.folder)


def digest(*parts: str | bytes) -> str:
    """A short name for these parts in this order."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        found.update(len(data).to_bytes(8, "big") + data)
    return found.hexdigest()[:32]


@lru_cache
def rules() -> str:
    """A name for the rules as they are now: with other ones nothing that was kept fits."""
    files: Iterable[Path] = sorted(
        path for path in RULES.rglob("*") if path.suffix in (".py", ".tsv", ".txt")
    )
    return digest(*(path.read_bytes() for path in files))
