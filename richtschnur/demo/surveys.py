"""The example's survey of actors without a draft, its extended deadline, and a timetable."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import localtime, make_aware

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import (
    NewQuestion,
    extend_deadline,
    open_consultation,
    set_timetable,
    source_of,
)
from richtschnur.consultation.states import Audience, Publication
from richtschnur.contributions.operations import (
    NewAnswer,
    NewComment,
    Person,
    submit_contribution,
)
from richtschnur.demo.source import read
from richtschnur.demo.translations import MACHINE
from richtschnur.documents.cells import join_rows
from richtschnur.journal.actors import SYSTEM, VISITOR
from richtschnur.strategy.models import Strategy
from richtschnur.strategy.operations import begin_paper
from richtschnur.translation.operations import Draft, keep_drafts

MEETS_ON = 3  # Thursday


def ask_the_actors(officer: User, *, at: datetime) -> Consultation:
    """Open the survey as many days ago as the example says, answer it, and give it more time."""
    row = read("survey.json")
    first_day = localtime(at).date() - timedelta(days=row["opened_days_ago"])
    opens_at = make_aware(datetime.combine(first_day, time(8)))
    before = opens_at - timedelta(hours=20)
    by = officer.actor(before.date())
    consultation = open_consultation(
        on=begin_paper(title=row["paper"], by=by, at=before),
        title=row["title"],
        introduction=row["introduction"],
        opens_at=opens_at,
        closes_at=_evening(opens_at, row["runs_days"]),
        audience=Audience.PUBLIC,
        publication=Publication.ANONYMISED,
        questions=[_question(question) for question in row["questions"]],
        by=by,
        at=before,
    )
    _translate(consultation, row["questions"], at=before)
    given = row["extended"]
    early = [answer for answer in row["answers"] if answer["day"] <= given["after_days"]]
    for answer in early:
        _answer(consultation, answer)
    extended_at = opens_at + timedelta(days=given["after_days"], hours=3)
    extend_deadline(
        consultation=consultation,
        closes_at=_evening(opens_at, given["to_days"]),
        reason=given["reason"],
        by=officer.actor(extended_at.date()),
        at=extended_at,
    )
    consultation.refresh_from_db()
    for answer in row["answers"]:
        if answer not in early:
            _answer(consultation, answer)
    return consultation


def _evening(opens_at: datetime, days: int) -> datetime:
    last_day = localtime(opens_at).date() + timedelta(days=days)
    return make_aware(datetime.combine(last_day, time(18)))


def _question(row: dict[str, Any]) -> NewQuestion:
    explanation, options = row.get("explanation", ""), tuple(row.get("options", ()))
    return NewQuestion(row["kind"], row["text"], explanation, options)


def _translate(consultation: Consultation, rows: list[dict[str, Any]], *, at: datetime) -> None:
    """Drafts in some languages that nobody has checked yet; one question lacks two of them."""
    for question, row in zip(consultation.questions.all(), rows, strict=True):
        source = source_of(question)
        for language, lines in row["in"].items():
            draft = Draft(source, join_rows([line] for line in lines))
            about = f"consultation:{consultation.slug}"
            keep_drafts(
                drafts=[draft], language=language, machine=MACHINE, about=about, by=SYSTEM, at=at
            )


def _answer(consultation: Consultation, row: dict[str, Any]) -> None:
    """One actor's answers; what came after the first deadline came within the second."""
    questions = list(consultation.questions.all())
    own_words = [question for question in questions if question.is_open]
    texts = zip(own_words, row["texts"], strict=True)
    first_day = localtime(consultation.opens_at).date()
    hour = time.fromisoformat(row["time"])
    at = make_aware(datetime.combine(first_day + timedelta(days=row["day"]), hour))
    submit_contribution(
        consultation=consultation,
        comments=[NewComment(text, question=question) for question, text in texts if text],
        answers=[
            NewAnswer(question, value)
            for question in questions
            for value in row["values"]
            if value in question.values
        ],
        kind=row["kind"],
        idempotency_key=f"example:survey:{row['organisation']}",
        person=Person(organisation=row["organisation"]),
        language="de",
        by=VISITOR,
        at=at,
    )


def plan_ahead(strategy: Strategy, officer: User, *, at: datetime) -> None:
    """Count back from a meeting of the county council."""
    row = read("survey.json")["timetable"]
    day = localtime(at).date() + timedelta(days=row["meets_in_days"])
    set_timetable(
        strategy=strategy,
        council_on=day + timedelta(days=(MEETS_ON - day.weekday()) % 7),
        land=row["land"],
        first_step=row["first_step"],
        by=officer.actor(at.date()),
        at=at - timedelta(days=2),
    )
