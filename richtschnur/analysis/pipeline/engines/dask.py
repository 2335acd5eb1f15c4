"""Dask: workers of the operator's own cluster, or two on this machine. An optional extra.

Nothing is told to anyone outside: Dask has no telemetry, its pages stay off, and the workers
on this machine listen on its loopback address only. On a cluster the same release of the product
and of Dask must be installed; its network should be closed, for the texts go over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from richtschnur.analysis.pipeline.engines import Unusable, Work, in_order

WORKERS = 2
PATIENCE_S = 30
OPTIONS = {
    "distributed.admin.system-monitor.gil.enabled": False,
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.terminate": False,
    "logging.distributed": "error",
}


class Dask:
    """See `Engine`. A worker that dies is survived: its chunks are done by another one."""

    name = "dask"

    def __init__(self, address: str = "", processes: int | None = None) -> None:
        try:
            import distributed
        except ImportError:
            raise Unusable("missing", "dask") from None
        del distributed
        self.address, self.processes = address, processes or WORKERS

    def each(self, work: Work, tasks: Iterable[Any], common: Any = None) -> Iterator[bytes]:
        """See `Engine`. Raises Unusable where the scheduler does not answer."""
        with self._client() as client:
            shared = client.scatter(common, broadcast=True) if common is not None else None
            at_once = 2 * sum(client.nthreads().values()) + 1
            yield from in_order(
                lambda task: client.submit(work, shared, task, pure=False),
                lambda future: future.result(),
                tasks,
                max(at_once, 3),
            )

    @contextmanager
    def _client(self) -> Iterator[Any]:
        import dask
        from distributed import Client, LocalCluster

        with dask.config.set(OPTIONS):
            if self.address:
                try:
                    client = Client(self.address, timeout=PATIENCE_S, set_as_default=False)
                except (OSError, ValueError) as error:
                    raise Unusable("unreachable", self.address) from error
                with client:
                    yield client
                return
            cluster = LocalCluster(
                n_workers=self.processes,
                threads_per_worker=1,
                processes=True,
                host="127.0.0.1",
                dashboard_address=None,
                silence_logs=50,
            )
            with cluster, Client(cluster, set_as_default=False) as client:
                yield client
