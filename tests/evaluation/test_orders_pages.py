"""What a person sees of an order: that it goes on, how far it is, and who gave it."""

from __future__ import annotations

import pytest

from richtschnur.evaluation.models import Order
from richtschnur.evaluation.operations import carry_on
from tests.evaluation.answering import REASON, logged_in
from tests.evaluation.test_orders import all_points, grouped, states, world
from tests.support.staff import address
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
__all__ = ["world"]


def test_the_answer_of_a_large_group_is_ordered_from_its_page(world: World) -> None:
    grouped(world)
    client, head = logged_in(world.officer), all_points()[0]
    given = {"decision": "accepted", "reason": REASON, "act": "hand_in", "seen_version": "0"}
    answered = address("evaluation:answer", world.consultation.slug, head.pk)
    page = client.post(answered, given, follow=True).content.decode()
    assert "These are 5 points" in page
    assert "0 of 5" in page
    again = client.post(answered, given)
    assert again.status_code == 409
    assert REASON in again.content.decode()
    assert "being worked on" in again.content.decode()
    assert (
        "0 of 5"
        in client.get(address("evaluation:queue", world.consultation.slug)).content.decode()
    )
    carry_on(at=world.at)
    assert states() == ["handed_in"] * 5
    assert "<progress" not in client.get(answered.replace("answer", "")).content.decode()
    reviewer = logged_in(world.reviewer)
    reviewer.post(address("evaluation:release", world.consultation.slug, head.pk), {"version": "1"})
    assert Order.objects.filter(act="release", finished_at=None).count() == 1
    carry_on(at=world.at)
    assert states() == ["released"] * 5
