"""Originals, kept as they came; who sent them, kept apart; the basket before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models

from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.states import QuestionKind
from richtschnur.contributions.states import Channel, Kind, Purpose
from richtschnur.journal.guards import guard
from richtschnur.strategy.models import Passage


def digest(secret: str) -> str:
    """SHA-256 of a secret, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


class Basket(models.Model):
    """Comments not yet sent, kept under a secret that only the browser's cookie knows.

    `answers` holds what was chosen for questions: {"<question's key>": [value, …]}.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    answers = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"basket {self.pk}"


class BasketComment(models.Model):
    """One comment in a basket; without a passage it speaks of the whole paper.

    With a `question` it is the answer to that in own words.
    """

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="comments")
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    question = models.ForeignKey(
        Question, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    text = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["passage__number", "id"]

    def __str__(self) -> str:
        return self.text[:60]

    def place(self) -> tuple[int, int, int]:
        """To sort by: the whole paper first, then passage after passage, then the questions.

        Databases differ in where they put what has no passage.
        """
        if self.question is not None:
            return (1, self.question.position, self.pk)
        return (0, self.passage.number if self.passage else 0, self.pk)


@guard()
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

    def content(
        self, comments: Iterable[Comment], answers: Iterable[Answer] = ()
    ) -> dict[str, Any]:
        """What the commitment stands for: the words and where they belong, never who.

        `answers` are those to questions that are no text, in order; without any there is no key.
        """
        given = [answer.content() for answer in answers]
        return ({"answers": given} if given else {}) | {
            "channel": self.channel,
            "comments": [comment.content() for comment in comments],
            "consultation": self.consultation.slug,
            "nil_return": self.is_nil_return,
            "number": self.number,
        }


@guard()
class Comment(models.Model):
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
        asked = {"question": self.question.position} if self.question else {}
        return asked | {"passage": passage, "text": self.text}


@guard()
class Answer(models.Model):
    """One value chosen for a question; of "any of several" there is a row for each."""

    contribution = models.ForeignKey(Contribution, on_delete=models.PROTECT, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    value = models.CharField(max_length=200)

    class Meta:
        ordering = ["question__position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution", "question", "value"], name="answer_once"
            )
        ]

    def __str__(self) -> str:
        return self.value

    def content(self) -> dict[str, Any]:
        return {"question": self.question.position, "value": self.value}

    @property
    def label(self) -> str:
        """The value in words; of a scale the number with the name of its step."""
        if self.question.kind != QuestionKind.SCALE or not self.value.isdecimal():
            return self.value
        names = dict(enumerate(self.question.options, start=1))
        return f"{self.value} – {names.get(int(self.value), '')}"


class Sender(models.Model):
    """Who sent it, apart from the words, so that it can be erased without touching them."""

    contribution = models.OneToOneField(
        Contribution, on_delete=models.PROTECT, related_name="sender"
    )
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)

    def __str__(self) -> str:
        return self.organisation or self.name


class Consent(models.Model):
    """One consent, with the very words that stood beside the box."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="consents"
    )
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    wording = models.TextField()
    wording_sha256 = models.CharField(max_length=64)
    given_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contribution", "purpose"], name="consent_once")
        ]

    def __str__(self) -> str:
        return self.get_purpose_display()
