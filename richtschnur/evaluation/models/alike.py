"""What a machine takes for alike, and what a person said to that."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models.points import Point
from richtschnur.evaluation.states import Verdict


class Likeness(models.Model):
    """Vorschlag: points that a machine takes for alike, and what a person said to that.

    This table is the machine's; what people made of it are groups. `method` names what found it.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    method = models.CharField(max_length=80)
    size = models.PositiveIntegerField()
    found_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-size", "pk"]

    def __str__(self) -> str:
        return f"{self.size} ({self.method})"


class LikePoint(models.Model):
    """One of the points that a machine takes for alike."""

    likeness = models.ForeignKey(Likeness, on_delete=models.CASCADE, related_name="members")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["likeness", "point"], name="alike_once")]

    def __str__(self) -> str:
        return f"{self.likeness}: {self.point}"
