"""The journal's one noun."""

from __future__ import annotations

from typing import Any

from django.db import models

from richtschnur.journal.guards import guard
from richtschnur.journal.words import act_in_words


@guard(frozen=("uid", "at", "actor_kind", "actor_id", "actor_role", "act", "subject", "data"))
class JournalEntry(models.Model):
    """One act: who (kind, opaque id, role), when, what, on what; no text that anyone wrote.

    `position` and `chain` stay empty until the sealer has appended the entry to the chain: the
    act's own transaction takes no lock on it.
    """

    uid = models.UUIDField(unique=True)
    at = models.DateTimeField(db_index=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40, blank=True)
    actor_role = models.CharField(max_length=40, blank=True)
    act = models.CharField(max_length=80)
    subject = models.CharField(max_length=120, db_index=True)
    data = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=32)
    commitment = models.CharField(max_length=64)
    position = models.BigIntegerField(null=True, unique=True)
    chain = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"],
                name="journal_unsealed",
                condition=models.Q(position__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.act} {self.subject}"

    @property
    def words(self) -> str:
        """The act as people say it."""
        return act_in_words(self.act)

    def content(self) -> dict[str, Any]:
        """What the commitment stands for."""
        return {
            "act": self.act,
            "actor": [self.actor_kind, self.actor_id, self.actor_role],
            "at": self.at.isoformat(),
            "data": self.data,
            "subject": self.subject,
            "uid": str(self.uid),
        }
