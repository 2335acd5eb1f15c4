"""The processors of this machine; with one of them, or one chunk, no further process."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, islice
from typing import Any

from richtschnur.analysis.pipeline.engines import Work, in_order
from richtschnur.analysis.topics.nano import for_processes

_given: list[Any] = []  # in a process of the pool: the work and what all tasks have in common


class Local:
    """See `Engine`. Where they can, processes begin as copies of this one and share what it has."""

    name = "local"

    def __init__(self, processes: int | None = None) -> None:
        self.processes = processes or len(os.sched_getaffinity(0))

    def each(self, work: Work, tasks: Iterable[Any], common: Any = None) -> Iterator[bytes]:
        """See `Engine`. Raises BrokenProcessPool when one of the processes was killed."""
        rest = iter(tasks)
        first = list(islice(rest, 2))
        if self.processes < 2 or len(first) < 2:
            for task in chain(first, rest):
                yield work(common, task)
            return
        pool = ProcessPoolExecutor(
            self.processes,
            mp_context=for_processes(),
            initializer=_begin,
            initargs=(work, common),
        )
        try:
            yield from in_order(
                lambda task: pool.submit(_work, task),
                lambda found: found.result(),
                chain(first, rest),
                2 * self.processes + 1,
            )
        finally:
            pool.shutdown(cancel_futures=True)


def _begin(work: Work, common: Any) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _given[:] = [work, common]
    threading.Thread(target=_end_without_parent, args=(os.getppid(),), daemon=True).start()


def _end_without_parent(parent: int) -> None:
    """Whoever was killed can't end its processes: they end by themselves."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _work(task: Any) -> bytes:
    work, common = _given
    found: bytes = work(common, task)
    return found
