"""What the worker does for the evaluation."""

from __future__ import annotations

from datetime import datetime

from richtschnur.evaluation.operations import find_alike, work_off_topics
from richtschnur.evaluation.queries import to_compare
from richtschnur.journal.actors import SYSTEM
from richtschnur.ui import clock


def compare_points(*, at: datetime) -> int:
    """Compare the points of every consultation to which something came since; says of how many."""
    waiting = to_compare(at)
    for consultation in waiting:
        find_alike(consultation=consultation, by=SYSTEM, at=at)
    return len(waiting)


def sort_topics(*, at: datetime) -> int:
    """Work off what was asked for: suggestions of topics and places; says of how many papers."""
    return work_off_topics(by=SYSTEM, at=at, now=clock.now)
