"""What a person has put before everyone, or withheld; and how much of it there is."""

from __future__ import annotations

from typing import Any

from django.db import models

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models.attachment import Attachment
from richtschnur.contributions.models.original import Comment, Contribution
from richtschnur.contributions.models.suggesting import Suggesting
from richtschnur.contributions.states import Facet, Ground, Kind
from richtschnur.strategy.models import Passage, Section


class PublicComment(Suggesting):
    """Öffentliche Fassung: a copy of a comment that a person has put before everyone.

    `text` has as many code points as the original; what was blacked out stands as █. `place`
    sorts by passage, then as they came. Kind, language and answered are kept here, so that a
    list of a million is narrowed by one index; the day is all that is told of the time. The
    suggested wording is here only when it was published, too; `files` are the public ones of its
    contribution as [{"pk", "kind", "size" in bytes}, …], so that no list asks for them.
    """

    comment = models.OneToOneField(
        Comment, primary_key=True, on_delete=models.PROTECT, related_name="public"
    )
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    section = models.ForeignKey(
        Section, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.BigIntegerField()
    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(max_length=10, blank=True)
    received_on = models.DateField()
    is_answered = models.BooleanField(default=False)
    text = models.TextField()
    files = models.JSONField(default=list)
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["consultation", "comment"], name="public_list"),
            models.Index(fields=["consultation", "place"], name="public_by_place"),
            models.Index(fields=["consultation", "passage", "comment"], name="public_of_passage"),
            models.Index(fields=["consultation", "section", "comment"], name="public_of_section"),
            models.Index(fields=["consultation", "kind", "comment"], name="public_of_kind"),
            models.Index(fields=["consultation", "language", "comment"], name="public_in_language"),
            models.Index(fields=["consultation", "is_answered", "comment"], name="public_answered"),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class PublicFile(models.Model):
    """A copy of an attachment without hidden details that a person has put before everyone.

    It lies as a held file (`files.operations.hold_file`) under `key`, so that it can be taken back.
    Its name is not public: people call files after persons.
    """

    attachment = models.OneToOneField(
        Attachment, primary_key=True, on_delete=models.PROTECT, related_name="public"
    )
    contribution = models.ForeignKey(
        Contribution, on_delete=models.PROTECT, related_name="public_files"
    )
    key = models.CharField(max_length=32)
    kind = models.CharField(max_length=10)
    size = models.BigIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["attachment"]

    def __str__(self) -> str:
        return self.name

    def as_data(self) -> dict[str, Any]:
        """As a published comment keeps it."""
        return {"pk": self.pk, "kind": self.kind, "size": self.size}

    @property
    def name(self) -> str:
        """As it is called when it is kept on disk."""
        return f"{self.pk}.{'txt' if self.kind == 'text' else self.kind}"


class WithheldComment(models.Model):
    """A comment that is not published, and on what ground of the rules for contributions.

    Its sender may object once; another person than `withheld_by` (an opaque id) then publishes it
    after all, or stays with it (`upheld_at`). Personal data: `objection`, `upheld_note`.
    """

    comment = models.OneToOneField(
        Comment, primary_key=True, on_delete=models.PROTECT, related_name="withheld"
    )
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=Ground.choices)
    note = models.CharField(max_length=500, blank=True)
    withheld_at = models.DateTimeField()
    withheld_by = models.CharField(max_length=40, blank=True)
    objection = models.TextField(blank=True)
    objected_at = models.DateTimeField(null=True, blank=True, db_index=True)
    upheld_at = models.DateTimeField(null=True, blank=True)
    upheld_note = models.CharField(max_length=1000, blank=True)

    def __str__(self) -> str:
        return self.get_ground_display()

    @property
    def is_contested(self) -> bool:
        """Whether an objection waits for another person."""
        return self.objected_at is not None and self.upheld_at is None


class PublicCount(models.Model):
    """How many comments are published, by one facet; kept in the transaction that changes it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.CASCADE, related_name="+")
    facet = models.CharField(max_length=10, choices=Facet.choices)
    value = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=300, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "facet", "value"], name="public_count_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}: {self.count}"
