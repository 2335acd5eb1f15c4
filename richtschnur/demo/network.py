"""The example's register: organisations, an advisory council, and a report that waits."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from richtschnur.accounts.models import User
from richtschnur.demo.source import read
from richtschnur.journal.actors import Actor
from richtschnur.network.models import Contact, Entry, Organization, entry_of
from richtschnur.network.operations import (
    add_organization,
    ask_to_check,
    confirm_entry,
    keep_body,
    keep_contact,
    keep_membership,
    record_consent,
    report_change,
)
from richtschnur.network.states import Purpose

LISTED_AFTER = timedelta(days=30)
ASKED_AGO = timedelta(days=60)


def fill_register(officer: User, *, at: datetime) -> dict[str, Organization]:
    """All organisations, by name; their register is a year old, so that some are to be asked."""
    example = read("network.json")
    by = officer.actor(at.date())
    founded_at = at - timedelta(days=example["founded_days_ago"])
    kept = {
        row["name"]: _keep(row, by, founded_at + timedelta(minutes=7 * number))
        for number, row in enumerate(example["organisations"])
    }
    for row in example["bodies"]:
        _body(row, kept, by, founded_at + LISTED_AFTER)
    asked_at = at - ASKED_AGO
    asked = [kept[name] for name in example["confirmed"]]
    for check in ask_to_check(organizations=asked, address=_address(), by=by, at=asked_at):
        confirm_entry(check=check, at=asked_at + timedelta(days=2))
    for row in example["reports"]:
        _report(row, kept[row["organisation"]], at)
    return kept


def _address() -> str:
    with override("de"):
        path = reverse("network:check", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"


def _keep(row: dict[str, Any], by: Actor, at: datetime) -> Organization:
    one = add_organization(entry=Entry.from_data(row), by=by, at=at)
    if person := row.get("contact"):
        keep_contact(organization=one, **person, by=by, at=at)
    if row["listed"] is not None:
        listed_at = at + LISTED_AFTER
        record_consent(
            organization=one,
            purpose=Purpose.LISTING,
            shows=row["listed"],
            given_on=listed_at.date(),
            by=by,
            at=listed_at,
        )
    return one


def _body(row: dict[str, Any], kept: dict[str, Organization], by: Actor, at: datetime) -> None:
    body = keep_body(kind=row["kind"], name=row["name"], purpose=row["purpose"], by=by, at=at)
    begins = date(at.year, 1, 1)
    for seat in row["seats"]:
        organization = kept[seat["organisation"]]
        people = Contact.objects.filter(organization=organization, name=seat.get("person"))
        keep_membership(
            body=body,
            organization=organization,
            contact=people.first(),
            function=seat["function"],
            from_on=begins,
            until_on=at.date() if seat.get("ended") else None,
            by=by,
            at=at,
        )


def _report(row: dict[str, Any], organization: Organization, at: datetime) -> None:
    shown = entry_of(organization)
    report_change(
        organization=organization,
        shown=shown,
        entry=Entry.from_data(shown.as_data() | row["changes"]),
        message=row["message"],
        reporter=row["reporter"],
        email=row["email"],
        language="de",
        at=at - timedelta(days=row["days_ago"]),
    )
