"""What a machine outside sums up of a topic's points, asked for by a person."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models.points import Topic


class Summary(models.Model):
    """The wish that a topic be summed up, and what came of it; for staff alone.

    `due_at` is None while nothing is to do. `sentences` are of the form `{"text": …, "cites":
    [[number of a contribution, key of its point], …]}`. `read` are the keys of the points that
    were sent, out of `total`; `problem` is why the last wish came to nothing.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=20, blank=True)
    sentences = models.JSONField(default=list, blank=True)
    read = models.JSONField(default=list, blank=True)
    total = models.PositiveIntegerField(default=0)
    method = models.CharField(max_length=80, blank=True)
    model = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "consultation"], name="summary_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic} ({self.model})"
