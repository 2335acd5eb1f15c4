"""Bodies and who sits in them."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.network.models import Body, Contact, Membership, Organization
from richtschnur.network.rules import check_in_use


@transaction.atomic
def keep_body(
    *,
    kind: str,
    name: str,
    by: Actor,
    at: datetime,
    purpose: str = "",
    body: Body | None = None,
) -> Body:
    """Keep a body, or new words on one. Raises Refused when another has this name."""
    require(by, "network.edit")
    others = Body.objects.filter(name__iexact=name)
    if body is not None:
        others = others.exclude(pk=body.pk)
    if others.exists():
        raise Refused(_("There is a body of this name already."), code="repeated")
    body = body or Body(created_at=at)
    body.kind, body.name, body.purpose = kind, name, purpose
    body.save()
    record(act="network.keep_body", subject=body.subject, by=by, at=at)
    return body


@transaction.atomic
def keep_membership(
    *,
    body: Body,
    by: Actor,
    at: datetime,
    organization: Organization | None = None,
    contact: Contact | None = None,
    function: str = "",
    from_on: date | None = None,
    until_on: date | None = None,
) -> Membership:
    """Give a seat to an organisation, a person, or a person for an organisation.

    Raises Refused without either, for a period that ends before it begins, and for archived ones.
    """
    require(by, "network.edit")
    if organization is None and contact is None:
        raise Refused(_("Please choose an organisation or name a person."), code="empty")
    if from_on and until_on and until_on < from_on:
        raise Refused(_("The last day lies before the first one."), code="period")
    if organization is not None:
        check_in_use(organization)
    seat, is_new = Membership.objects.get_or_create(
        body=body,
        organization=organization,
        contact=contact,
        function=function,
        from_on=from_on,
        until_on=until_on,
    )
    if not is_new:
        return seat  # a second click
    _record("keep_membership", seat, by, at)
    return seat


@transaction.atomic
def end_membership(*, membership: Membership, on: date, by: Actor, at: datetime) -> Membership:
    """`on` is the last day of the seat. Raises Refused when it lies before the first."""
    require(by, "network.edit")
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.from_on and on < membership.from_on:
        raise Refused(_("The last day lies before the first one."), code="period")
    membership.until_on = on
    membership.save(update_fields=["until_on"])
    _record("end_membership", membership, by, at)
    return membership


def _record(act: str, seat: Membership, by: Actor, at: datetime) -> None:
    data = {"membership": seat.pk, "organization": seat.organization_id}
    record(act=f"network.{act}", subject=f"body:{seat.body_id}", by=by, at=at, data=data)
