"""Contributions as a table: one row a comment, for staff."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.db.models import Prefetch
from django.utils.timezone import localtime

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.queries import questions_of
from richtschnur.contributions.models import Comment, Contribution
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
            comment.question.text if comment.question else "",
        )


def export_answers(
    consultation: Consultation, format: SheetFormat, path: Path, *, at: datetime
) -> None:
    """Write one row a contribution and one column a question to `path`, for staff."""
    questions = list(questions_of(consultation))
    sheet = Sheet(
        title=consultation.title[:31],
        head=("number", "received_at", "kind", "organisation", *(q.text for q in questions)),
        rows=_answer_rows(consultation, [question.pk for question in questions]),
        language=consultation.strategy.language,
        written_at=at,
    )
    write_table(sheet, format, path)


def _answer_rows(consultation: Consultation, questions: list[int]) -> Iterator[tuple[Value, ...]]:
    rows = Contribution.objects.filter(consultation=consultation).select_related("sender")
    asked = Comment.objects.filter(question__isnull=False)
    rows = rows.prefetch_related("answers__question", Prefetch("comments", asked, "said"))
    for row in rows.order_by("received_at", "id").iterator(chunk_size=1000):
        given: dict[int | None, list[str]] = {}
        for answer in row.answers.all():
            given.setdefault(answer.question_id, []).append(answer.label)
        for comment in row.said:
            given.setdefault(comment.question_id, []).append(comment.text)
        if given:
            yield (
                row.number,
                localtime(row.received_at).isoformat(timespec="seconds"),
                row.kind,
                row.sender.organisation,
                *("; ".join(given.get(question, [])) for question in questions),
            )
