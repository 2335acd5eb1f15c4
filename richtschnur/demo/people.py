"""The example's county, offices and staff."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from richtschnur.accounts.models import Office, User
from richtschnur.accounts.operations import add_office, add_user, name_deputy
from richtschnur.county.operations import set_up_county
from richtschnur.demo.source import DATA, read
from richtschnur.journal.actors import CLI

SAMPLE_PASSWORD = "lindenblatt-2027"  # noqa: S105 – printed for everyone who tries it


def set_up(*, at: datetime) -> None:
    """Name, coat of arms, colour and contact of the example county."""
    county = read("county.json")
    address = county["address"]
    set_up_county(
        name=county["name"],
        accent=county["accent_color"],
        office=address["institution"],
        email=county["contact"]["email"],
        phone=county["contact"]["phone"],
        address=f"{address['street']}\n{address['postal_code']} {address['town']}",
        municipalities="\n".join(town["name"] for town in county["municipalities"]),
        coat_of_arms=DATA / county["wappen"],
        by=CLI,
        at=at,
    )


def add_people(*, at: datetime) -> dict[str, User]:
    """All offices and staff, by login; only the sample logins have a password that is known."""
    offices: dict[str, Office] = {}
    for row in read("county.json")["offices"]:
        offices[row["short"]] = add_office(
            short=row["short"],
            name=row["name"],
            email=row["email"],
            is_outside=row["outside"],
            by=CLI,
            at=at,
        )
    people = {}
    for row in read("county.json")["staff"]:
        people[row["login"]] = add_user(
            login=row["login"],
            role=row["role"],
            password=SAMPLE_PASSWORD if row["sample"] else secrets.token_urlsafe(16),
            name=row["name"],
            email=row["email"],
            office=offices[row["office"]],
            one_time=False,
            by=CLI,
            at=at,
        )
    return people


def name_a_deputy(people: dict[str, User], *, at: datetime) -> None:
    """The head of the main office stands in for the head of the integration office."""
    name_deputy(
        absent=people["oltmanns"],
        stands_in=people["wirsching"],
        from_on=at.date() + timedelta(days=1),
        until_on=at.date() + timedelta(days=14),
        by=CLI,
        at=at,
    )


def sample_logins() -> str:
    """What `demo` prints: the three sample logins."""
    rows = [row for row in read("county.json")["staff"] if row["sample"]]
    width = max(len(row["login"]) for row in rows)
    lines = [f"  {r['login']:{width}}  {SAMPLE_PASSWORD}  {r['role']} – {r['title']}" for r in rows]
    return "Sample logins (login, password, role):\n" + "\n".join(lines) + "\n"
