"""The same form sent many times at once, and a comment written in that very moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from richtschnur.contributions.models import Basket, BasketComment, Comment, Contribution
from richtschnur.contributions.operations import put_comment, send_basket, sending_key
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "a secret of this test alone"


def alone(work: Callable[[], object]) -> object:
    """Do it in this thread's own connection, and close that."""
    try:
        return work()
    finally:
        connection.close()


def test_many_clicks_at_once_store_one() -> None:
    world = World()
    put_comment(consultation=world.consultation, secret=SECRET, text="Einmal", at=world.at)
    key = sending_key(Basket.objects.get())

    def send() -> str:
        return send_basket(
            consultation=world.consultation, secret=SECRET, key=key, kind="resident", at=world.at
        ).secret

    with ThreadPoolExecutor(6) as pool:
        secrets = {job.result() for job in [pool.submit(alone, send) for _click in range(12)]}
    assert len(secrets) == 1
    assert Contribution.objects.count() == Comment.objects.count() == 1


def test_no_comment_is_lost_between_writing_and_sending() -> None:
    world = World()
    put_comment(consultation=world.consultation, secret=SECRET, text="Erster", at=world.at)
    key = sending_key(Basket.objects.get())

    def write(text: str) -> None:
        put_comment(consultation=world.consultation, secret=SECRET, text=text, at=world.at)

    def send() -> None:
        send_basket(
            consultation=world.consultation, secret=SECRET, key=key, kind="resident", at=world.at
        )

    texts = [f"Noch einer {n}" for n in range(8)]
    with ThreadPoolExecutor(5) as pool:
        jobs = [pool.submit(alone, lambda text=text: write(text)) for text in texts]
        jobs.insert(3, pool.submit(alone, send))
        for job in jobs:
            job.result()
    sent = set(Comment.objects.values_list("text", flat=True))
    waiting = set(BasketComment.objects.values_list("text", flat=True))
    assert sent | waiting == {"Erster", *texts}
    assert sent & waiting == set()
