"""Who sent a contribution and what they agreed to, apart from its words."""

from __future__ import annotations

from django.db import models

from richtschnur.contributions.models.original import Contribution
from richtschnur.contributions.states import Purpose


class Sender(models.Model):
    """Who sent it, apart from the words, so that it can be erased without touching them."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="sender"
    )
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.organisation or self.name


class Consent(models.Model):
    """One consent, with the very words that stood beside the box."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    wording = models.TextField()
    wording_sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "purpose"], name="consent_once")
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
