"""Frozen states of the overview of answers, and who was told the answers."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.evaluation.states import NoticeChannel
from richtschnur.journal.guards import guard


@guard(
    frozen=(
        "consultation",
        "number",
        "title",
        "shows_topics",
        "counts",
        "sha256",
        "public_counts",
        "public_sha256",
        "frozen_at",
        "frozen_by",
    )
)
class SynopsisState(models.Model):
    """Stand der Auswertungsübersicht: the overview as it was at one moment, in both versions.

    `counts` are those of `queries.Tally`; the checksums are made of the rows' digests, so that
    words can be erased and the checksum still be shown to hold. The key is random, so that rows
    can be written before the state, whose checksums are known last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True)
    shows_topics = models.BooleanField(default=False)
    counts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    public_counts = models.JSONField()
    public_sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["consultation", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="synopsis_state_number")
        ]

    def __str__(self) -> str:
        return f"{self.consultation}: {self.number}"


@guard(
    erasable=("words", "name", "answer"),
    permit="'contribution:' || {row}.contribution",
)
class StateRow(models.Model):
    """One row of a frozen state, in four parts of canonical JSON with a digest each.

    `point` and `contribution` are keys without a constraint: the row outlives both. Of an erased
    contribution `words` and `name` are emptied, and `answer` unless it was released; the digests
    stay. `topic` is the first one, for sorting.
    """

    state = models.ForeignKey(SynopsisState, on_delete=models.PROTECT, related_name="rows")
    is_public = models.BooleanField()
    number = models.PositiveIntegerField()
    point = models.PositiveBigIntegerField()
    contribution = models.PositiveBigIntegerField(db_index=True)
    is_released = models.BooleanField()
    topic = models.CharField(max_length=80, blank=True)
    place = models.TextField()
    words = models.TextField()
    name = models.TextField()
    answer = models.TextField()
    words_digest = models.CharField(max_length=64)
    name_digest = models.CharField(max_length=64)
    answer_digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["state", "is_public", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["state", "is_public", "number"], name="synopsis_state_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.state_id}/{self.number}"


class Notice(models.Model):
    """Schlussmitteilung: the one reply with all answers to one contribution.

    By mail it is out with the act; a letter is, as soon as somebody says that it was posted.
    """

    contribution = models.OneToOneField(Contribution, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=10, choices=NoticeChannel.choices)
    made_at = models.DateTimeField()
    replied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True) | Q(replied_at__gte=F("made_at")),
                name="notice_replied_after_it_was_made",
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} ({self.channel})"
