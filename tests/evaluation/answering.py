"""Answering in a few words, for tests."""

from __future__ import annotations

from django.test import Client

from richtschnur.accounts.models import User
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import release_response, write_response
from richtschnur.journal.actors import Actor
from tests.support.world import World

REASON = "Das Angebot gibt es schon, wir beschreiben es genauer."


def acting(world: World, user: User) -> Actor:
    return user.actor(world.at.date())


def answer(world: World, point: Point, decision: str = "accepted", **more: object) -> Response:
    """The officer hands in an answer."""
    given = {"reason": REASON, "hand_in": True, "author": world.officer} | more
    author = given["author"]
    assert isinstance(author, User)
    return write_response(
        point=point,
        decision=decision,
        by=acting(world, author),
        at=world.at,
        **given,  # type: ignore[arg-type]
    )


def released(world: World, point: Point, decision: str = "accepted", **more: object) -> Response:
    """The officer answers and the reviewer releases."""
    answer(world, point, decision, **more)
    return release_response(point=point, by=acting(world, world.reviewer), at=world.at)


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def the_point() -> Point:
    return Point.objects.get()
