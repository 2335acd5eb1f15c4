"""The background worker: runs the schedule until it is told to stop."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import close_old_connections, connections

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Something to do again and again: `run(at=…)` every `every`; it must bear repeating.

    What waits for somebody else's machine, or takes its time, runs `aside`, in a thread of its own,
    so that mails and the journal's chain never wait with it.
    """

    name: str
    run: Callable[..., object]
    every: timedelta
    aside: bool = False
    due_at: datetime | None = None
    thread: threading.Thread | None = None


def run_due(jobs: list[Job], *, at: datetime) -> None:
    """Run what is due; a job that fails is logged and tried again at its next turn."""
    for job in jobs:
        if job.due_at is not None and job.due_at > at:
            continue
        job.due_at = at + job.every
        if job.aside:
            _run_aside(job, at)
        else:
            _run(job, at)


def _run(job: Job, at: datetime) -> None:
    try:
        job.run(at=at)
    except Exception:
        log.exception("job %s failed", job.name)
        close_old_connections()


def _run_aside(job: Job, at: datetime) -> None:
    """One at a time; it ends with the process, which a job must bear as well as repeating."""
    if job.thread is not None and job.thread.is_alive():
        return

    def run() -> None:
        try:
            _run(job, at)
        finally:
            connections.close_all()

    job.thread = threading.Thread(target=run, name=job.name, daemon=True)
    job.thread.start()


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
