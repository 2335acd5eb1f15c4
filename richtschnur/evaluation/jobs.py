"""What the worker does for the evaluation."""

from __future__ import annotations

from datetime import datetime

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.operations import (
    delegate_address,
    find_alike,
    index_points,
    remind_assignees,
    remind_delegates,
    tally_points,
    tell_some,
    work_off_summaries,
    work_off_topics,
)
from richtschnur.evaluation.queries import to_compare
from richtschnur.journal.actors import SYSTEM
from richtschnur.ui import clock


def compare_points(*, at: datetime) -> int:
    """Compare the points of every consultation to which something came since; says of how many."""
    waiting = to_compare(at)
    for consultation in waiting:
        find_alike(consultation=consultation, by=SYSTEM, at=at)
    return len(waiting)


def remind(*, at: datetime) -> int:
    """Remind who was asked about points, and who owes answers; says how many."""
    return remind_delegates(at=at, address=delegate_address) + remind_assignees(at=at)


def send_answers(*, at: datetime) -> int:
    """Queue mails with answers for some who wait for them; says of how many."""
    return tell_some(at=at)


def index_new_points(*, at: datetime) -> int:
    """Put the words of new points into the index; says how many."""
    return sum(index_points(consultation=each, at=at) for each in Consultation.objects.all())


def tally_many_points(*, at: datetime) -> int:
    """Count where there are very many points; says in how many consultations."""
    return sum(tally_points(consultation=each, at=at) for each in Consultation.objects.all())


def sort_topics(*, at: datetime) -> int:
    """Work off what was asked for: suggestions of topics and places; says of how many papers."""
    return work_off_topics(by=SYSTEM, at=at, now=clock.now)


def sum_up_topics(*, at: datetime) -> int:
    """Have topics summed up by the machine of the settings where asked for; says how many."""
    return work_off_summaries(by=SYSTEM, at=at, now=clock.now)
