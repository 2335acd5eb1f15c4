"""Adding, changing, archiving and bringing back an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.network.models import Check, Entry, Organization, changed_fields, entry_of
from richtschnur.network.operations.people import end_listing_consent
from richtschnur.network.operations.writing import write_entry
from richtschnur.network.rules import check_in_use


@transaction.atomic
def add_organization(*, entry: Entry, by: Actor, at: datetime) -> Organization:
    """A new organisation; public only after a consent. Raises Refused without a name."""
    require(by, "network.edit")
    return added(entry, by, at)


def added(entry: Entry, by: Actor, at: datetime, **more: Any) -> Organization:
    """The same inside another act of the register, which has asked the rules."""
    organization = Organization(created_at=at, changed_at=at)
    write_entry(organization, entry, at)
    _record("add_organization", organization, by, at, more)
    return organization


@transaction.atomic
def change_organization(
    *,
    organization: Organization,
    entry: Entry,
    by: Actor,
    at: datetime,
    seen: datetime | None = None,
) -> Organization:
    """Make the register say this. `seen` is the `changed_at` that the person had before her.

    Raises Refused (code "stale") when somebody changed it since then, and for archived ones.
    """
    require(by, "network.edit")
    organization = held(organization)
    check_in_use(organization)
    if seen is not None and organization.changed_at != seen:
        raise Refused(
            _(
                "Somebody else has changed this organisation meanwhile. Please look at the present"
                " entry and make your change once more."
            ),
            code="stale",
        )
    changed(organization, entry, by, at)
    return organization


def held(organization: Organization) -> Organization:
    """The row, locked until the act is done."""
    return Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)


def changed(
    organization: Organization, entry: Entry, by: Actor, at: datetime, **more: Any
) -> Sequence[str]:
    """Write it when it differs; says in which fields. Inside another act that asked the rules."""
    fields = changed_fields(entry_of(organization), entry)
    if fields:
        write_entry(organization, entry, at)
        data = {"fields": list(fields)} | more
        _record("change_organization", organization, by, at, data)
    return fields


@transaction.atomic
def archive_organization(*, organization: Organization, by: Actor, at: datetime) -> Organization:
    """Out of all lists and choices; nothing is deleted, and it can be brought back."""
    require(by, "network.edit")
    organization = held(organization)
    check_in_use(organization)
    put_away(organization, at)
    _record("archive_organization", organization, by, at, {})
    return organization


def put_away(organization: Organization, at: datetime) -> None:
    """Archive it: its public entry and its personal addresses end."""
    end_listing_consent(organization, at)
    Check.objects.filter(organization=organization, ended_at__isnull=True).update(
        ended_at=at, email=""
    )
    organization.archived_at = at
    organization.save(update_fields=["archived_at", "listed"])


@transaction.atomic
def restore_organization(*, organization: Organization, by: Actor, at: datetime) -> Organization:
    """Back from the archive; not public until it agrees anew. Raises Refused for a merged one."""
    require(by, "network.edit")
    organization = held(organization)
    if organization.merged_into_id is not None:
        raise Refused(_("This organisation was merged into another one and stays there."))
    if organization.archived_at is None:
        raise Refused(_("This organisation is not in the archive."), code="repeated")
    organization.archived_at = None
    organization.save(update_fields=["archived_at"])
    _record("restore_organization", organization, by, at, {})
    return organization


def _record(
    act: str, organization: Organization, by: Actor, at: datetime, data: dict[str, Any]
) -> None:
    record(act=f"network.{act}", subject=organization.subject, by=by, at=at, data=data)
