"""Asking somebody about points: one act, one mail with a personal address; more time, once more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.consultation.operations import Guest
from richtschnur.contributions.rules import check_text
from richtschnur.evaluation.models import Advice, Delegation, Point
from richtschnur.evaluation.operations.asking.mails import (
    Occasion,
    about,
    renew_delegation_secret,
    write_to_delegate,
)
from richtschnur.evaluation.rules import check_day_to_come, check_to_ask
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.operations import forget_messages


@transaction.atomic
def delegate_points(
    *,
    points: Iterable[Point],
    guest: Guest,
    question: str,
    due_on: date,
    address: str,
    asker: User,
    by: Actor,
    at: datetime,
) -> Delegation:
    """Ask an office or a body about these points until the end of a day, by one mail.

    `address` is the whole personal address with "{secret}" in it. Of grouped points only those
    that are named are asked about. Raises Refused when one is gone, closed, or this one is asked
    about it already, and without an e-mail address.
    """
    require(by, "evaluation.delegate")
    held = _held_points([point.pk for point in points])
    check_to_ask(held, question, due_on, at)
    if not guest.email:
        raise Refused(
            _("No e-mail address is known of “%(name)s”. Please write one.") % {"name": guest.name},
            code="email",
        )
    _check_asked_once(held, guest)
    delegation = Delegation(
        consultation=held[0].comment.contribution.consultation,
        office=guest.office,
        organization=guest.organization,
        name=guest.name,
        contact=guest.contact,
        email=guest.email,
        question=check_text(question).strip(),
        due_on=due_on,
        asked_by=asker,
        asked_at=at,
    )
    renew_delegation_secret(delegation)
    delegation.save(force_insert=True)
    Advice.objects.bulk_create(
        Advice(delegation=delegation, point=point, position=n) for n, point in enumerate(held)
    )
    mails = write_to_delegate(delegation, address=address, occasion=Occasion.ASKED, at=at)
    keys = [point.pk for point in held]
    record_about(delegation, "delegate_points", by, at, points=keys, due=str(due_on), mails=mails)
    return delegation


@transaction.atomic
def extend_delegation(
    *, delegation: Delegation, due_on: date, address: str, by: Actor, at: datetime
) -> Delegation:
    """Give more time, and tell by mail. Raises Refused unless it waits and the day is later."""
    require(by, "evaluation.delegate")
    delegation = held_delegation(delegation)
    check_waits(delegation)
    check_day_to_come(due_on, at)
    if due_on <= delegation.due_on:
        raise Refused(
            _("Please choose a later day than before: it never becomes shorter."), code="due_on"
        )
    delegation.due_on, delegation.reminded_at, delegation.missed_at = due_on, None, None
    delegation.save(update_fields=["due_on", "reminded_at", "missed_at"])
    forget_messages(about=about(delegation))
    mails = write_to_delegate(delegation, address=address, occasion=Occasion.EXTENSION, at=at)
    record_about(delegation, "extend_delegation", by, at, due=str(due_on), mails=mails)
    return delegation


@transaction.atomic
def send_delegation_again(
    *, delegation: Delegation, email: str, address: str, by: Actor, at: datetime
) -> Delegation:
    """Make another personal address and mail it, perhaps elsewhere; the old one ends.

    What was saved stays. Raises Refused unless it waits, and after its day.
    """
    require(by, "evaluation.delegate")
    delegation = held_delegation(delegation)
    check_waits(delegation)
    if delegation.is_overdue(localdate(at)):
        raise Refused(_("The day has gone by. Please give more time first."), code="over")
    delegation.email = email or delegation.email
    renew_delegation_secret(delegation)
    delegation.save(update_fields=["email", "nonce", "secret_digest"])
    forget_messages(about=about(delegation))
    mails = write_to_delegate(delegation, address=address, occasion=Occasion.ASKED, at=at)
    record_about(delegation, "send_delegation_again", by, at, mails=mails)
    return delegation


def _held_points(keys: list[int]) -> list[Point]:
    rows = Point.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = list(rows.select_related("comment__contribution__consultation__strategy"))
    if len(found) < len(set(keys)):
        raise Refused(
            _("There is no such point any more; perhaps it was joined with the one before it."),
            code="not-found",
        )
    return sorted(found, key=lambda point: keys.index(point.pk))


def _check_asked_once(points: list[Point], guest: Guest) -> None:
    waiting = Advice.objects.filter(
        point__in=points,
        delegation__name__iexact=guest.name,
        delegation__handed_in_at=None,
        delegation__withdrawn_at=None,
    )
    if waiting.exists():
        raise Refused(
            _("“%(name)s” is asked about one of these points already. Nothing was sent.")
            % {"name": guest.name},
            code="repeated",
        )


def held_delegation(delegation: Delegation) -> Delegation:
    """The row as it stands, held until the act ends."""
    rows = Delegation.objects.select_for_update(of=("self",))
    return rows.select_related("consultation__strategy").get(pk=delegation.pk)


def check_waits(delegation: Delegation) -> None:
    """Raise Refused when it has come back or was withdrawn."""
    if not delegation.is_waiting:
        raise Refused(
            _("It has come back or was withdrawn: there is nothing to wait for."),
            code="transition",
        )


def record_about(delegation: Delegation, act: str, by: Actor, at: datetime, **data: Any) -> None:
    """One journal entry about a delegation, without anybody's words."""
    record(
        act=f"evaluation.{act}",
        subject=f"consultation:{delegation.consultation.slug}",
        by=by,
        at=at,
        data=data | {"delegation": delegation.pk},
    )
