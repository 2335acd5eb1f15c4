"""Two contributions that should not stay: one is erased by two people, one waits for the second."""

from __future__ import annotations

from datetime import timedelta

from richtschnur.accounts.models import User
from richtschnur.consultation.models import Consultation
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import (
    NewComment,
    Person,
    ask_erasure,
    confirm_erasure,
    submit_contribution,
)
from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import write_response
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.kinds import Ground

ABOUT_A_NEIGHBOUR = (
    "In unserem Haus wohnt seit dem Sommer eine Familie, deren Namen und Krankheiten ich hier"
    " lieber nicht genannt hätte. Bitte löschen Sie das wieder."
)
WITHDRAWN = "Ich habe mich im Ton vergriffen. Die Sprachkurse in Hagenwerth sind trotzdem zu voll."
SENT_AFTER, ASKED_AFTER, CONFIRMED_AFTER = timedelta(days=3), timedelta(days=4), timedelta(days=5)


def erase_one(consultation: Consultation, officer: User, reviewer: User) -> None:
    """Somebody wrote about neighbours and asked the day after that it goes."""
    contribution = _sent(consultation, ABOUT_A_NEIGHBOUR, "neighbour")
    _begin_an_answer(contribution, officer)
    _ask(contribution, Ground.NAMES_OTHERS, officer)
    at = consultation.opens_at + CONFIRMED_AFTER
    confirm_erasure(contribution=contribution, by=reviewer.actor(at.date()), at=at)


def _begin_an_answer(contribution: Contribution, officer: User) -> None:
    """A draft that nobody has released: its point is closed with the erasure."""
    at = contribution.received_at + timedelta(hours=3)
    write_response(
        point=Point.objects.get(comment__contribution=contribution),
        author=officer,
        reason="Zu Nachbarn können wir nichts sagen.",
        by=officer.actor(at.date()),
        at=at,
    )


def ask_for_one(consultation: Consultation, officer: User) -> None:
    """Here the second person has not looked at it yet."""
    _ask(_sent(consultation, WITHDRAWN, "tone"), Ground.OWN_WISH, officer)


def _sent(consultation: Consultation, text: str, key: str) -> Contribution:
    return submit_contribution(
        consultation=consultation,
        comments=[NewComment(text)],
        kind="resident",
        idempotency_key=f"example:{key}",
        person=Person(),
        language="de",
        by=VISITOR,
        at=consultation.opens_at + SENT_AFTER,
    ).contribution


def _ask(contribution: Contribution, ground: Ground, officer: User) -> None:
    at = contribution.received_at + (ASKED_AFTER - SENT_AFTER)
    ask_erasure(contribution=contribution, ground=ground, by=officer.actor(at.date()), at=at)
