"""Questions are made, changed and put in order until the consultation opens; then they stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from richtschnur.accounts.rules import require
from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations.ready_questions import READY_SETS, ready_name, words_in
from richtschnur.consultation.rules import check_question, check_still_planned
from richtschnur.journal.actors import Actor
from richtschnur.journal.operations import record
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.models import Passage


@dataclass(frozen=True)
class NewQuestion:
    """What is asked; `options` as in `Question`."""

    kind: str
    text: str
    explanation: str = ""
    options: Sequence[str] = ()
    is_required: bool = False
    passage: Passage | None = None
    ready: str = ""


def ready_questions(key: str, language: str) -> list[NewQuestion]:
    """A ready set in one language. Raises Refused for an unknown one."""
    if key not in READY_SETS:
        raise Refused(_("There is no such set of questions. Please choose one."), code="not-found")
    asked = []
    for number, ready in enumerate(READY_SETS[key].questions):
        text, explanation, options = words_in(ready, language)
        name = ready_name(key, number)
        asked.append(NewQuestion(ready.kind, text, explanation, options, ready=name))
    return asked


@transaction.atomic
def add_questions(
    *, consultation: Consultation, questions: Iterable[NewQuestion], by: Actor, at: datetime
) -> list[Question]:
    """Add these at the end; all or none. Raises Refused once it is open, and for a bad one."""
    require(by, "consultation.open")
    consultation = held_planned(consultation, at)
    made = put_questions(consultation, questions)
    _record(consultation, "consultation.add_questions", by, at, made)
    return made


def put_questions(consultation: Consultation, questions: Iterable[NewQuestion]) -> list[Question]:
    """Store them behind those that are there, without a journal entry of their own."""
    last = consultation.questions.aggregate(last=Max("position"))["last"] or 0
    made = []
    for position, new in enumerate(questions, start=last + 1):
        question = _filled(Question(consultation=consultation, position=position), new)
        question.save(force_insert=True)
        made.append(question)
    return made


def _filled(question: Question, new: NewQuestion) -> Question:
    """With these words. Raises Refused."""
    question.kind, question.text = new.kind, new.text.strip()
    question.explanation = new.explanation.strip()
    question.options = [option.strip() for option in new.options if option.strip()]
    question.is_required, question.passage = new.is_required, new.passage
    question.ready = new.ready or question.ready
    check_question(question)
    return question


@transaction.atomic
def change_question(*, question: Question, new: NewQuestion, by: Actor, at: datetime) -> Question:
    """Other words for a question. Raises Refused once it is open, and for bad ones."""
    require(by, "consultation.open")
    consultation = held_planned(question.consultation, at)
    question = _filled(_found(consultation, question), new)
    question.save()
    _record(consultation, "consultation.change_question", by, at, [question])
    return question


@transaction.atomic
def remove_question(*, question: Question, by: Actor, at: datetime) -> None:
    """Take a question out; those behind it move up."""
    require(by, "consultation.open")
    consultation = held_planned(question.consultation, at)
    question = _found(consultation, question)
    _record(consultation, "consultation.remove_question", by, at, [question])
    behind = consultation.questions.filter(position__gt=question.position)
    question.delete()
    behind.update(position=F("position") - 1)


@transaction.atomic
def move_question(*, question: Question, is_up: bool, by: Actor, at: datetime) -> None:
    """Change places with its neighbour; the first does not move up, the last not down."""
    require(by, "consultation.open")
    consultation = held_planned(question.consultation, at)
    question = _found(consultation, question)
    beside = question.position + (-1 if is_up else 1)
    neighbour = consultation.questions.filter(position=beside).first()
    if neighbour is None:
        return
    neighbour.position, question.position = question.position, neighbour.position
    neighbour.save(update_fields=["position"])
    question.save(update_fields=["position"])
    _record(consultation, "consultation.move_question", by, at, [question])


def held_planned(consultation: Consultation, at: datetime) -> Consultation:
    """The consultation, locked. Raises Refused unless its questions may still change."""
    rows = Consultation.objects.select_for_update(of=("self",)).select_related("strategy")
    consultation = rows.get(pk=consultation.pk)
    check_still_planned(consultation, at)
    return consultation


def _found(consultation: Consultation, question: Question) -> Question:
    found = consultation.questions.filter(pk=question.pk).first()
    if found is None:
        raise Refused(_("This question was taken out meanwhile."), code="not-found")
    return found


def seal_questions(*, at: datetime) -> int:
    """Let the database keep the questions of all that have opened; says of how many."""
    opened = Consultation.objects.filter(questions_sealed_at__isnull=True, opens_at__lte=at)
    return opened.update(questions_sealed_at=at)


def _record(
    consultation: Consultation, act: str, by: Actor, at: datetime, questions: list[Question]
) -> None:
    data: dict[str, Any] = {"questions": [[q.position, q.kind] for q in questions]}
    record(act=act, subject=f"consultation:{consultation.slug}", by=by, at=at, data=data)
