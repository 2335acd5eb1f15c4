"""What a passage said at each step of the work on an edition."""

from __future__ import annotations

from django.db import models

from richtschnur.files.models import StoredFile
from richtschnur.journal.guards import guard
from richtschnur.strategy.models.paper import Edition
from richtschnur.strategy.states import PassageKind, VersionAct


@guard()
class PassageVersion(models.Model):
    """A passage of a working edition as one act left it; written with the act, never changed.

    The first version of a passage is what it was before the first act. `dropped` keeps the words
    that went, `set_aside` words that somebody typed and did not save. `author` is an actor's
    opaque id. `section_identity` and `position` say where it stood.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    identity = models.UUIDField()
    act = models.CharField(max_length=10, choices=VersionAct.choices)
    kind = models.CharField(max_length=10, choices=PassageKind.choices)
    level = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    marks = models.JSONField(default=list, blank=True)
    caption = models.TextField(blank=True)
    picture = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=20, blank=True)
    section_identity = models.UUIDField()
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    author = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["edition", "identity"], name="passage_version")]

    # What a passage says, and a version keeps of it.
    WORDS = ("kind", "level", "label", "text", "marks", "caption", "picture_id", "language")

    def __str__(self) -> str:
        return f"{self.get_act_display()}: {self.text[:60]}"
