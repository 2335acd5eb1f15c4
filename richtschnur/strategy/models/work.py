"""What is at work on a paper before it is fixed: previews, proposals, drafts, remarks."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import Q

from richtschnur.strategy.models.paper import Edition, Strategy
from richtschnur.strategy.states import Fate, ProposalState


class DescentProposal(models.Model):
    """What the machine thinks became of a passage when a changed draft came in again.

    `from_identities` and `to_identities` are lists of identities (as text) of the predecessor and
    of `edition`. Proposals that are `applied` stand in the edition already and want a person's
    confirmation; the others only ask. `certainty` is 0..1.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="descent_proposals")
    fate = models.CharField(max_length=10, choices=Fate.choices)
    from_identities = models.JSONField(default=list)
    to_identities = models.JSONField(default=list)
    certainty = models.FloatField()
    is_applied = models.BooleanField(default=False)
    state = models.CharField(
        max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["edition", "id"]

    def __str__(self) -> str:
        return f"{self.get_fate_display()} ({self.certainty:.2f})"


class Preview(models.Model):
    """A draft that was read and is being looked over; nothing of it is a paper yet.

    `outline` is documents.structure's Outline as plain data, with the corrections already made;
    its pictures and the file lie in `folder`. It is swept away when it was kept or forgotten.
    """

    key = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=255)
    title = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=20, default="de")
    into = models.ForeignKey(
        Strategy, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    outline = models.JSONField(default=dict)
    former = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=60)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def folder(self) -> Path:
        return Path(settings.HOME) / "previews" / self.key


class PassageDraft(models.Model):
    """What one person is typing into a passage, kept every few seconds until it is saved.

    `text` is in the editor's notation (documents.notation), `base` what the passage said in it
    when the typing began.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    identity = models.UUIDField()
    author = models.CharField(max_length=60)
    text = models.TextField(blank=True)
    base = models.TextField(blank=True)
    revision = models.PositiveIntegerField()
    begun_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "identity", "author"], name="passage_draft_once"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Remark(models.Model):
    """Anmerkung: what one member of the staff says to the others about a passage; never public."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="remarks")
    identity = models.UUIDField(db_index=True)
    text = models.TextField()
    author = models.CharField(max_length=60)
    author_name = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["written_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by="")
                | (Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="remark_settled_by_someone",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
