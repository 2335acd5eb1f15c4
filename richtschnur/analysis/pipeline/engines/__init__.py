"""Who looks at the chunks: the processors of this machine, or workers of a cluster.

An engine is asked by `engine(name)`: "local", "dask" (two workers on this machine), or
"dask=ADDRESS" (the scheduler of the operator's own cluster).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol, TypeVar

Work = Callable[[Any, Any], bytes]
T = TypeVar("T")
NAMES = ("local", "dask", "dask=ADDRESS")


class Unusable(Exception):
    """There is no such engine here; `reason` says why: unknown, missing, unreachable."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail = reason, detail


class Engine(Protocol):
    """`work(common, task)` for each task; the results in the order of the tasks.

    Tasks are taken as they are needed, and few results wait, so memory stays bounded. `work` is a
    function of a module; `common`, the tasks and the results can be pickled.
    """

    name: str

    def each(self, work: Work, tasks: Iterable[Any], common: Any = None) -> Iterator[bytes]: ...


def engine(name: str, *, processes: int | None = None) -> Engine:
    """The engine of this name. Raises Unusable."""
    kind, _sign, address = name.partition("=")
    if name == "local":
        from richtschnur.analysis.pipeline.engines.local import Local

        return Local(processes)
    if kind == "dask" and ("=" not in name or address):
        from richtschnur.analysis.pipeline.engines.dask import Dask

        return Dask(address, processes)
    raise Unusable("unknown", name)


def in_order(
    begin: Callable[[Any], T], end: Callable[[T], bytes], tasks: Iterable[Any], at_once: int
) -> Iterator[bytes]:
    """Begin each task and wait for its result, never more than so many under way."""
    waiting: deque[T] = deque()
    for task in tasks:
        waiting.append(begin(task))
        if len(waiting) >= at_once:
            yield end(waiting.popleft())
    while waiting:
        yield end(waiting.popleft())
