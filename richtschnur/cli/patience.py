"""A web server that a few deaths of its processes do not bring down."""

from __future__ import annotations

import time
from typing import Any

from granian.server import Server

DEATHS, WITHIN_S = 30, 60


class PatientServer(Server):  # type: ignore[misc,valid-type]  # chosen as it is imported
    """Granian gives up, with all healthy processes, when one dies twice within seconds.

    Short of memory in the last hour before a deadline, that is the wrong answer. Here it takes
    more than `DEATHS` within `WITHIN_S` seconds; then whoever supervises the server starts it anew.
    """

    _deaths: tuple[float, ...] = ()

    def _respawn_workers(self, workers: list[int], *args: Any, **named: Any) -> None:
        super()._respawn_workers(workers, *args, **named)
        now = time.monotonic()
        recent = [death for death in self._deaths if now - death < WITHIN_S]
        self._deaths = (*recent, *[now] * len(workers))
        if len(self._deaths) <= DEATHS:
            self.respawned_wrks.clear()
