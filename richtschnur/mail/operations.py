"""Queueing a message with the act, and sending what waits."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import Q

from richtschnur.mail.models import Message, MessageState

RETRY_AFTER = tuple(timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440))


def queue_message(*, to: str, subject: str, body: str, about: str, at: datetime) -> Message:
    """Write a message into the outbox, in the transaction of the act that causes it."""
    one_line = " ".join(subject.split())
    return Message.objects.create(
        to=to, subject=one_line[:200], body=body, about=about, queued_at=at, next_try_at=at
    )


def deliver_waiting(*, at: datetime, limit: int = 50) -> int:
    """Send what is due; says how many were sent.

    A message is claimed in one transaction and marked in another, so that no lock is held while
    the mail server answers; whoever dies in between causes a second mail, never a lost one.
    Without a mail server in the settings everything waits.
    """
    if not settings.EMAIL_HOST:
        return 0
    due = Message.objects.filter(state=MessageState.WAITING, next_try_at__lte=at)
    return sum(
        _deliver(pk, at) for pk in list(due.order_by("id").values_list("pk", flat=True)[:limit])
    )


def _deliver(pk: int, at: datetime) -> int:
    message = _claim(pk, at)
    if message is None:
        return 0
    try:
        mail = EmailMessage(message.subject, message.body, to=[message.to])
        get_connection(fail_silently=False).send_messages([mail])
    except (OSError, ValueError) as error:  # ValueError: an address that can't be written
        _note_trouble(message, error)
        return 0
    Message.objects.filter(pk=pk).update(
        state=MessageState.SENT, sent_at=at, to="", body="", trouble=""
    )
    return 1


@transaction.atomic
def _claim(pk: int, at: datetime) -> Message | None:
    rows = Message.objects.select_for_update(skip_locked=True)
    message = rows.filter(pk=pk, state=MessageState.WAITING, next_try_at__lte=at).first()
    if message is not None:
        message.next_try_at = at + RETRY_AFTER[min(message.tries, len(RETRY_AFTER) - 1)]
        message.tries += 1
        message.save(update_fields=["next_try_at", "tries"])
    return message


def _note_trouble(message: Message, error: Exception) -> None:
    """Only the kind of trouble is kept: mail servers repeat the address in their words."""
    spent = message.tries >= len(RETRY_AFTER)
    message.state = MessageState.FAILED if spent else MessageState.WAITING
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None) or ""
    message.trouble = f"{type(error).__name__} {code}".strip()
    message.save(update_fields=["state", "trouble"])


def forget_messages(*, about: str) -> None:
    """Empty what waits or failed about one thing and its parts ("thing:part"); none is sent."""
    named = Q(about=about) | Q(about__startswith=f"{about}:")
    unsent = Message.objects.filter(named).exclude(state=MessageState.SENT)
    unsent.update(state=MessageState.FAILED, to="", body="", trouble="")
