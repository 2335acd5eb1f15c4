"""Reading people, offices, deputies and the journal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from richtschnur.accounts.models import Deputy, FailedLogin, Office, User
from richtschnur.accounts.states import Role
from richtschnur.journal.models import JournalEntry

REMEMBERED_FOR = timedelta(minutes=15)


def people() -> QuerySet[User]:
    """Everybody who has or had a login, with the office."""
    return User.objects.select_related("office").order_by("-is_active", "name")


def deputies(concerning: User | None = None) -> QuerySet[Deputy]:
    """All deputies, or those in which a person is absent or stands in; the latest first."""
    rows = Deputy.objects.select_related("absent", "stands_in").order_by("-from_on", "id")
    if concerning is None:
        return rows
    return rows.filter(Q(absent=concerning) | Q(stands_in=concerning))


def recent_failures(login: str, at: datetime) -> list[datetime]:
    """When this login failed within the last quarter of an hour, oldest first."""
    rows = FailedLogin.objects.filter(login=login.lower()[:60], failed_at__gt=at - REMEMBERED_FOR)
    return list(rows.order_by("failed_at").values_list("failed_at", flat=True))


def journal_entries(subject: str = "") -> QuerySet[JournalEntry]:
    """The journal, newest first; with a subject only what begins with it."""
    entries = JournalEntry.objects.order_by("-id")
    return entries.filter(subject__startswith=subject) if subject else entries


def names_of(entries: Iterable[JournalEntry]) -> dict[str, str]:
    """The names of the people in these entries, by their opaque id."""
    ids = {int(e.actor_id) for e in entries if e.actor_kind == "user" and e.actor_id.isdigit()}
    return {str(user.pk): str(user) for user in User.objects.filter(pk__in=ids)}


@dataclass(frozen=True)
class OfficeContact:
    """How an office is reached: its own mailbox, else the first of its people with an address."""

    office: Office
    name: str = ""
    email: str = ""


def office_contacts() -> list[OfficeContact]:
    """All offices by name with how they are reached; two queries."""
    people: dict[int | None, User] = {}
    working = User.objects.filter(is_active=True, office__isnull=False).exclude(email="")
    for user in sorted(working, key=lambda u: (u.role != Role.DEPARTMENT, u.name, u.pk)):
        people.setdefault(user.office_id, user)
    return [_contact(office, people.get(office.pk)) for office in Office.objects.all()]


def _contact(office: Office, person: User | None) -> OfficeContact:
    if office.email or person is None:
        return OfficeContact(office, email=office.email)
    return OfficeContact(office, person.name, person.email)


def stand_ins(on: date) -> dict[str, list[str]]:
    """For the address (lower case) of each absent person those of her deputies; one query."""
    found: dict[str, list[str]] = {}
    covering = Deputy.objects.filter(from_on__lte=on, until_on__gte=on, stands_in__is_active=True)
    for deputy in covering.select_related("absent", "stands_in").order_by("pk"):
        if deputy.absent.email and deputy.stands_in.email:
            found.setdefault(deputy.absent.email.lower(), []).append(deputy.stands_in.email)
    return found
