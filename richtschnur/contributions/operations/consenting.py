"""Consents come in with a contribution."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.utils.translation import get_language

from richtschnur.contributions.models import Consent, Contribution
from richtschnur.contributions.rules import CONSENT_VERSION, consent_wording
from richtschnur.journal.writing import insert


def keep_consents(contribution: Contribution, consents: Sequence[str], at: datetime) -> None:
    """Keep what was agreed to, with the words that stood beside each box."""
    rows = []
    for purpose in consents:
        wording = consent_wording(purpose)
        rows.append(
            Consent(
                contribution=contribution,
                purpose=purpose,
                version=CONSENT_VERSION,
                language=get_language() or settings.LANGUAGE_CODE,
                wording=wording,
                wording_sha256=hashlib.sha256(wording.encode()).hexdigest(),
                given_at=at,
            )
        )
    insert(rows)
