"""Notes and follow-ups on anything."""

from __future__ import annotations

from django.db import models

from richtschnur.accounts.models import User


class Note(models.Model):
    """Notiz: a sentence on anything (a phone call too), perhaps to come back to on a day.

    `subject` is what it is about, such as "point:17" or "" for nothing in particular.
    """

    subject = models.CharField(max_length=120, blank=True, db_index=True)
    text = models.TextField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    follow_up_on = models.DateField(null=True, blank=True, db_index=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["follow_up_on", "-written_at"]

    def __str__(self) -> str:
        return self.text[:80]
