"""What the journal keeps: entries of the house, leaves of the public log, its tree."""

from __future__ import annotations

import json
from typing import Any

from django.db import models

from richtschnur.journal.guards import guard
from richtschnur.journal.kinds import Ground, LeafKind
from richtschnur.journal.words import act_in_words


@guard(frozen=("uid", "at", "actor_kind", "actor_id", "actor_role", "act", "subject", "data"))
class JournalEntry(models.Model):
    """One act: who (kind, opaque id, role), when, what, on what; no text that anyone wrote.

    `position` and `chain` stay empty until the sealer has appended the entry to the chain: the
    act's own transaction takes no lock on it. `made` is what the act has made, while it goes on.
    """

    made: Any = None
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


@guard(frozen=("uid", "kind", "of", "commitment", "day", "role", "note", "subject"))
class Leaf(models.Model):
    """One line of the public log: random ids, commitments, a day; no word and no name.

    `of` is the uid of the leaf with which a contribution was received. `subject` is for the
    house only and never leaves it. `index` stays empty until the integrator has appended the
    leaf to the tree: the act's own transaction takes no lock on it.
    """

    uid = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12, choices=LeafKind.choices)
    of = models.CharField(max_length=32, blank=True)
    commitment = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    role = models.CharField(max_length=40)
    note = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=120, db_index=True)
    index = models.BigIntegerField(null=True, unique=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(
                fields=["id"], name="journal_leaf_waiting", condition=models.Q(index__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uid}"

    def entry(self) -> bytes:
        """What stands in the log, byte for byte: canonical JSON (RFC 8785 for plain ASCII)."""
        content: dict[str, Any] = {
            "c": self.commitment,
            "day": self.day.isoformat(),
            "id": self.uid,
            "kind": str(self.kind),
            "note": self.note,
            "of": self.of,
            "role": self.role,
            "v": 1,
        }
        return json.dumps(content, sort_keys=True, separators=(",", ":")).encode("ascii")


class Tile(models.Model):
    """Up to 256 hashes of the tree; they are only ever added to."""

    level = models.PositiveSmallIntegerField()
    index = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "index"], name="journal_tile_once")]

    def __str__(self) -> str:
        return f"tile {self.level}/{self.index}"


@guard(frozen=("size", "note", "signed_at"))
class Checkpoint(models.Model):
    """The signed state of the log after `size` entries.

    When everyone may see it (`published_at`), it says how many contributions were received and
    how many of them answered completely. `cosignatures` are the lines of witnesses.
    """

    size = models.BigIntegerField(unique=True)
    note = models.TextField()
    signed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    contributions = models.PositiveBigIntegerField(default=0)
    answered = models.PositiveBigIntegerField(default=0)
    cosignatures = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"checkpoint {self.size}"

    @property
    def cosigned(self) -> str:
        """The note with the lines of all who signed it."""
        return self.note + self.cosignatures


@guard(frozen=("subject", "leaf", "ground", "asked_by", "asked_at"))
class Erasure(models.Model):
    """Two people decide that something has to go: one asks, another one confirms.

    A confirmed row is what the guards of the rows of `subject` want to see before they let go of
    their words. `leaf` is the uid of the leaf with which it was received.
    """

    subject = models.CharField(max_length=120, db_index=True)
    leaf = models.CharField(max_length=32)
    ground = models.CharField(max_length=20, choices=Ground.choices)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=40, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True)
                | ~models.Q(confirmed_by="") & ~models.Q(confirmed_by=models.F("asked_by")),
                name="journal_erasure_by_two",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | models.Q(declined_at__isnull=True),
                name="journal_erasure_one_end",
            ),
            models.UniqueConstraint(
                fields=["subject"],
                condition=models.Q(declined_at__isnull=True),
                name="journal_erasure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"erasure of {self.subject}"
