"""What a machine suggests of points: topics and places, and words that stand for a topic."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from richtschnur.consultation.models import Consultation
from richtschnur.evaluation.models.points import Point, Topic
from richtschnur.evaluation.states import Suggested
from richtschnur.strategy.models import Section


class TopicSuggestion(models.Model):
    """What a machine takes a point to be about; what people chose stands in the point itself.

    `name` is a topic's name, or the heading of `section`. `certainty` runs from 0 to 1; `method`
    and `model` (with its state) say what proposed it.
    """

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="suggested")
    kind = models.CharField(max_length=5, choices=Suggested.choices)
    name = models.CharField(max_length=80)
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    rank = models.PositiveSmallIntegerField()
    certainty = models.FloatField()
    method = models.CharField(max_length=80)
    model = models.CharField(max_length=120)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["point", "kind", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["point", "kind", "rank"], name="suggestion_rank"),
            models.CheckConstraint(
                condition=Q(certainty__gte=0, certainty__lte=1), name="suggestion_certainty"
            ),
            models.CheckConstraint(
                condition=Q(kind=Suggested.TOPIC, section__isnull=True)
                | Q(kind=Suggested.PLACE, section__isnull=False),
                name="suggestion_names_a_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.percent} %)"

    @property
    def percent(self) -> int:
        return round(100 * self.certainty)


class Quotation(models.Model):
    """A point whose words a machine takes to stand for its topic's others."""

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    rank = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["topic", "rank"]
        constraints = [models.UniqueConstraint(fields=["topic", "point"], name="quotation_once")]

    def __str__(self) -> str:
        return f"{self.topic}: {self.point}"


class TopicWords(models.Model):
    """The words that tell a topic's points from all others of a consultation, most telling first.

    They belong to no single point, so an erasure takes those of the whole consultation along.
    """

    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, related_name="+")
    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    words = models.JSONField()
    method = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "consultation"], name="topic_words_once")
        ]

    def __str__(self) -> str:
        return f"{self.topic}: {', '.join(self.words)}"


class TopicOrder(models.Model):
    """The wish that a consultation's points be sorted by machine, and how far that is.

    `due_at` is None while nothing is to do; a click sets it anew. `done` of `total` texts are read.
    """

    consultation = models.OneToOneField(Consultation, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=20, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.consultation} {self.done}/{self.total}"


class Embedding(models.Model):
    """A model's row of numbers for a point's words, kept so that they are read once.

    `digest` is of the words and the model's name. It goes with its point.
    """

    point = models.ForeignKey(Point, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    row = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["point", "digest"], name="embedding_once")]

    def __str__(self) -> str:
        return self.digest
