"""Mails that people send instead of a form: kept as they came, assigned, made contributions."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import IncomingMail, MailCursor, digest
from richtschnur.contributions.operations.attaching import NewFile, receive_file
from richtschnur.contributions.operations.submission import Submitted, submit_contribution
from richtschnur.contributions.states import Channel, MailState
from richtschnur.files.operations import drop_held, hold_file, store_held
from richtschnur.journal.actors import SYSTEM, Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.mail.fetching import Fetched
from richtschnur.mail.parsing import ReadMail, read_mail

_SUBJECT_TAG = re.compile(r"\[([a-z0-9-]{3,100})\]", re.IGNORECASE)


def keep_mail(*, fetched: Fetched, account: str, at: datetime) -> IncomingMail | None:
    """Store one mail and how far the mailbox is read, in one transaction; None for a double.

    Whoever dies before the end leaves it to the next turn; a second turn finds what is stored.
    """
    read = read_mail(fetched.raw)
    key = mail_key(read, fetched.raw)
    with tempfile.NamedTemporaryFile(prefix="richtschnur-") as file:
        file.write(fetched.raw)
        file.flush()
        held = hold_file(source=Path(file.name))
    try:
        return _keep(fetched, read, key, held, account, at)
    finally:
        drop_held(key=held)


@transaction.atomic
def _keep(
    fetched: Fetched, read: ReadMail, key: str, held: str, account: str, at: datetime
) -> IncomingMail | None:
    MailCursor.objects.update_or_create(
        account=account, defaults={"validity": fetched.validity, "uid": fetched.uid}
    )
    if IncomingMail.objects.filter(key=key).exists():
        return None
    stored = store_held(key=held, name=f"{key[:12]}.eml", media_type="message/rfc822", at=at)
    mail = IncomingMail.objects.create(
        key=key,
        file=stored,
        sender_name=read.sender_name,
        sender_email=read.sender_email,
        subject=read.subject,
        received_at=fetched.arrived_at,
        fetched_at=at,
        state=(state := _state(read, fetched)),
        aside_at=at if state == MailState.ASIDE else None,
        consultation=addressed(read),
    )
    data = {"sha256": stored.sha256, "state": mail.state}
    record(act="contributions.keep_mail", subject=f"mail:{mail.pk}", by=SYSTEM, at=at, data=data)
    return mail


def mail_key(read: ReadMail, raw: bytes) -> str:
    """By what a mail is known again: its number and what it says.

    The number alone is no proof: broken programs give one number to several mails, and nothing of
    what people wrote may be lost.
    """
    files = " ".join(hashlib.sha256(file.data).hexdigest() for file in read.files)
    if not read.message_id:
        return hashlib.sha256(raw).hexdigest()
    said = (read.message_id, read.sender_email, read.subject, read.text, files)
    return digest("\0".join(said))


def _state(read: ReadMail, fetched: Fetched) -> str:
    if fetched.is_cut:
        return MailState.TOO_LARGE
    return MailState.ASIDE if read.automatic else MailState.WAITING


def addressed(read: ReadMail) -> Consultation | None:
    """The consultation that an address like name+TAG@… or a subject with [TAG] speaks of."""
    tags = [address.partition("@")[0].partition("+")[2] for address in read.recipients]
    tags += [tag.lower() for tag in _SUBJECT_TAG.findall(read.subject)]
    named = Consultation.objects.in_bulk([t for t in tags if t], field_name="slug")
    return next((named[tag] for tag in tags if tag in named), None)


@transaction.atomic
def assign_mail(
    *, mail: IncomingMail, consultation: Consultation | None, by: Actor, at: datetime
) -> None:
    """Say which consultation a mail speaks of."""
    require(by, "contributions.record")
    _check_unrecorded(mail)
    waiting = MailState.WAITING
    rows = IncomingMail.objects.filter(pk=mail.pk)
    rows.update(consultation=consultation, state=waiting, aside_at=None)
    data = {"consultation": consultation.slug if consultation else ""}
    record(act="contributions.assign_mail", subject=f"mail:{mail.pk}", by=by, at=at, data=data)


@transaction.atomic
def set_mail_aside(*, mail: IncomingMail, by: Actor, at: datetime) -> None:
    """This mail is no contribution; it can be taken up again until it is erased."""
    require(by, "contributions.record")
    _check_unrecorded(mail)
    IncomingMail.objects.filter(pk=mail.pk).update(state=MailState.ASIDE, aside_at=at)
    record(act="contributions.set_mail_aside", subject=f"mail:{mail.pk}", by=by, at=at)


@transaction.atomic
def record_mail(
    *, mail: IncomingMail, by: Actor, at: datetime, files: Sequence[NewFile] = (), **said: Any
) -> Submitted:
    """Make a contribution of a mail, once; `said` goes to `submit_contribution`."""
    submitted = submit_contribution(
        **said
        | {
            "idempotency_key": f"mail:{mail.key}",
            "channel": Channel.EMAIL,
            "received_at": mail.received_at,
        },
        files=files,
        by=by,
        at=at,
    )
    rows = IncomingMail.objects.filter(pk=mail.pk)
    rows.update(
        state=MailState.RECORDED,
        contribution=submitted.contribution,
        consultation=submitted.contribution.consultation,
    )
    return submitted


def files_of(read: ReadMail) -> tuple[list[NewFile], list[str]]:
    """The files of a mail, looked at and held; and why some can't be taken."""
    taken, refused = [], []
    for file in read.files:
        with tempfile.NamedTemporaryFile(prefix="richtschnur-") as target:
            target.write(file.data)
            target.flush()
            try:
                taken.append(receive_file(source=Path(target.name), name=file.name))
            except Refused as error:
                refused.append(str(error))
    return taken, refused


def _check_unrecorded(mail: IncomingMail) -> None:
    """As it stands now, held until the act ends: the worker may be erasing it."""
    mail = IncomingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
    if mail.state == MailState.ERASED:
        raise Refused(_("This mail was erased, because its time was over."), code="not-found")
    if mail.contribution_id is not None:
        raise Refused(_("This mail is a contribution already, and stays one."))
