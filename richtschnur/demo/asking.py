"""The example's questions to others: one came back, one waits, one is overdue."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from richtschnur.accounts.models import User
from richtschnur.accounts.queries import office_contacts
from richtschnur.consultation.operations import Guest
from richtschnur.contributions.models import Contribution
from richtschnur.demo.source import read
from richtschnur.evaluation.models import Delegation, Point
from richtschnur.evaluation.operations import (
    Said,
    delegate_points,
    hand_in_advice,
    open_delegation,
)


def ask_others(sent: dict[str, Contribution], officer: User, *, at: datetime) -> None:
    """Ask those of the example about points of these contributions, days ago."""
    for row in read("asked.json"):
        asked_at = at - timedelta(days=row["asked_days_ago"], hours=2)
        delegation = delegate_points(
            points=[_point(sent, wanted) for wanted in row["points"]],
            guest=_guest(row),
            question=row["question"],
            due_on=at.date() + timedelta(days=row["due_in_days"]),
            address=_address(),
            asker=officer,
            by=officer.actor(asked_at.date()),
            at=asked_at,
        )
        if row.get("opened") or "advice" in row:
            open_delegation(delegation=delegation, at=asked_at + timedelta(hours=20))
        if "advice" in row:
            _advise(delegation, row["advice"], asked_at + timedelta(hours=20, minutes=6))


def _point(sent: dict[str, Contribution], wanted: dict[str, Any]) -> Point:
    points = Point.objects.filter(
        comment__contribution=sent[wanted["contribution"]], comment__position=wanted["comment"]
    )
    begins = wanted["starts_with"] or ""
    return next(point for point in points.order_by("start") if point.text.startswith(begins))


def _guest(row: dict[str, Any]) -> Guest:
    if "office" not in row:
        return Guest(row["name"], row.get("contact", ""), row["email"])
    known = next(c for c in office_contacts() if c.office.short == row["office"])
    return Guest(known.office.name, known.name, known.email, known.office)


def _address() -> str:
    with override("de"):
        path = reverse("evaluation:asked", args=["SECRET"]).replace("SECRET", "{secret}")
    return f"{settings.PUBLIC_URL}{path}"


def _advise(delegation: Delegation, rows: list[dict[str, str]], at: datetime) -> None:
    said = {
        advice.pk: Said(
            decision=row.get("decision", ""),
            is_not_ours="decision" not in row,
            reason=row["reason"],
            whose=row.get("whose", ""),
        )
        for advice, row in zip(delegation.advices.order_by("position"), rows, strict=True)
    }
    hand_in_advice(delegation=delegation, said=said, seen={}, at=at)
