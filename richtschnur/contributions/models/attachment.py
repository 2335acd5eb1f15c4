"""Files that came with a contribution."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from richtschnur.contributions.models.original import Contribution
from richtschnur.documents.attachments import MEDIA_TYPES
from richtschnur.files.models import StoredFile
from richtschnur.files.scanning import Scan
from richtschnur.journal.guards import guard


def kind_in_words(kind: str) -> str:
    """A file's kind as people say it."""
    return _("text") if kind == "text" else kind.upper()


@guard(
    frozen=("contribution", "position", "file", "kind", "salt", "commitment"),
    erasable=("salt",),
    permit="'contribution:' || {row}.contribution_id",
)
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


def present(rows: QuerySet[Attachment]) -> QuerySet[Attachment]:
    """With their files, in order; without those that were erased."""
    return rows.exclude(file__name="").select_related("file").order_by("contribution", "position")
