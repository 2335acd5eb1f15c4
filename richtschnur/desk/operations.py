"""Writing notes, and ticking them off."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from richtschnur.accounts.models import User
from richtschnur.accounts.rules import require
from richtschnur.desk.models import Note
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused


@transaction.atomic
def write_note(
    *,
    text: str,
    author: User,
    by: Actor,
    at: datetime,
    subject: str = "",
    follow_up_on: date | None = None,
) -> Note:
    """Write a note on something, perhaps with a day on which it comes back."""
    require(by, "desk.use")
    if not text.strip():
        raise Refused(_("A note needs a few words."))
    note = Note.objects.create(
        subject=subject,
        text=text.strip(),
        written_by=author,
        written_at=at,
        follow_up_on=follow_up_on,
    )
    record(act="desk.write_note", subject=subject or f"note:{note.pk}", by=by, at=at)
    return note


@transaction.atomic
def tick_note(*, note: Note, by: Actor, at: datetime) -> Note:
    """Mark a follow-up as done, or as open again."""
    require(by, "desk.use")
    note.done_at = None if note.done_at else at
    note.save(update_fields=["done_at"])
    record(act="desk.tick_note", subject=note.subject or f"note:{note.pk}", by=by, at=at)
    return note
