"""A wording that somebody would like better, beside a comment."""

from __future__ import annotations

from django.db import models

from richtschnur.strategy.models import Passage
from richtschnur.strategy.queries import word_changes


class Suggesting(models.Model):
    """What may stand beside a comment: the whole passage as it should read, "" for none."""

    suggestion = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def changes(self) -> list[tuple[str, str]]:
        """The suggested wording as a visible change of the passage; empty without one."""
        passage: Passage | None = getattr(self, "passage", None)
        return word_changes(passage.text, self.suggestion) if passage and self.suggestion else []
