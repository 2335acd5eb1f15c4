"""A survey without a draft: an open question, a scale, one of several, any of several."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.test import Client

from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import NewQuestion, open_consultation
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import NewAnswer, NewComment, submit_contribution
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.strategy.operations import begin_paper
from tests.support.staff import address
from tests.support.world import NOON

ASKED = (
    NewQuestion("open", "Was fehlt?", "Ein Satz genügt <b>."),
    NewQuestion("scale", "Wie gut klappt es?", options=("schlecht", "mittel", "gut")),
    NewQuestion("choice", "Wie viele erreichen Sie?", options=("bis 20", "mehr")),
    NewQuestion("choices", "Was bieten Sie an?", options=("Beratung", "Kurse", "Sport")),
)


def survey(
    opens_at: datetime = NOON, *, at: datetime = NOON, questions: object = ASKED, **more: object
) -> Consultation:
    """Twenty days long, published without names."""
    about = {"audience": "public", "publication": "anonymised"} | more
    return open_consultation(
        on=begin_paper(title="Konzept 2030", by=CLI, at=at),
        title="Umfrage unter Akteuren",
        opens_at=opens_at,
        closes_at=opens_at + timedelta(days=20),
        questions=questions,  # type: ignore[arg-type]
        by=CLI,
        at=at,
        **about,  # type: ignore[arg-type]
    )


def asked(consultation: Consultation) -> list[Question]:
    return list(consultation.questions.all())


def answer(consultation: Consultation, key: str, *values: str, text: str = "") -> Contribution:
    """A contribution with these values, wherever they may be given."""
    questions = asked(consultation)
    given = [NewAnswer(q, value) for value in values for q in questions if value in q.values]
    comments = [NewComment(text, question=questions[0])] if text else []
    return submit_contribution(
        consultation=consultation,
        comments=comments,
        answers=given,
        kind="club",
        idempotency_key=key,
        by=VISITOR,
        at=NOON,
    ).contribution


def page(name: str, consultation: Consultation) -> str:
    return address(f"contributions:{name}", consultation.slug)


def fill_in(client: Client, consultation: Consultation, *given: object) -> object:
    """Post the page of questions with these values, in the questions' order."""
    named = {f"question_{q.pk}": v for q, v in zip(asked(consultation), given, strict=False)}
    return client.post(page("questions", consultation), named)
