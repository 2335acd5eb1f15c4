"""What the worker writes: to who was asked, then to the officer; and to whom answers are due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from richtschnur.accounts.models import User
from richtschnur.accounts.queries import stand_ins
from richtschnur.evaluation.models import Delegation, Point
from richtschnur.evaluation.operations.asking.delegating import held_delegation, record_about
from richtschnur.evaluation.operations.asking.mails import (
    Occasion,
    about,
    write_to_delegate,
)
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import SYSTEM
from richtschnur.journal.operations import record
from richtschnur.mail.models import Message
from richtschnur.mail.operations import queue_message
from richtschnur.ui.moments import day_in_words

DAYS_BEFORE = timedelta(days=3)
LEFT_ALONE_FOR = timedelta(days=1)
RESTS_FOR = timedelta(days=7)  # between two mails about the same answers


def remind_delegates(*, at: datetime, address: Callable[[str], str]) -> int:
    """Remind once before the day, and once after it tell both sides; says how many were reminded.

    `address(language)` gives the personal address with "{secret}" in it. Bears repeating.
    """
    today = localdate(at)
    waiting = Delegation.objects.filter(handed_in_at=None, withdrawn_at=None)
    soon = Q(due_on__range=(today, today + DAYS_BEFORE), reminded_at=None)
    due = waiting.filter(soon, asked_at__lte=at - LEFT_ALONE_FOR)
    missed = waiting.filter(due_on__lt=today, missed_at=None)
    reminded = sum(_remind(pk, at, address) for pk in due.values_list("pk", flat=True))
    return reminded + sum(_miss(pk, at) for pk in missed.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: int, at: datetime, address: Callable[[str], str]) -> int:
    delegation = held_delegation(Delegation(pk=pk))
    if not delegation.is_waiting or delegation.reminded_at is not None:
        return 0
    delegation.reminded_at = at
    delegation.save(update_fields=["reminded_at"])
    link = address(delegation.consultation.strategy.language)
    mails = write_to_delegate(delegation, address=link, occasion=Occasion.REMINDER, at=at)
    record_about(delegation, "remind_delegate", SYSTEM, at, mails=mails)
    return 1


@transaction.atomic
def _miss(pk: int, at: datetime) -> int:
    """The day has gone by: who was asked is told, and it falls back to the officer."""
    delegation = held_delegation(Delegation(pk=pk))
    if not delegation.is_waiting or delegation.missed_at is not None:
        return 0
    delegation.missed_at = at
    delegation.save(update_fields=["missed_at"])
    mails = write_to_delegate(delegation, address="", occasion=Occasion.MISSED, at=at)
    mails += _tell_officer(delegation, at)
    record_about(delegation, "miss_delegation", SYSTEM, at, mails=mails)
    return 1


def _tell_officer(delegation: Delegation, at: datetime) -> int:
    known = {"name": delegation.name, "title": delegation.consultation.title}
    with override(settings.LANGUAGE_CODE):
        path = reverse("evaluation:delegation", args=[delegation.consultation.slug, delegation.pk])
        known |= {"link": _whole(path), "day": day_in_words(delegation.due_on)}
        subject = _("Nothing came from %(name)s: %(title)s") % known
        body = _(
            "Good day,\n\n"
            "you asked %(name)s about “%(title)s” until %(day)s, and nothing came. Give more time,"
            " ask somebody else, or answer yourself:\n%(link)s\n"
        )
        return _mail(delegation.asked_by, subject, body % known, about(delegation), at)


def remind_assignees(*, at: datetime) -> int:
    """One mail about all answers that are due soon or overdue, to each person at most once a day.

    Written when something has newly come near or passed its day, else once a week. Who stands in
    for an absent person gets the mail, too. Says how many people were reminded.
    """
    today = localdate(at)
    waiting = Point.objects.filter(
        state__in=[PointState.OPEN, PointState.DRAFT],
        assignee__is_active=True,
        due_on__lte=today + DAYS_BEFORE,
    ).exclude(assignee__email="")
    days: dict[int, list[date]] = {}
    for assignee, due_on in waiting.order_by().values_list("assignee", "due_on"):
        if assignee is not None and due_on is not None:
            days.setdefault(assignee, []).append(due_on)
    people = User.objects.filter(pk__in=days)
    return sum(_remind_assignee(user, days[user.pk], at) for user in people)


@transaction.atomic
def _remind_assignee(user: User, days: list[date], at: datetime) -> int:
    User.objects.select_for_update().get(pk=user.pk)  # another worker waits
    name, today = f"answers-due:{user.pk}", localdate(at)
    last = Message.objects.filter(about=name).order_by("-queued_at").first()
    if last is not None and not _has_news(days, localdate(last.queued_at), today):
        return 0
    overdue = sum(day < today for day in days)
    with override(settings.LANGUAGE_CODE):
        _mail(user, *_digest(days, overdue), name, at)
    data = {"points": len(days), "overdue": overdue}
    record(act="evaluation.remind_assignee", subject=f"user:{user.pk}", by=SYSTEM, at=at, data=data)
    return 1


def _has_news(days: list[date], last: date, today: date) -> bool:
    if last >= today:
        return False
    steps = [on for day in days for on in (day - DAYS_BEFORE, day + timedelta(days=1))]
    return today - last >= RESTS_FOR or any(last < on <= today for on in steps)


def _digest(days: list[date], overdue: int) -> tuple[str, str]:
    count = len(days)
    known = {
        "n": count,
        "day": day_in_words(min(days)),
        "overdue": overdue,
        "link": _whole(reverse("evaluation:consultations")),
    }
    subject = ngettext("%(n)d answer is due", "%(n)d answers are due", count) % known
    if overdue:
        late = ngettext(
            "%(overdue)d of them is overdue.", "%(overdue)d of them are overdue.", overdue
        )
    else:
        late = _("None of them is overdue.")
    body = ngettext(
        "Good day,\n\n%(n)d answer waits for you, due on %(day)s. %(late)s\n\n%(link)s\n",
        "Good day,\n\n%(n)d answers wait for you, the first due on %(day)s. %(late)s\n\n%(link)s\n",
        count,
    )
    return subject, body % (known | {"late": late % known})


def _whole(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"


def _mail(user: User, subject: str, body: str, name: str, at: datetime) -> int:
    """To a member of staff, and to who stands in for her today."""
    if not user.email:
        return 0
    deputies = stand_ins(localdate(at)).get(user.email.lower(), [])
    addresses = list(dict.fromkeys([user.email, *deputies]))
    for to in addresses:
        queue_message(to=to, subject=subject, body=body, about=name, at=at)
    return len(addresses)
