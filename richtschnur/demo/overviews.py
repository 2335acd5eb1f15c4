"""The overview of the consultation that is over: a state for the council, and who was told."""

from __future__ import annotations

from datetime import datetime, timedelta

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.jobs import send_answers
from richtschnur.evaluation.operations import freeze_overview, publish_overview, send_notices

COUNCIL_AFTER, TOLD_AFTER = timedelta(days=60), timedelta(days=90)  # after the deadline


def decide_and_tell(consultation: Consultation, officer: User, *, at: datetime) -> None:
    """A state is frozen and shown to everyone; mails wait in the outbox, letters to be posted."""
    frozen_at = min(consultation.ends_at + COUNCIL_AFTER, at)
    by = officer.actor(frozen_at.date())
    state = freeze_overview(
        consultation=consultation,
        title="Zur Vorlage an Kreisausschuss und Kreistag",
        shows_topics=True,
        by=by,
        at=frozen_at,
    )
    publish_overview(state=state, is_public=True, by=by, at=frozen_at)
    told_at = min(consultation.ends_at + TOLD_AFTER, at)
    by = officer.actor(told_at.date())
    send_notices(consultation=consultation, by=by, at=told_at)
    send_answers(at=told_at)
