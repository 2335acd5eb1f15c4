"""Taking a consent back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from richtschnur.contributions.models import Consent
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record


@transaction.atomic
def revoke_consent(*, consent: Consent, by: Actor, at: datetime) -> Consent:
    """From now on the consent no longer holds; that it was given stays on record."""
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.revoked_at is None:
        consent.revoked_at = at
        consent.save(update_fields=["revoked_at"])
        record(
            act="contributions.revoke_consent",
            subject=f"contribution:{consent.contribution_id}",
            by=by,
            at=at,
            data={"purpose": consent.purpose},
        )
    return consent
