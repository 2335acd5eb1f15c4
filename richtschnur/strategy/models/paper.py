"""A strategy paper, its editions, and the passages that keep their identity across them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from richtschnur.documents.cells import split_rows
from richtschnur.documents.marks import Mark, restored
from richtschnur.files.models import StoredFile
from richtschnur.journal.guards import guard
from richtschnur.strategy.states import EditionState, ElementKind, PassageKind

# The state alone may still change (adopted, no longer in force), never the words.
_FROZEN_EDITION = "(SELECT frozen_at IS NOT NULL FROM strategy_edition WHERE id = {row}.edition_id)"


class Strategy(models.Model):
    """Konzept: one paper through all its editions; `slug` names it in addresses and calls."""

    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=10, default="de")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "strategies"

    def __str__(self) -> str:
        return self.title


@guard(
    frozen=("strategy", "number", "title", "frozen_at", "checksum", "source"),
    when="{row}.frozen_at IS NOT NULL",
)
class Edition(models.Model):
    """Fassung: a working edition, or a frozen one whose words never change again.

    `revision` grows with every change of a working edition: who edits a stale one is told.
    `doubts` holds what the import was unsure of: [{"code","excerpt","detail"}].
    """

    strategy = models.ForeignKey(Strategy, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=300)
    state = models.CharField(
        max_length=20, choices=EditionState.choices, default=EditionState.WORKING
    )
    predecessor = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    doubts = models.JSONField(default=list)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    checksum = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["strategy", "number"]
        constraints = [
            models.UniqueConstraint(fields=["strategy", "number"], name="edition_number"),
            models.CheckConstraint(
                condition=Q(state=EditionState.WORKING, frozen_at__isnull=True)
                | (~Q(state=EditionState.WORKING) & Q(frozen_at__isnull=False)),
                name="edition_frozen_unless_working",
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True) | Q(frozen_at__isnull=False),
                name="edition_published_only_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.ref})"

    @property
    def ref(self) -> str:
        """How calls and people name it: "integrationskonzept.2"."""
        return f"{self.strategy.slug}.{self.number}"

    @property
    def is_working(self) -> bool:
        return self.state == EditionState.WORKING

    @property
    def is_published(self) -> bool:
        return self.published_at is not None


@guard(when=_FROZEN_EDITION)
class Section(models.Model):
    """Abschnitt: a heading with what stands under it; `level` 1 is the top."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sections")
    identity = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    number = models.CharField(max_length=20, blank=True)
    title = models.TextField(blank=True)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "identity"], name="section_identity")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


@guard(when=_FROZEN_EDITION)
class Passage(models.Model):
    """Absatz: the smallest thing to comment on; `number` counts through the edition from 1.

    `text` is plain; `marks` says what stands out in it (documents.marks). A table's text is its
    rows (documents.cells), a picture's its alternative text; both may have a `caption`. A
    footnote's `label` is its sign. `language` is set where it differs from the paper's.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passages")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="passages")
    identity = models.UUIDField(default=uuid.uuid4)
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    kind = models.CharField(
        max_length=10, choices=PassageKind.choices, default=PassageKind.PARAGRAPH
    )
    level = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=20, blank=True)
    text = models.TextField(blank=True)
    marks = models.JSONField(default=list, blank=True)
    caption = models.TextField(blank=True)
    picture = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    language = models.CharField(max_length=20, blank=True)

    class Meta:
        ordering = ["edition", "position"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "identity"], name="passage_identity")
        ]
        indexes = [models.Index(fields=["edition", "number"], name="passage_number")]

    def __str__(self) -> str:
        return self.text[:80]

    @property
    def rows(self) -> list[list[str]]:
        """A table's cells; the first row is the head."""
        return split_rows(self.text)

    @property
    def marking(self) -> tuple[Mark, ...]:
        """What stands out in the text."""
        return restored(self.marks)


@guard(when=_FROZEN_EDITION)
class Element(models.Model):
    """Leitlinie, Ziel, Maßnahme …: a span of a passage (or of a heading) that means something.

    `start` and `end` count code points in the passage's text, or in the section's title when
    there is no passage. `certainty` 1.0 was said by a person, less was read by the machine.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="elements")
    identity = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=20, choices=ElementKind.choices)
    title = models.TextField()
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="elements")
    passage = models.ForeignKey(
        Passage, null=True, blank=True, on_delete=models.CASCADE, related_name="elements"
    )
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    certainty = models.FloatField(default=1.0)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["edition", "position"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


@guard(when=_FROZEN_EDITION)
class Descent(models.Model):
    """In `edition`, the passage `to_identity` comes from `from_identity` of an earlier one.

    A passage that kept its identity needs no such row; splitting and merging do.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="descents")
    from_identity = models.UUIDField()
    to_identity = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "from_identity", "to_identity"], name="descent_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.from_identity} → {self.to_identity}"


class DropReason(models.Model):
    """Why a passage of the predecessor does not stand in `edition`; the public can read it."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="drop_reasons")
    identity = models.UUIDField()
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["edition", "identity"], name="drop_reason_once")
        ]

    def __str__(self) -> str:
        return self.reason
