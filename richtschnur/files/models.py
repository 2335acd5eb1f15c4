"""A file as it came, named by its content."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models

from richtschnur.journal.guards import guard


@guard()
class StoredFile(models.Model):
    """One file of `size` bytes under its SHA-256; `name` as its sender called it."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=255)
    media_type = models.CharField(max_length=120)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> Path:
        return Path(settings.HOME) / "files" / self.sha256[:2] / self.sha256
