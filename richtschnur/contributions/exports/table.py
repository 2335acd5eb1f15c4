"""Contributions as a table for staff: one row a comment, none of them missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db.models import Prefetch
from django.utils.timezone import localtime

from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Attachment, Comment, Contribution, present
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
    "answers",
    "files",
)


def export_contributions(
    consultation: Consultation, format: SheetFormat, path: Path, *, at: datetime
) -> None:
    """Write all that came in to `path`; the columns read back by the import."""
    sheet = Sheet(
        title=consultation.title[:31],
        head=HEAD,
        rows=_rows(consultation),
        language=consultation.strategy.language,
        written_at=at,
    )
    write_table(sheet, format, path)


def _rows(consultation: Consultation) -> Iterator[tuple[Value, ...]]:
    """A row for each comment; one for what came without any: nil returns, answers alone."""
    rows = Contribution.objects.filter(consultation=consultation).select_related("sender")
    said = Comment.objects.select_related("passage", "question").order_by("position")
    rows = rows.prefetch_related(
        Prefetch("comments", said),
        "answers__question",
        Prefetch("attachments", present(Attachment.objects.all())),
    )
    for contribution in rows.order_by("received_at", "id").iterator(chunk_size=1000):
        for place, comment in enumerate(contribution.comments.all() or [None]):
            yield (
                f"{contribution.number}/{place + 1}",
                *_about(contribution),
                *_said(comment),
                *(_beside(contribution) if place == 0 else ("", "")),
            )


def _about(contribution: Contribution) -> tuple[Value, ...]:
    sender = contribution.sender
    return (
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
    )


def _said(comment: Comment | None) -> tuple[Value, ...]:
    if comment is None:
        return (None, "", "", "")
    return (
        comment.passage.number if comment.passage else None,
        comment.text,
        comment.suggestion,
        comment.question.text if comment.question else "",
    )


def _beside(contribution: Contribution) -> tuple[Value, ...]:
    """What was chosen for questions and which files came, in the first row of a contribution."""
    answers = [f"{each.question.text} – {each.label}" for each in contribution.answers.all()]
    files = [each.file.name for each in contribution.attachments.all()]
    return ("; ".join(answers), "; ".join(files))
