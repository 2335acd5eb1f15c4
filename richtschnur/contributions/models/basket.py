"""The basket: what is not yet sent, and may be thrown away."""

from __future__ import annotations

from django.db import models

from richtschnur.consultation.models import Consultation, Question
from richtschnur.contributions.models.attachment import kind_in_words
from richtschnur.contributions.models.secret import digest
from richtschnur.contributions.models.suggesting import Suggesting
from richtschnur.files.scanning import Scan
from richtschnur.strategy.models import Passage


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
