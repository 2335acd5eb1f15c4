"""One writer at a time, and the next one at once.

SQLite has one writer. Whoever finds it busy sleeps, each time longer, up to a tenth of a second,
while others come first: with eight writers most of the time is slept away, and some wait for
seconds. Here the threads of a process wait for one another, and one of each process looks every
few hundred microseconds whether it is its turn. The turn is a lock of the folder that the
database lies in (`flock`): it ends with the process that has it, however that ends.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

LOOKS_AFTER = 0.0003  # seconds


class Line:
    """The line in front of one database, for the threads of this process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._opened: tuple[int, int] | None = None  # by which process, its descriptor

    def enter(self, seconds: float) -> bool:
        """Wait for one's turn; False when it did not come in time."""
        until = time.monotonic() + seconds
        if not self._lock.acquire(timeout=seconds):
            return False
        while True:
            try:
                fcntl.flock(self._descriptor(), fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            except BlockingIOError:
                if time.monotonic() > until:
                    self._lock.release()
                    return False
                time.sleep(LOOKS_AFTER)
            except OSError:  # a file system without such locks: SQLite's own has to do
                return True

    def leave(self) -> None:
        """Let the next one in."""
        try:
            with suppress(OSError):
                fcntl.flock(self._descriptor(), fcntl.LOCK_UN)
        finally:
            self._lock.release()

    def _descriptor(self) -> int:
        """A lock belongs to what was opened: each process opens its own."""
        if self._opened is None or self._opened[0] != os.getpid():
            self._opened = (os.getpid(), os.open(self._folder, os.O_RDONLY | os.O_CLOEXEC))
        return self._opened[1]


@cache
def line_of(folder: str) -> Line:
    """The one line of this process for the databases in a folder."""
    return Line(Path(folder))
