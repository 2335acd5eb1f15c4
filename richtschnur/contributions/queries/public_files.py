"""Files that stand beside published comments, and those that wait for a person's decision."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.states import Publication
from richtschnur.contributions.models import Attachment, PublicComment, PublicFile, present
from richtschnur.files.scanning import Scan


def public_file(consultation: Consultation, pk: int) -> PublicFile | None:
    """One that everyone may read now: a comment of its contribution is published."""
    beside = PublicComment.objects.filter(comment__contribution=OuterRef("contribution"))
    rows = PublicFile.objects.filter(Exists(beside), contribution__consultation=consultation)
    if consultation.publication == Publication.NOT:
        return None
    rows = rows.exclude(attachment__scan__in=(Scan.WAITING, Scan.INFECTED))
    return rows.filter(pk=pk).first()


def files_to_review(contributions: Iterable[int]) -> dict[int, list[Attachment]]:
    """What came with these contributions, each with its public copy if there is one; one query."""
    found: dict[int, list[Attachment]] = {}
    rows = present(Attachment.objects.filter(contribution__in=list(contributions)))
    for row in rows.select_related("public", "contribution"):
        found.setdefault(row.contribution_id, []).append(row)
    return found
