"""A small world for tests: a county with people, a paper, a consultation, a contribution."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from richtschnur.accounts.models import Office, User
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import NewComment, Person, submit_contribution
from richtschnur.documents.structure import (
    Outline,
    OutlineElement,
    OutlinePassage,
    OutlineSection,
)
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=BERLIN)
PASSWORD = "ein-langes-kennwort-fuer-tests"


def outline(paragraphs: int = 3) -> Outline:
    """A paper with one guideline, a goal and a measure, and some more paragraphs."""
    passages = tuple(
        OutlinePassage("paragraph", f"Absatz {n}: Der Kreis zählt {n} Vereine.", 0, "")
        for n in range(1, paragraphs + 1)
    )
    items = (
        OutlinePassage("item", "Alle Kinder lernen früh Deutsch.", 1, ""),
        OutlinePassage("item", "Maßnahmen: Sprachcafé, Elternabende.", 1, ""),
    )
    return Outline(
        title="Integrationskonzept",
        sections=(
            OutlineSection("Ausgangslage", "1.", 1, passages),
            OutlineSection("Bildung und Sprache", "2.", 1, items),
        ),
        elements=(
            OutlineElement("guideline", "Bildung und Sprache", 1, None, 0, 19, None, 1.0),
            OutlineElement("goal", "Alle Kinder lernen früh Deutsch", 1, 0, 0, 31, 0, 1.0),
            OutlineElement("measure", "Sprachcafé", 1, 1, 11, 21, 0, 0.9),
            OutlineElement("measure", "Elternabende", 1, 1, 23, 35, 0, 0.9),
        ),
        doubts=(),
    )


def person(login: str, role: str, office: Office | None = None) -> User:
    """A member of staff who logs in with PASSWORD."""
    user = User(login=login, name=login.title(), role=role, office=office)
    user.set_password(PASSWORD)
    user.save()
    return user


@dataclass
class World:
    """What most tests begin with; everything happened at `at` or before."""

    at: datetime = NOON
    paragraphs: int = 3
    audience: str = "public"
    edition: Edition = field(init=False)
    consultation: Consultation = field(init=False)
    office: Office = field(init=False)
    officer: User = field(init=False)
    reviewer: User = field(init=False)
    department: User = field(init=False)

    def __post_init__(self) -> None:
        self.office = Office.objects.create(short="JA", name="Jugendamt")
        self.officer = person("officer", "administration")
        self.reviewer = person("reviewer", "reviewer")
        self.department = person("department", "department", self.office)
        self.edition = keep_outline(outline=outline(self.paragraphs), by=CLI, at=self.at)
        self.consultation = open_consultation(
            on=self.edition,
            opens_at=self.at - timedelta(days=1),
            closes_at=self.at + timedelta(days=20),
            audience=self.audience,
            publication="names_by_consent",
            by=CLI,
            at=self.at - timedelta(days=2),
        )
        self.edition.refresh_from_db()

    def contribute(self, *texts: str, key: str = "k1", **more: object) -> Contribution:
        """One contribution by a visitor, its comments on the first passages in turn."""
        passages = list(self.edition.passages.all())
        submitted = submit_contribution(
            consultation=self.consultation,
            comments=[
                NewComment(text, passages[index % len(passages)])
                for index, text in enumerate(texts or ("Bitte mehr Sprachkurse am Abend.",))
            ],
            kind="resident",
            idempotency_key=key,
            person=Person(name="Erika Beispiel", email="erika@post.example"),
            by=VISITOR,
            at=self.at,
            **more,  # type: ignore[arg-type]
        )
        return submitted.contribution
