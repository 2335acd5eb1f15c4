"""A file as it came, named by its content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from richtschnur.journal.guards import guard


@guard(erasable=("name", "sha256"), permit="'file:' || {row}.id")
class StoredFile(models.Model):
    """One file of `size` bytes under its SHA-256; `name` as its sender called it.

    Of an erased one both are empty, and nothing lies at `path`.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """What the permit of two people for its erasure calls it."""
        return f"file:{self.pk}"

    @property
    def path(self) -> Path:
        return Path(settings.HOME) / "files" / self.sha256[:2] / self.sha256
