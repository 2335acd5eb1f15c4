"""Checking the journal's chain."""

from __future__ import annotations

from richtschnur.journal import commitments
from richtschnur.journal.models import JournalEntry


def chain_faults() -> list[str]:
    """What is wrong with the sealed chain, one line a fault; empty when all holds."""
    faults = []
    chain, expected = commitments.CHAIN_START, 0
    sealed = JournalEntry.objects.filter(position__isnull=False).order_by("position")
    for entry in sealed.iterator(chunk_size=1000):
        if entry.position != expected:
            faults.append(f"position {expected} is missing")
            expected = entry.position or 0
        if commitments.commit(entry.content(), salt=bytes(entry.salt)) != entry.commitment:
            faults.append(f"entry {entry.position} was altered")
        chain = commitments.link(chain, entry.commitment)
        if chain != entry.chain:
            faults.append(f"the chain breaks at {entry.position}")
            chain = entry.chain
        expected += 1
    return faults
