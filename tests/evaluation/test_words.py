"""Words are shown to everyone only when a person has said so."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import clear_words, release_response, write_response
from richtschnur.evaluation.queries import synopsis_points, synopsis_rows
from richtschnur.journal.refusals import Forbidden
from tests.support.world import World

pytestmark = pytest.mark.django_db
SECRET = "Mein Nachbar Meier ist krank."


def answered(world: World) -> Point:
    world.contribute(SECRET)
    point = Point.objects.get()
    on = world.at.date()
    write_response(
        point=point,
        author=world.officer,
        decision="not_accepted",
        reason="Das geht so nicht.",
        hand_in=True,
        by=world.officer.actor(on),
        at=world.at,
    )
    release_response(point=point, by=world.reviewer.actor(on), at=world.at)
    return point


def everything_public(world: World, client: Client) -> str:
    passage = world.edition.passages.get(number=1)
    pages = [
        reverse("evaluation:overview", args=[world.consultation.slug]),
        reverse("strategy:passage", args=[world.edition.strategy.slug, 1, passage.number]),
        reverse("consultation:read", args=[world.consultation.slug]),
    ]
    points = synopsis_points(world.consultation)
    rows = [row.text for row in synopsis_rows(world.consultation, points, public=True)]
    return "".join(client.get(page).content.decode() for page in pages) + "".join(rows)


def test_words_stay_hidden_until_somebody_shows_them(client: Client) -> None:
    world = World()
    point = answered(world)
    before = everything_public(world, client)
    assert "Das geht so nicht." in before
    assert SECRET not in before
    by = world.officer.actor(world.at.date())
    clear_words(point=point, are_public=True, by=by, at=world.at)
    assert SECRET in everything_public(world, client)
    clear_words(point=point, are_public=False, by=by, at=world.at)
    assert SECRET not in everything_public(world, client)


def test_a_department_cannot_show_words() -> None:
    world = World()
    point = answered(world)
    by = world.department.actor(world.at.date())
    with pytest.raises(Forbidden):
        clear_words(point=point, are_public=True, by=by, at=world.at)


def test_the_reviewer_shows_them_with_the_release(client: Client) -> None:
    world = World()
    world.contribute(SECRET)
    point = Point.objects.get()
    write_response(
        point=point,
        author=world.officer,
        decision="accepted",
        reason="Gern.",
        hand_in=True,
        by=world.officer.actor(world.at.date()),
        at=world.at,
    )
    client.force_login(world.reviewer)
    address = reverse("evaluation:release", args=[world.consultation.slug, point.pk])
    client.post(address, {"version": "1", "are_words_public": "yes"})
    point.refresh_from_db()
    assert point.state == "released"
    assert point.are_words_public
