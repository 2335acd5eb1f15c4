"""A survey that got more time, one to come, one that is over, a timetable."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from richtschnur.consultation.models import Consultation, Question
from richtschnur.consultation.operations import (
    NewQuestion,
    extend_deadline,
    open_consultation,
    ready_questions,
    set_timetable,
    source_of,
    write_question,
)
from richtschnur.contributions.operations import NewAnswer, NewComment, submit_contribution
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.strategy.models import Strategy
from richtschnur.strategy.operations import begin_paper
from richtschnur.ui.languages import LANGUAGES
from tests.support.visits import Visit

ASKED = (
    NewQuestion("choices", "Was bieten Sie an?", options=("Beratung", "Sprachkurse", "Sport")),
    NewQuestion("open", "Was fehlt in Ihrem Ort?", "Ein Satz genügt."),
    NewQuestion("scale", "Wie gut klappt es?", options=("schlecht", "mittel", "gut")),
    NewQuestion("choice", "Wo?", options=("in der Stadt", "auf dem Land"), is_required=True),
)
MISSING = "نحتاج إلى مكان للقاء. Und eine Halle am Mittwoch."


@dataclass
class Asking:
    """`survey` is open and was extended, `planned` can be changed, `over` shows its results."""

    now: datetime
    strategy: Strategy = field(init=False)
    survey: Consultation = field(init=False)
    planned: Consultation = field(init=False)
    over: Consultation = field(init=False)
    number: str = field(init=False)

    def __post_init__(self) -> None:
        day = timedelta(days=1)
        self.strategy = begin_paper(title="Netzwerkkonzept", by=CLI, at=self.now - 60 * day)
        self.over = self._open("Erfahrungen sammeln", -50 * day, -20 * day, ASKED)
        self.survey = self._open("Was bieten Sie an, was fehlt?", -9 * day, 5 * day, ASKED)
        ready = ready_questions("experience", "de")
        self.planned = self._open("Ideen für 2030", 5 * day, 30 * day, [*ASKED[:1], *ready])
        for n in range(9):
            self._answer(self.over, n, self.now - 30 * day)
        self._translate(self.survey.questions.all()[3])
        self.number = self._answer(self.survey, 1, self.now - day)
        extend_deadline(
            consultation=self.survey,
            closes_at=self.now + 12 * day,
            reason="Viele Vereine tagen erst am Monatsende.",
            by=CLI,
            at=self.now - day,
        )
        set_timetable(
            strategy=self.strategy,
            council_on=(self.now + 150 * day).date(),
            land="SN",
            by=CLI,
            at=self.now,
        )

    def _translate(self, question: Question) -> None:
        """In all languages but the paper's, as long as the words are."""
        lines = [question.text, *filter(None, [question.explanation]), *question.options]
        for language in LANGUAGES:
            if language.code != "de":
                write_question(
                    question=question,
                    read=source_of(question).fingerprint,
                    language=language.code,
                    lines=[f"{line} – {language.name}" for line in lines],
                    by=CLI,
                    at=self.now - timedelta(days=8),
                )

    @property
    def translated(self) -> Question:
        return self.survey.questions.all()[3]

    @property
    def question(self) -> Question:
        return self.planned.questions.all()[1]

    def _open(
        self, title: str, opens: timedelta, closes: timedelta, questions: object
    ) -> Consultation:
        opens_at = self.now + opens
        return open_consultation(
            on=self.strategy,
            title=title,
            introduction="Bevor ein Entwurf entsteht, fragen wir Sie.",
            opens_at=opens_at,
            closes_at=self.now + closes,
            audience="public",
            publication="anonymised",
            questions=questions,  # type: ignore[arg-type]
            by=CLI,
            at=min(opens_at, self.now) - timedelta(hours=1),
        )

    def _answer(self, consultation: Consultation, n: int, at: datetime) -> str:
        many, open_, scale, one = consultation.questions.all()
        values = [
            NewAnswer(many, many.options[n % 2]),
            NewAnswer(scale, "3" if n < 6 else "1"),
            NewAnswer(one, one.options[n // 8]),
        ]
        return submit_contribution(
            consultation=consultation,
            comments=[NewComment(MISSING, question=open_)] if n < 2 else [],
            answers=values,
            kind="club",
            idempotency_key=f"asking-{consultation.pk}-{n}",
            by=VISITOR,
            at=at,
        ).contribution.number


def answer_some(visit: Visit, town: object) -> None:
    """The basket with answers in it."""
    survey = town.asking.survey  # type: ignore[attr-defined]
    visit.open("contributions:questions", survey.slug)
    visit.page.locator("main form input[type=checkbox]").first.check()
    visit.page.locator("main form textarea").first.fill(MISSING)
    visit.page.locator("main form fieldset:last-of-type input[type=radio]").first.check()
    visit.page.locator("main form .kern-btn--primary").click()
    visit.page.locator("form.sending").wait_for()


def answer_nothing(visit: Visit, town: object) -> None:
    """What must be answered is asked for."""
    visit.open("contributions:questions", town.asking.survey.slug)  # type: ignore[attr-defined]
    visit.page.locator("main form .kern-btn--primary").click()
    visit.page.locator("#errors").wait_for()
