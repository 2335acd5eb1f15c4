"""Reports of a change, the address by which an organisation checks its entry, imports."""

from __future__ import annotations

import hashlib
import secrets

from django.db import models

from richtschnur.network.models.organizations import Organization
from richtschnur.network.states import ReportState


def new_nonce() -> str:
    """160 random bits from which, with the installation's key, a personal address is made."""
    return secrets.token_hex(20)


def digest(secret: str) -> str:
    """SHA-256 of a personal address's secret, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Check(models.Model):
    """The question "is this still right?" to one organisation, by an address without a login.

    The secret is not stored, only its SHA-256; the installation's key and `nonce` make it again.
    Personal data: `email`, where it is a person's; emptied when the check ends.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="checks")
    email = models.EmailField(blank=True)
    nonce = models.CharField(max_length=40, default=new_nonce)
    secret_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.organization} {self.asked_at:%Y-%m-%d}"


class ChangeReport(models.Model):
    """What somebody says has changed: a proposal, field by field, that the county decides on.

    `proposal` holds the proposed fields of an Entry, `taken` the names of those taken over. With
    `check_asked` it came by the organisation's personal address.
    Personal data: `reporter`, `email`, and what `message` may hold; emptied by forget_reporter.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="reports")
    check_asked = models.ForeignKey(
        Check, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    proposal = models.JSONField(default=dict)
    message = models.TextField(blank=True)
    reporter = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(
        max_length=10, choices=ReportState.choices, default=ReportState.OPEN, db_index=True
    )
    received_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    taken = models.JSONField(default=list)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=ReportState.OPEN, decided_at__isnull=True)
                | (~models.Q(state=ReportState.OPEN) & models.Q(decided_at__isnull=False)),
                name="report_decided_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.received_at:%Y-%m-%d}"


class TableImport(models.Model):
    """One look at a table that was taken in: a second click on it takes nothing in."""

    key = models.CharField(max_length=64, unique=True)
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.imported_at:%Y-%m-%d %H:%M}"
