"""How much memory a run takes, the processes that it started included."""

from __future__ import annotations

import os
import re
import resource
import threading
from pathlib import Path
from types import TracebackType

EVERY_S = 0.2
_FIELD = re.compile(r"^(PPid|VmRSS):\s+(\d+)", re.MULTILINE)


class Memory:
    """Watches while its block runs; `peak_mb` is the most that was held at once.

    Memory that processes share counts for each of them: the figure is a ceiling.
    """

    def __init__(self) -> None:
        self.peak_mb = 0.0
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Memory:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        self._thread.join()
        own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        self.peak_mb = round(max(self.peak_mb, own), 1)

    def _watch(self) -> None:
        while not self._is_over.wait(EVERY_S):
            self.peak_mb = max(self.peak_mb, held_mb(os.getpid()))


def held_mb(root: int) -> float:
    """What this process and all below it hold now; 0 where the system doesn't tell (no /proc)."""
    parents: dict[int, int] = {}
    held: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/status"):
        try:
            found = dict(_FIELD.findall(path.read_text("utf-8", "replace")))
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], held[pid] = int(found.get("PPid", 0)), int(found.get("VmRSS", 0))
    return sum(size for pid, size in held.items() if _is_below(pid, root, parents)) / 1024


def _is_below(pid: int, root: int, parents: dict[int, int]) -> bool:
    while pid > 1 and pid != root:
        pid = parents.get(pid, 0)
    return pid == root
