"""Adding people, offices and deputies."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.accounts.models import Deputy, FailedLogin, Office, User
from richtschnur.accounts.rules import require
from richtschnur.accounts.states import Role
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def add_office(
    *, short: str, name: str, is_outside: bool, by: Actor, at: datetime, email: str = ""
) -> Office:
    """Add an office or an outside body, perhaps with the address of its common mailbox."""
    require(by, "accounts.administer")
    office = Office.objects.create(short=short, name=name, email=email, is_outside=is_outside)
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
def reset_password(*, user: User, password: str, by: Actor, at: datetime) -> None:
    """Give a person a one-time password, to be changed at the next login."""
    require(by, "accounts.administer")
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    record(act="accounts.reset_password", subject=f"user:{user.pk}", by=by, at=at)


@transaction.atomic
def change_user(
    *,
    user: User,
    name: str,
    email: str,
    role: str,
    office: Office | None,
    is_active: bool,
    by: Actor,
    at: datetime,
) -> User:
    """Change a person's name, role and office, or close her account.

    Raises Refused when the last open account of the administration would be closed or changed.
    """
    require(by, "accounts.administer")
    others = User.objects.filter(role=Role.ADMINISTRATION, is_active=True).exclude(pk=user.pk)
    if (role != Role.ADMINISTRATION or not is_active) and not others.exists():
        raise Refused(
            _("This is the last account of the administration. Please add another one first.")
        )
    user.name, user.email, user.role = name, email, role
    user.office, user.is_active = office, is_active
    user.full_clean()
    user.save(update_fields=["name", "email", "role", "office", "is_active"])
    data = {"role": role, "active": is_active}
    record(act="accounts.change_user", subject=f"user:{user.pk}", by=by, at=at, data=data)
    return user


def note_failed_login(*, login: str, at: datetime) -> None:
    """Remember for a day that a login failed."""
    FailedLogin.objects.filter(failed_at__lt=at - timedelta(days=1)).delete()
    FailedLogin.objects.create(login=login.lower()[:60], failed_at=at)


def forget_failed_logins(*, login: str) -> None:
    """After a login that worked the count begins anew."""
    FailedLogin.objects.filter(login=login.lower()[:60]).delete()


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


@transaction.atomic
def end_deputy(*, deputy: Deputy, by: Actor, at: datetime) -> None:
    """From today on nobody stands in any more; one that has not begun is taken back."""
    if by.id != str(deputy.absent_id):
        require(by, "accounts.administer")
    today = localdate(at)
    if deputy.from_on >= today:
        deputy.delete()
    else:
        deputy.until_on = min(deputy.until_on, today - timedelta(days=1))
        deputy.save(update_fields=["until_on"])
    record(act="accounts.end_deputy", subject=f"user:{deputy.absent_id}", by=by, at=at)
