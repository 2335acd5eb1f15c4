"""Which act of a person can still be undone: her last one, as long as nobody went on from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry

TIME = timedelta(minutes=10)
MOST = 3000  # entries that one act writes, with room
UNDOABLE = {  # by act: what its entry must tell; entries of earlier releases don't
    "evaluation.tag_point": "before",
    "evaluation.assign_point": "before",
    "evaluation.group_points": "before",
    "evaluation.ungroup_point": "size",
    "evaluation.split_point": "new",
    "evaluation.join_points": "before",
    "evaluation.write_response": "before",
}


@dataclass(frozen=True)
class LastAct:
    """One act with its entries, one for each point; shown as `words` on `count` points."""

    entries: tuple[JournalEntry, ...]

    @property
    def name(self) -> str:
        return self.entries[0].act

    @property
    def uid(self) -> str:
        return str(self.entries[0].uid)

    @property
    def words(self) -> str:
        return self.entries[0].words

    @property
    def count(self) -> int:
        return len(self.entries)

    @property
    def saved(self) -> tuple[int, int] | None:
        """The point and version of an answer that is stored now: a browser need not keep it."""
        entry = self.entries[0]
        is_one = self.name == "evaluation.write_response"
        return (key_of(entry), entry.data["version"]) if is_one else None

    @property
    def until(self) -> datetime:
        return self.entries[0].at + TIME


def last_act(by: Actor, at: datetime) -> LastAct | None:
    """The last act on points of this person, or None where it can't be undone.

    One query, two after a split.
    """
    if by.kind != "user":
        return None
    recent = JournalEntry.objects.filter(at__gt=at - TIME)
    mine = recent.filter(actor_kind="user", actor_id=by.id)
    mine = mine.filter(Q(subject__startswith="point:") | Q(act="evaluation.finish_order"))
    newest = mine.order_by("-id").values("act", "at")[:1]
    went_on = recent.filter(subject=OuterRef("subject"), id__gt=OuterRef("id"))
    rows = mine.filter(act__in=newest.values("act"), at__in=newest.values("at")).order_by("id")
    rows = rows.annotate(went_on=Exists(went_on))
    entries = tuple(rows[:MOST])
    if not entries or UNDOABLE.get(entries[0].act) not in entries[0].data:
        return None
    if any(entry.went_on for entry in entries):
        return None
    made = [f"point:{entry.data['new']}" for entry in entries if "new" in entry.data]
    if made and recent.filter(subject__in=made).exists():
        return None
    return LastAct(entries)


def key_of(entry: JournalEntry) -> int:
    """The key of the point that an entry is about."""
    return int(entry.subject.partition(":")[2])
