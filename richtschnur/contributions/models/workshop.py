"""Workshops, and what is said there until it becomes contributions."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation
from richtschnur.strategy.models import Passage


class Workshop(models.Model):
    """An event at which one person types what many say, until it is ended."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    held_on = models.DateField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    remark_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Remark(models.Model):
    """What somebody said, until the workshop's end makes a contribution of it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=64)
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    speaker = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["workshop", "id"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="remark_once")]

    def __str__(self) -> str:
        return self.text[:60]
