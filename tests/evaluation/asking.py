"""Asking others about points in a few words, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.test import Client

from richtschnur.consultation.operations import Guest
from richtschnur.evaluation.models import Delegation, Point
from richtschnur.evaluation.operations import Said, delegate_points, delegation_secret
from tests.evaluation.answering import acting
from tests.support.staff import address
from tests.support.world import World

ADDRESS = "https://rat.example/en/answers/asked/{secret}/"
REASON = "Abends geht es donnerstags, ab dem Frühjahr."


def asked(
    world: World, *, points: Sequence[Point] | None = None, name: str = "Jobcenter", days: int = 7
) -> Delegation:
    """The officer asks somebody about these points, or all of them."""
    return delegate_points(
        points=Point.objects.all() if points is None else points,
        guest=Guest(name, "Frau Blum", "jc@post.example"),
        question="Was sagen Sie dazu?",
        due_on=world.at.date() + timedelta(days=days),
        address=ADDRESS,
        asker=world.officer,
        by=acting(world, world.officer),
        at=world.at,
    )


def typed(delegation: Delegation, **given: str) -> dict[str, str]:
    """The form as the page shows it now, with this typed at each point."""
    data: dict[str, str] = {}
    for advice in delegation.advices.all():
        choice = "not_ours" if advice.is_not_ours else advice.decision
        shown = {"choice": choice, "reason": advice.reason, "whose": advice.whose}
        shown |= {"mark": Said.of(advice).mark} | given
        data |= {f"{name}_{advice.pk}": value for name, value in shown.items()}
    return data


def page_of(delegation: Delegation, data: dict[str, str] | None = None, act: str = "") -> Any:
    """The personal page in a browser that knows nothing else, or what comes of sending it."""
    url = address("evaluation:asked", delegation_secret(delegation))
    return Client().post(url, data | {"act": act}) if data is not None else Client().get(url)
