"""Forgetting who sent something; the words and the journal are not touched by it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import transaction

from richtschnur.accounts.rules import require
from richtschnur.contributions.models import Consent, Contribution, IncomingMail, Sender
from richtschnur.contributions.states import Channel
from richtschnur.files.operations import erase_bytes
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.mail.operations import forget_messages


def forget_person(contribution: Contribution, at: datetime) -> int:
    """Empty every row that names the sender, within an act; says how many consents it ended."""
    Sender.objects.filter(contribution=contribution).update(name="", organisation="", email="")
    mails = IncomingMail.objects.filter(contribution=contribution)
    mails.update(sender_name="", sender_email="")
    forget_messages(about=contribution.subject)
    ended = Consent.objects.filter(contribution=contribution, revoked_at__isnull=True)
    return ended.update(revoked_at=at)


@transaction.atomic
def forget_sender(*, contribution: Contribution, by: Actor, at: datetime) -> None:
    """Delete name, organisation and address for good, and end the consents given with them."""
    require(by, "contributions.forget_sender")
    count = forget_person(contribution, at)
    _forget_mail(contribution)
    record(
        act="contributions.forget_sender",
        subject=contribution.subject,
        by=by,
        at=at,
        data={"consents_ended": count},
    )


def _forget_mail(contribution: Contribution) -> None:
    """The mail that it came by names its sender in its head: it goes, the contribution stays."""
    if contribution.channel != Channel.EMAIL:
        return
    came = IncomingMail.objects.filter(contribution=contribution).select_related("file")
    for mail in came:
        IncomingMail.objects.filter(pk=mail.pk).update(sender_name="", sender_email="", subject="")
        transaction.on_commit(partial(erase_bytes, file=mail.file))
