"""Acts on all points of a large group, which the worker carries out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from richtschnur.accounts.models import User
from richtschnur.evaluation.models.alike import Likeness
from richtschnur.evaluation.models.points import Group
from richtschnur.evaluation.states import OrderAct


class Order(models.Model):
    """Auftrag: one act on all points of a large group, which the worker carries out in parts.

    It was asked beforehand whether the act is allowed for each of them, and until it is finished no
    other act touches them: so it reaches all of them. `what` is what the act was given, forgotten
    when it is finished; `after` the last point that was reached.
    """

    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="orders")
    likeness = models.ForeignKey(
        Likeness, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    act = models.CharField(max_length=10, choices=OrderAct.choices)
    what = models.JSONField(default=dict, blank=True)
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)
    given_for = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField()
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    after = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=Q(finished_at__isnull=True), name="order_one_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} ({self.done}/{self.total})"

    @property
    def groups(self) -> set[int]:
        """The keys of all groups that it touches."""
        return {self.group_id, *self.what.get("former", ())}
