"""What the worker does for the stage: reminding offices some days before a deadline."""

from __future__ import annotations

from datetime import datetime

from richtschnur.consultation.operations import personal_address, remind_when_due


def remind(*, at: datetime) -> int:
    """Remind whoever has not answered; says how many."""
    return remind_when_due(at=at, address=personal_address)
