"""Writing the journal: entries with the act, the chain afterwards, reactions in between."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from richtschnur.journal import commitments
from richtschnur.journal.actors import Actor
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.writing import insert, update_all

Reaction = Callable[[JournalEntry], None]
_reactions: dict[str, list[Reaction]] = {}
SEALING = 0x5EA1  # the number of the sealers' lock in PostgreSQL


def react(act: str, reaction: Reaction) -> None:
    """Let a later stage follow an earlier one's act, within the same transaction."""
    if reaction not in _reactions.setdefault(act, []):
        _reactions[act].append(reaction)


def record(
    *,
    act: str,
    subject: str,
    by: Actor,
    at: datetime,
    data: dict[str, Any] | None = None,
    made: Any = None,
) -> JournalEntry:
    """Write one entry; call it inside the act's transaction. `data` holds no text of people.

    `made` is what the act has made: reactions find it at the entry and need not ask for it.
    """
    entry = _entry(act, subject, by, at, data)
    _write([entry])
    entry.made = made
    _tell(entry)
    return entry


def record_each(
    *, act: str, by: Actor, at: datetime, about: Sequence[tuple[str, dict[str, Any]]]
) -> list[JournalEntry]:
    """Write one entry for each (subject, data) of an act on many things, in one statement."""
    entries = [_entry(act, subject, by, at, data) for subject, data in about]
    _write(entries)
    for entry in entries:
        _tell(entry)
    return entries


def _entry(
    act: str, subject: str, by: Actor, at: datetime, data: dict[str, Any] | None
) -> JournalEntry:
    salt = secrets.token_bytes(commitments.SALT_BYTES)
    entry = JournalEntry(
        uid=uuid.uuid4(),
        at=at.astimezone(UTC),
        actor_kind=by.kind,
        actor_id=by.id,
        actor_role=by.role,
        act=act,
        subject=subject,
        data=data or {},
        salt=salt,
    )
    entry.commitment = commitments.commit(entry.content(), salt=salt)
    return entry


def _write(entries: list[JournalEntry]) -> None:
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("an act and its journal entry belong in one transaction")
    insert(entries)


def _tell(entry: JournalEntry) -> None:
    for reaction in _reactions.get(entry.act, ()):
        reaction(entry)


def _wait_for_other_sealers() -> None:
    """One sealer at a time, until its transaction ends; SQLite has one writer anyway."""
    connection = transaction.get_connection()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALING])


@transaction.atomic
def seal_pending(*, limit: int = 1000) -> int:
    """Append what is not yet in the chain, in the order it came; says how many entries."""
    _wait_for_other_sealers()
    last = JournalEntry.objects.filter(position__isnull=False).order_by("-position").first()
    position = last.position + 1 if last and last.position is not None else 0
    chain = last.chain if last else commitments.CHAIN_START
    pending = list(JournalEntry.objects.filter(position__isnull=True).order_by("id")[:limit])
    for offset, entry in enumerate(pending):
        chain = commitments.link(chain, entry.commitment)
        entry.position, entry.chain = position + offset, chain
    sealed = [[entry.pk, entry.position, entry.chain] for entry in pending]
    update_all(JournalEntry, {"position": "bigint", "chain": "text"}, sealed)
    return len(pending)
