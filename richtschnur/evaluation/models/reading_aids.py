"""Reading aids: an answer in the submitter's language, a foreign-language point in German."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from richtschnur.accounts.models import User


class AnswerTranslation(models.Model):
    """An answer in another language. The German one binds; this one only helps to read it.

    `machine` names what drafted it, "" for a person. It is shown outside only when somebody who
    knows the language has checked it: `checker` is the name that readers see.
    """

    response = models.ForeignKey(
        "evaluation.Response", on_delete=models.PROTECT, related_name="translations"
    )
    language = models.CharField(max_length=20)
    text = models.TextField()
    machine = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    checker = models.CharField(max_length=200, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["response", "language"]
        constraints = [
            models.UniqueConstraint(fields=["response", "language"], name="answer_in_language"),
            models.CheckConstraint(
                condition=Q(checked_at__isnull=True, checked_by__isnull=True, checker="")
                | Q(checked_at__isnull=False, checked_by__isnull=False) & ~Q(checker=""),
                name="answer_translation_checked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response} ({self.language})"


class ReadingAid(models.Model):
    """What a machine made of a point's words, so that staff can read them; never shown outside.

    This table is the machine's. `start` and `end` are the point's when it was made: another span
    means other words.
    """

    point = models.OneToOneField(
        "evaluation.Point", on_delete=models.CASCADE, related_name="reading_aid"
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    language = models.CharField(max_length=20)
    text = models.TextField()
    method = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.point_id} ({self.method})"
