"""A text of a paper in a further language, and an order for machine drafts."""

from __future__ import annotations

import hashlib

from django.db import models
from django.db.models import Q

from richtschnur.documents.marks import Mark, restored
from richtschnur.translation.states import CHECKED_STATES, OrderState, TranslationState


class Translation(models.Model):
    """Übersetzung of one source text, kept by the words (`fingerprint`) that it belongs to.

    When the source changes, this row stays with the former words: a frozen edition goes on
    showing it, a later one shows it as outdated. `checker` is who checked it in the words that
    the public reads; `is_doubtful` says that formatting was lost on the way through a machine.
    """

    subject = models.CharField(max_length=120)
    language = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    source = models.TextField()
    text = models.TextField()
    marks = models.JSONField(default=list, blank=True)
    caption = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=TranslationState.choices)
    is_doubtful = models.BooleanField(default=False)
    machine = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=60)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=60, blank=True)
    checker = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["subject", "language", "written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "language", "fingerprint"], name="translation_of_words_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=CHECKED_STATES, checked_at__isnull=False) & ~Q(checker="")
                | ~Q(state__in=CHECKED_STATES) & Q(checked_at__isnull=True, checker=""),
                name="translation_checked_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.language})"

    @property
    def is_checked(self) -> bool:
        return self.state in CHECKED_STATES

    @property
    def version(self) -> str:
        """By which a page remembers what it showed."""
        said = "\0".join([self.text, self.caption, str(self.marks)])
        return hashlib.sha256(said.encode()).hexdigest()[:16]

    @property
    def marking(self) -> tuple[Mark, ...]:
        """What stands out in the text."""
        return restored(self.marks)


class DraftOrder(models.Model):
    """An order to a machine for drafts of everything of `about` that has no translation yet.

    It keeps no texts: what is left is asked anew each time, so a killed worker goes on where it
    was. `skipped` lists subjects that the machine gave nothing for; `claimed_until` keeps two
    workers apart.
    """

    about = models.CharField(max_length=120)
    language = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.OPEN)
    total = models.PositiveIntegerField()
    done = models.PositiveIntegerField(default=0)
    skipped = models.JSONField(default=list, blank=True)
    failures = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=40, blank=True)
    ordered_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=60)
    next_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-ordered_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["about", "language"],
                condition=Q(state=OrderState.OPEN),
                name="one_open_draft_order",
            )
        ]

    def __str__(self) -> str:
        return f"{self.about} → {self.language}"
