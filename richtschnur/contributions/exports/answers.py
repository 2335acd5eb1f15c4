"""Answers to the questions of a consultation as a table for staff."""

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
