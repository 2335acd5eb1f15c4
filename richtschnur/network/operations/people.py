"""Persons of organisations, and what was consented to."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.network.models import Consent, Contact, Organization
from richtschnur.network.rules import CONSENT_VERSION, check_in_use, consent_wording
from richtschnur.network.states import PointKind, Purpose


@transaction.atomic
def keep_contact(
    *,
    organization: Organization | None,
    name: str,
    by: Actor,
    at: datetime,
    role: str = "",
    email: str = "",
    phone: str = "",
    contact: Contact | None = None,
) -> Contact:
    """Keep a person, or new words on one (`contact`). Raises Refused without a name."""
    require(by, "network.edit")
    if not name.strip():
        raise Refused(_("The name is missing."), code="empty")
    if contact is not None and contact.erased_at is not None:
        raise Refused(_("This person was erased. Please add the person anew."), code="erased")
    if contact is None:
        said = {"name": name, "role": role, "email": email, "phone": phone}
        known = Contact.objects.filter(organization=organization, **said).first()
        if known is not None:
            return known  # a second click
        contact = Contact(organization=organization, created_at=at)
    contact.name, contact.role, contact.email, contact.phone = name, role, email, phone
    contact.save()
    subject = organization.subject if organization else f"contact:{contact.pk}"
    data = {"contact": contact.pk}
    record(act="network.keep_contact", subject=subject, by=by, at=at, data=data)
    return contact


@transaction.atomic
def forget_contact(*, contact: Contact, by: Actor, at: datetime) -> None:
    """Erase a person for good and end her consents; organisation and seats stay, without her."""
    require(by, "network.forget")
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    contact.name = contact.role = contact.email = contact.phone = ""
    contact.erased_at = contact.erased_at or at
    contact.save()
    ended = Consent.objects.filter(contact=contact, revoked_at__isnull=True).update(revoked_at=at)
    organization = contact.organization
    subject = organization.subject if organization else f"contact:{contact.pk}"
    data = {"contact": contact.pk, "consents_ended": ended}
    record(act="network.forget_contact", subject=subject, by=by, at=at, data=data)


@transaction.atomic
def record_consent(
    *,
    organization: Organization,
    purpose: str,
    given_on: date,
    by: Actor,
    at: datetime,
    shows: Sequence[str] = (),
    contact: Contact | None = None,
) -> Consent:
    """Record what was agreed to in writing; for a listing `shows` are the ways to be public.

    Raises Refused for a day to come, an archived organisation, and a person of another one.
    """
    require(by, "network.edit")
    organization = _held(organization)
    if given_on > localdate(at):
        raise Refused(_("This lies in the future. Please check the day."), code="future")
    if contact is not None and contact.organization_id != organization.pk:
        raise Refused(_("This person belongs to another organisation."), code="other")
    return consented(organization, purpose, given_on, by, at, shows, contact)


def consented(
    organization: Organization,
    purpose: str,
    given_on: date,
    by: Actor,
    at: datetime,
    shows: Sequence[str] = (),
    contact: Contact | None = None,
) -> Consent:
    """The same inside an act that has asked the rules; the organisation is locked."""
    check_in_use(organization)
    is_listing = purpose == Purpose.LISTING
    ways = [kind for kind in PointKind.values if kind in shows] if is_listing else []
    wording = consent_wording(purpose, ways)
    if is_listing:
        end_listing_consent(organization, at)
    consent = Consent.objects.create(
        organization=organization,
        contact=None if is_listing else contact,
        purpose=purpose,
        shows=ways,
        version=CONSENT_VERSION,
        language=get_language() or settings.LANGUAGE_CODE,
        wording=wording,
        wording_sha256=hashlib.sha256(wording.encode()).hexdigest(),
        given_on=given_on,
        recorded_at=at,
    )
    if is_listing:
        organization.listed = ways
        organization.save(update_fields=["listed"])
    data = {"purpose": str(purpose), "shows": ways, "consent": consent.pk}
    record(act="network.record_consent", subject=organization.subject, by=by, at=at, data=data)
    return consent


@transaction.atomic
def revoke_consent(*, consent: Consent, by: Actor, at: datetime) -> Consent:
    """From now on it no longer holds; that it was given stays on record."""
    require(by, "network.edit")
    organization = _held(consent.organization)
    consent = Consent.objects.select_for_update(of=("self",)).get(pk=consent.pk)
    if consent.revoked_at is None:
        revoked(organization, consent, by, at)
    return consent


def revoked(organization: Organization, consent: Consent, by: Actor, at: datetime) -> None:
    """The same inside an act that has asked the rules; both rows are locked."""
    consent.revoked_at = at
    consent.save(update_fields=["revoked_at"])
    if consent.purpose == Purpose.LISTING:
        organization.listed = None
        organization.save(update_fields=["listed"])
    data = {"purpose": consent.purpose, "consent": consent.pk}
    record(act="network.revoke_consent", subject=organization.subject, by=by, at=at, data=data)


def end_listing_consent(organization: Organization, at: datetime) -> None:
    """Its public entry ends (not saved): before a new consent, with the archive or a merge."""
    standing = Consent.objects.filter(
        organization=organization, purpose=Purpose.LISTING, revoked_at__isnull=True
    )
    standing.update(revoked_at=at)
    organization.listed = None


def _held(organization: Organization) -> Organization:
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
