"""What questions read like for a reader: as written, as a ready set has it, or as translated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from richtschnur.consultation.models import Question
from richtschnur.consultation.operations.ready_questions import shown_in
from richtschnur.documents.cells import join_rows, split_rows
from richtschnur.translation.queries import Told, told_in
from richtschnur.translation.sources import Source, subject
from richtschnur.ui.languages import language_of


@dataclass(frozen=True)
class Shown:
    """A question in one language; `told` is its translation where staff have made one."""

    text: str
    explanation: str
    options: list[str]
    language: str
    told: Told | None = None


def source_of(question: Question) -> Source:
    """A question as a text to translate: a row each for text, explanation and options."""
    lines = [question.text, *filter(None, [question.explanation]), *question.options]
    return Source(
        subject=subject("question", question.pk),
        text=join_rows([line] for line in lines),
        language=question.consultation.strategy.language,
        is_table=True,
    )


def parts_of(question: Question, text: str) -> tuple[str, str, list[str]] | None:
    """Text, explanation and options of a translation; None where a row is missing or empty."""
    lines = [row[0] for row in split_rows(text)]
    count = 1 + bool(question.explanation) + len(question.options)
    if len(lines) != count or not all(lines):
        return None
    explanation = lines[1] if question.explanation else ""
    return lines[0], explanation, lines[count - len(question.options) :]


def is_ready_in(question: Question, language: str) -> bool:
    """Whether a ready set has its words in this language."""
    return shown_in(question, language)[3] == language


def shown_all(questions: Iterable[Question], language: str) -> dict[int, Shown]:
    """Each question by its key in the reader's language where it can be; one query at most.

    A translation of former words is not shown: its answers could mean something else.
    """
    found, left = {}, []
    for question in questions:
        found[question.pk] = Shown(*shown_in(question, language))
        own = language_of(question.consultation.strategy.language).code
        if found[question.pk].language != language and own != language:
            left.append(question)
    told = told_in(map(source_of, left), language) if left else {}
    for question in left:
        here = told[subject("question", question.pk)]
        if here.translation is not None and here.is_current:
            parts = parts_of(question, here.translation.text)
            if parts is not None:
                found[question.pk] = Shown(*parts, language, here)
    return found
