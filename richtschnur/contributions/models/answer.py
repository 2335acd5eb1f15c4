"""What was chosen for the questions of a consultation."""

from __future__ import annotations

from typing import Any

from django.db import models

from richtschnur.consultation.models import Question
from richtschnur.consultation.states import QuestionKind
from richtschnur.contributions.models.original import Contribution
from richtschnur.journal.guards import guard


@guard(deletable=True, permit="'contribution:' || {row}.contribution_id")
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
