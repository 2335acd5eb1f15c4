"""Mails that are no contribution do not stay for ever: what was set aside goes after some time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Coalesce

from richtschnur.contributions.models import IncomingMail
from richtschnur.contributions.states import MailState
from richtschnur.county.queries import the_county
from richtschnur.files.operations import erase_bytes
from richtschnur.journal.actors import SYSTEM
from richtschnur.journal.operations import record

AT_ONCE = 500


@transaction.atomic
def erase_mails_aside(*, at: datetime) -> int:
    """Erase mails that were set aside longer ago than the county keeps them; says how many.

    What stays is that one came, when, and the digest by which it is known again. The bytes go
    before the commit: whoever dies in between leaves a row that the next turn finds.
    """
    days = the_county().mails_kept_days
    set_aside_at = Coalesce("aside_at", "fetched_at")
    old = IncomingMail.objects.filter(state=MailState.ASIDE, contribution__isnull=True)
    old = old.annotate(since=set_aside_at).filter(since__lte=at - timedelta(days=days))
    rows = list(old.select_for_update(of=("self",)).select_related("file").order_by("pk")[:AT_ONCE])
    if not rows:
        return 0
    for mail in rows:
        erase_bytes(file=mail.file)
    IncomingMail.objects.filter(pk__in=[mail.pk for mail in rows]).update(
        state=MailState.ERASED, sender_name="", sender_email="", subject="", consultation=None
    )
    data = {"mails": len(rows), "days": days}
    record(act="contributions.erase_mails", subject="mails", by=SYSTEM, at=at, data=data)
    return len(rows)
