"""What the worker does for the evaluation."""

from __future__ import annotations

from datetime import datetime

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.operations import find_alike, index_points, tally_points
from richtschnur.evaluation.queries import to_compare
from richtschnur.journal.actors import SYSTEM


def compare_points(*, at: datetime) -> int:
    """Compare the points of every consultation to which something came since; says of how many."""
    waiting = to_compare(at)
    for consultation in waiting:
        find_alike(consultation=consultation, by=SYSTEM, at=at)
    return len(waiting)


def index_new_points(*, at: datetime) -> int:
    """Put the words of new points into the index; says how many."""
    return sum(index_points(consultation=each, at=at) for each in Consultation.objects.all())


def tally_many_points(*, at: datetime) -> int:
    """Count where there are very many points; says in how many consultations."""
    return sum(tally_points(consultation=each, at=at) for each in Consultation.objects.all())
