"""Persons apart from organisations, what was consented to, and who sits in which body."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from richtschnur.network.models.organizations import Organization
from richtschnur.network.states import BodyKind, Purpose


class Contact(models.Model):
    """A person in a role, perhaps for an organisation; never public, erased without touching it.

    Personal data: everything but `organization`.
    """

    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.CASCADE, related_name="contacts"
    )
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """One consent of an organisation or a person, with the very words that were agreed to.

    `shows` are the ways to the organisation (PointKind) that may be public.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="consents"
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    shows = models.JSONField(default=list)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    wording = models.TextField()
    wording_sha256 = models.CharField(max_length=64)
    given_on = models.DateField()
    recorded_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-given_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=Q(purpose=Purpose.LISTING, revoked_at__isnull=True),
                name="listing_consent_once",
            )
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()


class Body(models.Model):
    """Gremium: an advisory council, a committee, a working group."""

    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    name = models.CharField(max_length=200, unique=True)
    purpose = models.TextField(blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"body:{self.pk}"


class Membership(models.Model):
    """A seat: an organisation, a person or a person for an organisation, from one day to another.

    Personal data only by way of `contact`.
    """

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    organization = models.ForeignKey(
        Organization, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )
    contact = models.ForeignKey(
        Contact, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships"
    )
    function = models.CharField(max_length=120, blank=True)
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["body_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True)
                | Q(from_on__isnull=True)
                | Q(until_on__gte=F("from_on")),
                name="membership_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} – {self.organization or self.contact or ''}"

    def is_current(self, on: date) -> bool:
        """Whether the seat is held on a day."""
        begun = self.from_on is None or self.from_on <= on
        return begun and (self.until_on is None or self.until_on >= on)
