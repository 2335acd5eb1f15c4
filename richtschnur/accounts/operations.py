"""Adding people, offices and deputies."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import Deputy, Office, User
from richtschnur.accounts.rules import require
from richtschnur.accounts.states import Role
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def add_office(*, short: str, name: str, is_outside: bool, by: Actor, at: datetime) -> Office:
    """Add an office or an outside body."""
    require(by, "accounts.administer")
    office = Office.objects.create(short=short, name=name, is_outside=is_outside)
    record(act="accounts.add_office", subject=f"office:{office.pk}", by=by, at=at)
    return office


@transaction.atomic
def add_user(
    *,
    login: str,
    role: str,
    password: str,
    by: Actor,
    at: datetime,
    name: str = "",
    email: str = "",
    office: Office | None = None,
    one_time: bool = True,
) -> User:
    """Add a member of staff; a one-time password must be changed at the first login.

    Raises Refused when the role is unknown or the login is taken.
    """
    require(by, "accounts.administer")
    if role not in Role.values:
        roles = ", ".join(Role.values)
        raise Refused(_("There is no role “%(role)s”. Roles: %(roles)s.") % locals())
    if User.objects.filter(login__iexact=login).exists():
        raise Refused(_("The login “%(login)s” is taken. Please choose another.") % locals())
    user = User(login=login, role=role, name=name or login, email=email, office=office)
    user.must_change_password = one_time
    user.set_password(password)
    user.full_clean()
    user.save()
    record(act="accounts.add_user", subject=f"user:{user.pk}", by=by, at=at, data={"role": role})
    return user


@transaction.atomic
def change_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Set a password that the person chose."""
    require(by, "accounts.use")
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    record(act="accounts.change_password", subject=f"user:{user.pk}", by=by, at=at)


@transaction.atomic
def name_deputy(
    *, absent: User, stands_in: User, from_on: date, until_on: date, by: Actor, at: datetime
) -> Deputy:
    """Let someone stand in from one day until another, both included."""
    if by.id != str(absent.pk):
        require(by, "accounts.administer")
    if until_on < from_on:
        raise Refused(_("The last day lies before the first. Please correct the dates."))
    if absent == stands_in:
        raise Refused(_("Nobody can stand in for herself. Please choose another person."))
    deputy = Deputy.objects.create(
        absent=absent, stands_in=stands_in, from_on=from_on, until_on=until_on
    )
    record(
        act="accounts.name_deputy",
        subject=f"user:{absent.pk}",
        by=by,
        at=at,
        data={"stands_in": stands_in.pk, "from": str(from_on), "until": str(until_on)},
    )
    return deputy
