"""The background worker: runs the schedule until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Something to do again and again: `run(at=…)` every `every`; it must bear repeating."""

    name: str
    run: Callable[..., object]
    every: timedelta
    due_at: datetime | None = None


def run_due(jobs: list[Job], *, at: datetime) -> None:
    """Run what is due; a job that fails is logged and tried again at its next turn."""
    for job in jobs:
        if job.due_at is not None and job.due_at > at:
            continue
        job.due_at = at + job.every
        try:
            job.run(at=at)
        except Exception:
            log.exception("job %s failed", job.name)
            close_old_connections()


def run_forever(
    jobs: list[Job],
    *,
    now: Callable[[], datetime],
    stop: threading.Event,
    rest: float = 0.5,
) -> None:
    """The worker's loop; `rest` seconds between two looks."""
    while not stop.is_set():
        started = time.monotonic()
        run_due(jobs, at=now())
        stop.wait(max(0.05, rest - (time.monotonic() - started)))
