"""Originals, kept as they came; who sent them, kept apart; the basket before."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from richtschnur.consultation.models import Consultation, Invitation, Question
from richtschnur.consultation.states import QuestionKind
from richtschnur.contributions.states import Channel, Kind, MailState, Purpose
from richtschnur.documents.attachments import MEDIA_TYPES
from richtschnur.files.models import StoredFile
from richtschnur.files.scanning import Scan
from richtschnur.journal.guards import guard
from richtschnur.strategy.models import Passage
from richtschnur.strategy.queries import word_changes


def digest(secret: str) -> str:
    """SHA-256 of a secret, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


SHARED = "s."  # begins the secret of a browser that came by somebody else's link


def opened_by(secret: str) -> dict[str, str]:
    """Which basket a browser's secret opens, as a filter: its own one, or one shared with it."""
    if secret.startswith(SHARED):
        return {"share_digest": digest(secret.removeprefix(SHARED))}
    return {"secret_digest": digest(secret)}


class Basket(models.Model):
    """Comments not yet sent, kept under a secret that only the browser's cookie knows.

    `share_digest` is the SHA-256 of the key in a link by which others continue it.
    `answers` holds what was chosen for questions: {"<question's key>": [value, …]}.
    """

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    secret_digest = models.CharField(max_length=64, unique=True)
    share_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    holds_files = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"basket {self.pk}"


class Suggesting(models.Model):
    """What may stand beside a comment: the whole passage as it should read, "" for none."""

    suggestion = models.TextField(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def changes(self) -> list[tuple[str, str]]:
        """The suggested wording as a visible change of the passage; empty without one."""
        passage: Passage | None = getattr(self, "passage", None)
        return word_changes(passage.text, self.suggestion) if passage and self.suggestion else []


class BasketComment(Suggesting):
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

    @property
    def version(self) -> str:
        """Another one as soon as somebody has changed the words."""
        return digest(f"{self.text}\0{self.suggestion}")[:16]

    def place(self) -> tuple[int, int, int]:
        """To sort by: the whole paper first, then passage after passage, then the questions.

        Databases differ in where they put what has no passage.
        """
        if self.question is not None:
            return (1, self.question.position, self.pk)
        return (0, self.passage.number if self.passage else 0, self.pk)


def kind_in_words(kind: str) -> str:
    """A file's kind as people say it."""
    return _("text") if kind == "text" else kind.upper()


class BasketFile(models.Model):
    """A file in a basket, held under `key` (files.operations) until it is sent or taken out."""

    # A basket without files is sent without a question for them: `operations.delete_baskets`.
    basket = models.ForeignKey(Basket, on_delete=models.DO_NOTHING, related_name="files")
    key = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.NOT_ASKED)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name

    @property
    def kind_in_words(self) -> str:
        return kind_in_words(self.kind)


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


@guard(frozen=("key", "file", "received_at", "fetched_at"))
class IncomingMail(models.Model):
    """A mail as it came, before and after it was made a contribution.

    `key` is by what a mail is known again; `received_at` the moment at which the mailbox took it.
    Personal data: `sender_name`, `sender_email`, `subject`.
    """

    key = models.CharField(max_length=64, unique=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=200, blank=True)
    sender_email = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    received_at = models.DateTimeField()
    fetched_at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=MailState.choices, default=MailState.WAITING, db_index=True
    )
    consultation = models.ForeignKey(
        Consultation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    contribution = models.OneToOneField(
        Contribution, null=True, blank=True, on_delete=models.PROTECT, related_name="mail"
    )

    class Meta:
        ordering = ["received_at", "id"]

    def __str__(self) -> str:
        return self.subject


class Workshop(models.Model):
    """An event at which one person types what many say, until it is ended."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150)
    held_on = models.DateField()
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    remark_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Remark(models.Model):
    """What somebody said, until the workshop's end makes a contribution of it."""

    workshop = models.ForeignKey(Workshop, on_delete=models.CASCADE, related_name="remarks")
    key = models.CharField(max_length=64)
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField()
    speaker = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["workshop", "id"]
        constraints = [models.UniqueConstraint(fields=["workshop", "key"], name="remark_once")]

    def __str__(self) -> str:
        return self.text[:60]


class MailCursor(models.Model):
    """How far a mailbox is read: numbers of mails (UIDs) count within one `validity`."""

    account = models.CharField(max_length=200, unique=True)
    validity = models.BigIntegerField()
    uid = models.BigIntegerField()

    def __str__(self) -> str:
        return self.account


@guard(frozen=("contribution", "position", "file", "kind", "salt", "commitment"))
class Attachment(models.Model):
    """A file that came with a contribution, kept as it came; what a scanner says may change."""

    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="attachments"
    )
    position = models.PositiveIntegerField()
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    scan = models.CharField(max_length=10, choices=Scan.choices, default=Scan.NOT_ASKED)
    salt = models.BinaryField(max_length=32)
    commitment = models.CharField(max_length=64)

    class Meta:
        ordering = ["contribution", "position"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "position"], name="attachment_once")
        ]

    def __str__(self) -> str:
        return self.file.name

    @property
    def kind_in_words(self) -> str:
        return kind_in_words(self.kind)

    @property
    def number(self) -> int:
        """As people count: 1 is the first."""
        return self.position + 1

    @property
    def is_held_back(self) -> bool:
        """Whether nobody may open it: it waits for the scanner, or holds a virus."""
        return self.scan in (Scan.WAITING, Scan.INFECTED)

    def content(self) -> dict[str, Any]:
        """What its commitment stands for: the bytes, and what they were called."""
        return {
            "media_type": MEDIA_TYPES[self.kind],
            "name": self.file.name,
            "sha256": self.file.sha256,
            "size": self.file.size,
        }


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
