"""What was passed on to another body, when and which way, and what that body replied."""

from __future__ import annotations

from django.db import models

from richtschnur.accounts.models import User
from richtschnur.contributions.states import Channel


class Forwarding(models.Model):
    """Weiterleitung of a point that is not the county's task."""

    point = models.OneToOneField(
        "evaluation.Point", on_delete=models.PROTECT, related_name="forwarding"
    )
    receiver = models.CharField(max_length=200)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    forwarded_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.receiver}, {self.forwarded_on}"


class ForwardReply(models.Model):
    """Nachtrag: what the other body replied, in its words; the submitter reads it."""

    forwarding = models.ForeignKey(Forwarding, on_delete=models.CASCADE, related_name="replies")
    text = models.TextField()
    replied_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["replied_on", "pk"]

    def __str__(self) -> str:
        return self.text[:60]
