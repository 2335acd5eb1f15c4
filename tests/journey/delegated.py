"""Others were asked about points: one question waits, one came back, one is late."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from richtschnur.accounts.models import User
from richtschnur.consultation.operations import Guest
from richtschnur.evaluation.models import Delegation, Point
from richtschnur.evaluation.operations import (
    Said,
    delegate_points,
    delegation_secret,
    hand_in_advice,
)
from tests.support.visits import Visit

if TYPE_CHECKING:
    from tests.journey.town import Town

REASON = "Donnerstags haben wir bis 18 Uhr offen; ein zweiter Abend geht ab dem Frühjahr."


class Delegated:
    """Three questions to others, and the addresses of those who were asked."""

    def __init__(self, points: Sequence[Point], officer: User, now: datetime) -> None:
        self.now, self.officer = now, officer
        _first, _second, _arabic, returned, long, *late = points
        self.choice = f"{returned.pk}:0 {long.pk}:0"
        self.waiting = self._ask("Jobcenter Lindwehr", [returned, late[0]], 1, 5)
        self.back = self._ask("Staatliches Schulamt", [returned, late[0]], 4, 3)
        self.late = self._ask("Verkehrsgesellschaft mit einem langen Namen", [returned], 6, -1)
        self.advised = returned
        one, two = self.back.advices.order_by("position")
        said = {
            one.pk: Said("partly_accepted", reason=REASON),
            two.pk: Said(is_not_ours=True, reason="Das ist Sache des Trägers.", whose="die Stadt"),
        }
        hand_in_advice(delegation=self.back, said=said, seen={}, at=now - timedelta(days=2))
        self.waiting_secret = delegation_secret(self.waiting)
        self.back_secret = delegation_secret(self.back)
        self.late_secret = delegation_secret(self.late)

    def _ask(self, name: str, points: Sequence[Point], ago: int, due_in: int) -> Delegation:
        at = self.now - timedelta(days=ago)
        return delegate_points(
            points=points,
            guest=Guest(name, "Frau Blum", "blum@post.example"),
            question="Was sagen Sie dazu, und was würden Sie antworten?",
            due_on=self.now.date() + timedelta(days=due_in),
            address="https://rat.example/{secret}/",
            asker=self.officer,
            by=self.officer.actor(at.date()),
            at=at,
        )


def hand_in_nothing(visit: Visit, town: Town) -> None:
    """The error state of the page of who was asked."""
    visit.open("evaluation:asked", town.delegated.waiting_secret)
    visit.page.locator("button[value=hand_in]").click()
    visit.page.locator("#errors").wait_for()


def ask_nobody(visit: Visit, town: Town) -> None:
    """The error state of the page that asks."""
    visit.open("evaluation:ask", town.closed.slug, points=town.delegated.choice)
    visit.page.locator("main form[novalidate] .kern-btn--primary").click()
    visit.page.locator("#errors").wait_for()
