"""The closed consultation's overview: frozen and shown, some told, a letter waiting."""

from __future__ import annotations

from datetime import datetime

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models import Notice
from richtschnur.evaluation.operations import freeze_overview, publish_overview
from richtschnur.evaluation.queries import to_tell


def freeze_and_tell(consultation: Consultation, officer: User, at: datetime) -> None:
    """Two states, the first for everyone; a letter to the first who is answered."""
    by = officer.actor(at.date())
    state = freeze_overview(
        consultation=consultation,
        title="Für den Kreistag am 14. Dezember, mit einem langen Namen",
        shows_topics=True,
        by=by,
        at=at,
    )
    publish_overview(state=state, is_public=True, by=by, at=at)
    freeze_overview(consultation=consultation, by=by, at=at)
    answered = to_tell(consultation).first()
    if answered is not None:
        Notice.objects.create(contribution=answered, channel="letter", made_at=at)
