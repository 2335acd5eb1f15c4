"""Originals, kept as they came."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import models

from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.contributions.models.suggesting import Suggesting
from richtschnur.contributions.states import Channel, Kind
from richtschnur.journal.guards import guard
from richtschnur.strategy.models import Passage

if TYPE_CHECKING:
    from richtschnur.contributions.models.answer import Answer
    from richtschnur.contributions.models.attachment import Attachment


@guard(erasable=("salt",), permit="'contribution:' || {row}.id")
class Contribution(models.Model):
    """Rückmeldung: one submission, an original that never changes.

    `number` is the registry number that people say on the phone; `secret_digest` the SHA-256 of
    the receipt's secret; `commitment` stands for the words in the journal (salt kept here).
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    invitation = models.ForeignKey(
        Invitation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    number = models.CharField(max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64, unique=True)
    idempotency_digest = models.CharField(max_length=64, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.WEB)
    language = models.CharField(max_length=10, blank=True)
    is_nil_return = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    received_at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=40, blank=True)
    salt = models.BinaryField(max_length=32)
    commitment = models.CharField(max_length=64)

    class Meta:
        ordering = ["received_at", "id"]
        indexes = [models.Index(fields=["consultation", "received_at"], name="contribution_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """What the journal calls it."""
        return f"contribution:{self.pk}"

    def content(
        self,
        comments: Iterable[Comment],
        attachments: Iterable[Attachment] = (),
        answers: Iterable[Answer] = (),
    ) -> dict[str, Any]:
        """What the commitment stands for: the words and where they belong, never who.

        Files enter by their own commitments, answers to questions in order, both only when there
        are some.
        """
        files = [attachment.commitment for attachment in attachments]
        given = [answer.content() for answer in answers]
        said = ({"answers": given} if given else {}) | {
            "channel": self.channel,
            "comments": [comment.content() for comment in comments],
            "consultation": self.consultation.slug,
            "nil_return": self.is_nil_return,
            "number": self.number,
        }
        return said | ({"attachments": files} if files else {})


@guard(erasable=("text", "suggestion"), permit="'contribution:' || {row}.contribution_id")
class Comment(Suggesting):
    """One thing said, to a passage, to the whole paper, or as answer to a `question`."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="comments"
    )
    position = models.PositiveIntegerField()
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()

    class Meta:
        ordering = ["contribution", "position"]

    def __str__(self) -> str:
        return self.text[:60]

    def content(self) -> dict[str, Any]:
        passage = str(self.passage.identity) if self.passage else None
        said: dict[str, Any] = {"passage": passage, "text": self.text}
        # Only when there is one: the commitments of all earlier comments stay as they are.
        if self.question:
            said["question"] = self.question.position
        if self.suggestion:
            said["suggestion"] = self.suggestion
        return said
