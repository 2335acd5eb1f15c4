"""Contributions as a table: one row a comment, for staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.utils.timezone import localtime

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Comment
from richtschnur.documents.paper import Sheet, SheetFormat, Value
from richtschnur.documents.writing import write_table

HEAD = (
    "id",
    "number",
    "received_at",
    "late",
    "channel",
    "kind",
    "organisation",
    "name",
    "email",
    "language",
    "nil_return",
    "passage",
    "text",
    "suggestion",
    "question",
)


def export_contributions(
    consultation: Consultation, format: SheetFormat, path: Path, *, at: datetime
) -> None:
    """Write all comments of a consultation to `path`; the columns read back by the import."""
    sheet = Sheet(
        title=consultation.title[:31],
        head=HEAD,
        rows=_rows(consultation),
        language=consultation.strategy.language,
        written_at=at,
    )
    write_table(sheet, format, path)


def _rows(consultation: Consultation) -> Iterator[tuple[Value, ...]]:
    comments = (
        Comment.objects.filter(contribution__consultation=consultation)
        .select_related("contribution__sender", "passage", "question")
        .order_by("contribution__received_at", "contribution", "position")
    )
    for comment in comments.iterator(chunk_size=1000):
        contribution = comment.contribution
        sender = contribution.sender
        yield (
            f"{contribution.number}/{comment.position + 1}",
            contribution.number,
            localtime(contribution.received_at).isoformat(timespec="seconds"),
            "yes" if contribution.is_late else "no",
            contribution.channel,
            contribution.kind,
            sender.organisation,
            sender.name,
            sender.email,
            contribution.language,
            "yes" if contribution.is_nil_return else "no",
            comment.passage.number if comment.passage else None,
            comment.text,
            comment.suggestion,
            comment.question.text if comment.question else "",
        )
