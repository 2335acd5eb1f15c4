"""What was done with a point, for its page: the journal's entries about it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from richtschnur.accounts.models import User
from richtschnur.evaluation.models import Point
from richtschnur.journal.models import JournalEntry

MOST = 100


@dataclass(frozen=True)
class Done:
    """One act on a point: what, when, by whom ("" for a machine or a visitor)."""

    what: str
    at: datetime
    who: str


def history_of(point: Point) -> list[Done]:
    """The newest first; two queries."""
    entries = list(JournalEntry.objects.filter(subject=f"point:{point.pk}").order_by("-id")[:MOST])
    keys = {entry.actor_id for entry in entries if entry.actor_kind == "user"}
    people = User.objects.in_bulk([int(key) for key in keys if key.isdecimal()])
    return [Done(entry.words, entry.at, str(people.get(_key(entry), ""))) for entry in entries]


def _key(entry: JournalEntry) -> int:
    is_user = entry.actor_kind == "user" and entry.actor_id.isdecimal()
    return int(entry.actor_id) if is_user else 0
