"""A worker as most would write it first: it takes its work out of the table, then does it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from django.db import transaction

from richtschnur.bench.peer.models import Remark
from richtschnur.jobs.worker import Job

DONE = "done: "


def schedule() -> list[Job]:
    """What a fault must find: killed between its two steps, the worker has lost what it took."""
    return [Job("peer.work_off", work_off, timedelta(0))]


def work_off(*, at: datetime) -> None:
    """Everything that waits, in two transactions."""
    with transaction.atomic():
        waiting = list(Remark._default_manager.exclude(text__startswith=DONE))
        Remark._default_manager.filter(pk__in=[remark.pk for remark in waiting]).delete()
    time.sleep(0.2)
    Remark._default_manager.bulk_create(Remark(text=f"{DONE}{remark.text}") for remark in waiting)
