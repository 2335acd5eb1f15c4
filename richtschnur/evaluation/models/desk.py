"""What the desk keeps about the work: views of the queue, and counts where there are very many."""

from __future__ import annotations

from django.db import models

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation


class SavedView(models.Model):
    """Gespeicherte Ansicht: a filter of the queue under a name, for its owner or for all staff.

    `query` is the filter as it stands in an address. It opens by itself for those in `default_for`.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(default=False)
    default_for = models.ManyToManyField(User, related_name="+", blank=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "owner", "name"], name="view_once")
        ]

    def __str__(self) -> str:
        return self.name


class Tally(models.Model):
    """The counts of a consultation with very many points, as the worker counted them last.

    `counts` holds {"at": moment, "states": {state: n}, "weeks": {monday: n}, "load": [[assignee,
    office, open, overdue], …]}; keys of people and offices, None where nobody is named.
    """

    consultation = models.OneToOneField(
        Consultation, on_delete=models.CASCADE, related_name="+", primary_key=True
    )
    counts = models.JSONField(default=dict)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.consultation} ({self.counted_at:%Y-%m-%d %H:%M})"
