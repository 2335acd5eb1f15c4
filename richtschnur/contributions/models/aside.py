"""What is kept aside from the words: who took part, counted; what a trap for machines caught."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models.original import Contribution


class StatisticCount(models.Model):
    """How often these voluntary answers were given together; no contribution, no time."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    age = models.CharField(max_length=10, blank=True)
    gender = models.CharField(max_length=10, blank=True)
    municipality = models.CharField(max_length=80, blank=True)
    first_language = models.CharField(max_length=10, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "age", "gender", "municipality", "first_language"],
                name="statistic_once",
            )
        ]

    def __str__(self) -> str:
        return str(self.count)


class Suspicion(models.Model):
    """A contribution that perhaps a machine has sent: it counts, a person looks at it first."""

    contribution = models.OneToOneField(
        Contribution, primary_key=True, on_delete=models.PROTECT, related_name="suspicion"
    )

    def __str__(self) -> str:
        return str(self.contribution_id)
