"""The report of participation: what officers write into it, and its released states."""

from __future__ import annotations

from typing import Any

from django.db import models

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.states import Chapter
from richtschnur.journal.guards import guard


class ChapterText(models.Model):
    """The foreword, or a comment to a chapter; a new wording is a new version."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    chapter = models.CharField(max_length=20, choices=Chapter.choices)
    version = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["consultation", "chapter", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "chapter", "version"], name="chapter_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_chapter_display()} (v{self.version})"


@guard()
class Report(models.Model):
    """Beteiligungsbericht: one released state. `content` is what `queries.reporting` reckons.

    `sha256` is the checksum of the content's canonical JSON (RFC 8785).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    released_at = models.DateTimeField()
    released_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["consultation", "version"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "version"], name="report_version")
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} (v{self.version})"

    @property
    def tables(self) -> dict[str, Any]:
        """Who took part, as it was released."""
        found: dict[str, Any] = self.content["who"]
        return found
