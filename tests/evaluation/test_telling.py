"""Who left an address is told once, when everything she said is answered."""

from __future__ import annotations

import pytest

from richtschnur.evaluation.models import Point
from richtschnur.mail.models import Message
from tests.evaluation.answering import released
from tests.support.world import World

pytestmark = pytest.mark.django_db


def test_one_mail_when_all_is_answered() -> None:
    world = World()
    world.contribute("Eins.", "Zwei.", language="de")
    first, second = Point.objects.order_by("pk")
    released(world, first)
    assert not Message.objects.exists()
    released(world, second)
    message = Message.objects.get()
    assert message.to == "erika@post.example"
    assert second.comment.contribution.number in message.body
    released(world, second)
    assert Message.objects.count() == 1
