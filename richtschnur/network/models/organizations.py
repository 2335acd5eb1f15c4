"""Organisations with what they are found by, how they are reached, and how they are known again."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from richtschnur.network.states import FacetKind, OrganizationKind, PointKind


class Organization(models.Model):
    """Organisation: once for the whole product, whoever imports, invites or funds it.

    `identity` is its address and the id of exports. `sort_name` and `words` are made from the
    entry, for order and search. `listed` says which ways to it are public, None: nothing is.
    No personal data: persons stand in Contact.
    """

    identity = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=60, blank=True)
    legal_form = models.CharField(max_length=60, blank=True)
    kind = models.CharField(
        max_length=20, choices=OrganizationKind.choices, default=OrganizationKind.OTHER
    )
    offer_words = models.TextField(blank=True)
    sort_name = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    listed = models.JSONField(null=True, blank=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["sort_name", "id"]
        indexes = [
            models.Index(
                fields=["sort_name", "id"],
                name="organization_order",
                condition=Q(archived_at__isnull=True),
            ),
            models.Index(
                fields=["sort_name", "id"],
                name="organization_listed",
                condition=Q(listed__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | Q(archived_at__isnull=False),
                name="organization_merged_is_archived",
            ),
            models.CheckConstraint(
                condition=Q(listed__isnull=True) | Q(archived_at__isnull=True),
                name="organization_archived_is_hidden",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_public(self) -> bool:
        """Whether everyone may read of it; False until it has consented."""
        return self.listed is not None

    @property
    def subject(self) -> str:
        """How the journal names it."""
        return f"organization:{self.pk}"

    def values(self, kind: str) -> tuple[str, ...]:
        """Its facets or contact points of one kind, in their order; prefetched rows are used."""
        rows = self.facets.all() if kind in FacetKind.values else self.contact_points.all()
        return tuple(row.value for row in rows if row.kind == kind)


class Facet(models.Model):
    """One town, language (a code, or as it was typed) or area of offer of an organisation."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="facets")
    kind = models.CharField(max_length=10, choices=FacetKind.choices)
    value = models.CharField(max_length=80)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["organization_id", "kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "kind", "value"], name="facet_once")
        ]
        indexes = [
            models.Index(fields=["kind", "value", "organization"], name="facet_found"),
        ]

    def __str__(self) -> str:
        return self.value


class ContactPoint(models.Model):
    """One way to the organisation itself: e-mail, phone, website, address, opening hours."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="contact_points"
    )
    kind = models.CharField(max_length=10, choices=PointKind.choices)
    value = models.CharField(max_length=300)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["organization_id", "kind", "position"]

    def __str__(self) -> str:
        return self.value


class MatchKey(models.Model):
    """By what an organisation is known again in tables: "name:…", "mail:…", "site:…", "tel:…".

    "same:…" was said by a person: rows with this name are this organisation.
    """

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="match_keys"
    )
    key = models.CharField(max_length=220)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "organization"], name="match_key_once")
        ]

    def __str__(self) -> str:
        return self.key
