"""A spreadsheet that somebody has looked at and not taken in yet."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation


class HeldTable(models.Model):
    """It lies under `key` among the held files (files.operations), at most for a day."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["looked_at", "id"]

    def __str__(self) -> str:
        return self.name
