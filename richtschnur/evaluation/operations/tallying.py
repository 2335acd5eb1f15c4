"""Counting what is too much to be counted on each page."""

from __future__ import annotations

from datetime import datetime

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Point, Tally
from richtschnur.evaluation.queries import COUNTED, count_states, counted, load_of, weeks_of


def tally_points(*, consultation: Consultation, at: datetime) -> bool:
    """Count a consultation's points if they are very many; says whether it did.

    A count is no act: what it says can be read from the points at any time.
    """
    (number,) = counted(Point.objects.filter(consultation=consultation))
    if number <= COUNTED:
        Tally.objects.filter(consultation=consultation).delete()
        return False
    counts = {
        "at": at.isoformat(),
        "states": count_states(consultation),
        "weeks": weeks_of(consultation, at),
        "load": load_of(consultation, at),
    }
    Tally.objects.update_or_create(
        consultation=consultation, defaults={"counts": counts, "counted_at": at}
    )
    return True
