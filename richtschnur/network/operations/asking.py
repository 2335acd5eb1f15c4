"""Is this still right? Asked by a personal address; answered without a login."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from richtschnur.accounts.rules import require
from richtschnur.county.queries import the_county
from richtschnur.journal.actors import VISITOR, Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import forget_messages, queue_message
from richtschnur.network.models import Check, Consent, Organization, digest
from richtschnur.network.operations.people import consented, revoked
from richtschnur.network.rules import check_in_use
from richtschnur.network.states import PointKind, Purpose

SECRET_SIGNS = 48
RESTS_FOR = timedelta(days=1)


def secret_of(check: Check) -> str:
    """The secret of this check's address (192 bits), for its mail or letter."""
    key = settings.SECRET_KEY.encode()
    made = hmac.new(key, b"network:" + check.nonce.encode(), hashlib.sha256)
    return made.hexdigest()[:SECRET_SIGNS]


@transaction.atomic
def ask_to_check(
    *,
    organizations: Sequence[Organization],
    address: str,
    by: Actor,
    at: datetime,
    is_urgent: bool = False,
) -> list[Check]:
    """Give each a personal address and mail it to the organisation's first mailbox.

    `address` holds "{secret}". Addresses of before end. Without a mailbox the address is for the
    phone or a letter. Whoever was asked within RESTS_FOR is left alone, unless `is_urgent`.
    Raises Refused when nobody is left to ask.
    """
    require(by, "network.check")
    keys = [organization.pk for organization in organizations]
    rows = Organization.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    held = list(rows.prefetch_related("contact_points").order_by("sort_name", "pk"))
    lately = Check.objects.filter(organization__in=keys, asked_at__gt=at - RESTS_FOR)
    rest = set() if is_urgent else set(lately.values_list("organization", flat=True))
    chosen = [row for row in held if row.archived_at is None and row.pk not in rest]
    if not chosen:
        raise Refused(_("Nobody is left to ask: all were asked within the last day."), code="empty")
    checks = [_ask(organization, address, at) for organization in chosen]
    mails = sum(bool(check.email) for check in checks)
    for check in checks:
        record(
            act="network.ask_to_check",
            subject=check.organization.subject,
            by=by,
            at=at,
            data={"check": check.pk, "mails": mails},
        )
    return checks


def _ask(organization: Organization, address: str, at: datetime) -> Check:
    standing = Check.objects.filter(organization=organization, ended_at__isnull=True)
    for before in standing:
        forget_messages(about=_about(before))
    standing.update(ended_at=at, email="")
    mailboxes = organization.values(PointKind.EMAIL)
    check = Check(organization=organization, email=mailboxes[0] if mailboxes else "", asked_at=at)
    check.secret_digest = digest(secret_of(check))
    check.save(force_insert=True)
    if check.email:
        link = address.replace("{secret}", secret_of(check))
        _write(check, link, at)
    return check


def _about(check: Check) -> str:
    return f"network-check:{check.pk}"


def _write(check: Check, link: str, at: datetime) -> None:
    county = the_county()
    with override(settings.LANGUAGE_CODE):
        known = {
            "organisation": check.organization.name,
            "county": county.name,
            "link": link,
            "sender": "\n".join(filter(None, [county.office, county.name, county.phone])),
        }
        subject = _("Is this still right? %(organisation)s in our register") % known
        body = _(
            "Good day,\n\n"
            "%(organisation)s stands in the register of %(county)s: with what you offer, where and"
            " in which languages, and how you are reached. Is all of it still right?\n\n"
            "Your personal address – you need no login:\n%(link)s\n\n"
            "If all is right, one click is enough. If something has changed, write it there; we"
            " look at it and take it over. There you also say whether, and with what, you want to"
            " stand in the public list.\n\n"
            "%(sender)s"
        )
        queue_message(
            to=check.email, subject=subject, body=body % known, about=_about(check), at=at
        )


@transaction.atomic
def open_check(*, check: Check, at: datetime) -> None:
    """Note, once, that the personal address was opened."""
    if Check.objects.filter(pk=check.pk, opened_at__isnull=True).update(opened_at=at):
        _record("open_check", check, at)


@transaction.atomic
def confirm_entry(*, check: Check, at: datetime) -> Organization:
    """The organisation says that all is still right; a second click changes nothing more."""
    organization = _held(check)
    organization.confirmed_at = at
    organization.save(update_fields=["confirmed_at"])
    if Check.objects.filter(pk=check.pk, answered_at__isnull=True).update(answered_at=at):
        _record("confirm_entry", check, at)
    return organization


@transaction.atomic
def agree_to_listing(*, check: Check, shows: Sequence[str], at: datetime) -> Consent:
    """The organisation itself agrees to stand in the public list, with these ways to it."""
    organization = _held(check)
    return consented(organization, Purpose.LISTING, localdate(at), VISITOR, at, shows)


@transaction.atomic
def end_listing(*, check: Check, at: datetime) -> None:
    """The organisation itself takes that consent back; it is as easy as giving it."""
    organization = _held(check)
    standing = Consent.objects.select_for_update(of=("self",)).filter(
        organization=organization, purpose=Purpose.LISTING, revoked_at__isnull=True
    )
    for consent in standing:
        revoked(organization, consent, VISITOR, at)


def _held(check: Check) -> Organization:
    """The organisation, locked; Refused when its address has ended meanwhile."""
    rows = Organization.objects.select_for_update(of=("self",))
    organization = rows.get(pk=check.organization_id)
    check_in_use(organization)
    if not Check.objects.filter(pk=check.pk, ended_at__isnull=True).exists():
        raise Refused(_("This personal address has ended. Please ask us for a new one."))
    return organization


def _record(act: str, check: Check, at: datetime) -> None:
    subject = check.organization.subject
    record(act=f"network.{act}", subject=subject, by=VISITOR, at=at, data={"check": check.pk})
