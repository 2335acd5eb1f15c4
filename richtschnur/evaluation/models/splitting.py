"""How a machine would part a long point."""

from __future__ import annotations

from django.db import models

from richtschnur.evaluation.models.points import Point
from richtschnur.evaluation.states import PieceKind, PieceReason, Verdict


class SplitProposal(models.Model):
    """Vorschlag: how a machine would part a long point, and what a person said to that.

    This table and the next are the machine's; what people made of it are points. It holds for the
    point as it was cut then: `start` and `end`. `method` names what found it.
    """

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    method = models.CharField(max_length=80)
    found_at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-found_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.point} ({self.method})"


class ProposedPiece(models.Model):
    """A piece that a machine proposes, with up to three places in the paper.

    `start` and `end` count as a point's; `why` says what made it begin there. `places` are
    {passage, certainty, method}, the likeliest first.
    """

    proposal = models.ForeignKey(SplitProposal, on_delete=models.CASCADE, related_name="pieces")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PieceKind.choices)
    why = models.CharField(max_length=12, choices=PieceReason.choices)
    places = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["start"]
        constraints = [models.UniqueConstraint(fields=["proposal", "start"], name="piece_start")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.start})"
