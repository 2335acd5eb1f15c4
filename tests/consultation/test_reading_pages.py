"""The draft's page: before, during and after; who may see it; constant queries."""

from __future__ import annotations

import itertools
import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.consultation.operations import open_consultation
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Strategy
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.world import PASSWORD, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def read(client: Client, world: World) -> str:
    response = client.get(reverse("consultation:read", args=[world.consultation.slug]))
    assert response.status_code == 200
    return response.content.decode()


def test_every_passage_has_its_number_and_its_way_to_comment(
    client: Client, set_clock: SetClock
) -> None:
    world = World()
    set_clock(world.at)
    page = read(client, world)
    for passage in world.edition.passages.all():
        address = reverse("contributions:comment", args=[world.consultation.slug, passage.number])
        assert f'id="p{passage.number}"' in page
        assert f'href="{address}"' in page
    assert reverse("contributions:whole", args=[world.consultation.slug]) in page
    levels = [int(level) for level in re.findall(r"<h([1-6])", page)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_before_the_opening_and_after_the_end_nothing_can_be_written(
    client: Client, set_clock: SetClock
) -> None:
    world = World()
    link = reverse("contributions:whole", args=[world.consultation.slug])
    set_clock(world.consultation.opens_at - timedelta(seconds=1))
    assert link not in read(client, world)
    set_clock(world.consultation.closes_at)
    assert link in read(client, world)
    set_clock(world.consultation.closes_at + timedelta(milliseconds=999))
    assert link in read(client, world)
    set_clock(world.consultation.closes_at + timedelta(seconds=1))
    assert link not in read(client, world)


@pytest.mark.parametrize("paragraphs", [3, 120])
def test_queries_do_not_grow_with_the_paper(
    client: Client, set_clock: SetClock, paragraphs: int
) -> None:
    world = World(paragraphs=paragraphs)
    set_clock(world.at)
    for number in (1, 2, 3):
        address = reverse("contributions:comment", args=[world.consultation.slug, number])
        client.post(address, {"text": f"Zu {number}"})
    read(client, world)
    with at_most(15):
        read(client, world)


def test_what_is_not_public_is_hidden(client: Client, set_clock: SetClock) -> None:
    world = World(audience="internal")
    set_clock(world.at)
    address = reverse("consultation:read", args=[world.consultation.slug])
    assert client.get(address).status_code == 404
    assert world.consultation.title not in client.get(reverse("consultation:list")).content.decode()
    for name, arguments in (("whole", []), ("basket", []), ("comment", [1])):
        there = reverse(f"contributions:{name}", args=[world.consultation.slug, *arguments])
        assert client.get(there).status_code == 404
    assert client.login(username=world.officer.login, password=PASSWORD)
    assert client.get(address).status_code == 200


def test_an_invitation_opens_the_page_in_this_browser(client: Client, set_clock: SetClock) -> None:
    world = World(audience="invited")
    set_clock(world.at)
    slug = world.consultation.slug
    address = reverse("consultation:read", args=[slug])
    assert client.get(address).status_code == 404
    assert client.get(reverse("consultation:invitation", args=[slug, "x" * 27])).status_code == 404
    key = world.consultation.key
    response = client.get(reverse("consultation:invitation", args=[slug, key]))
    assert response.status_code == 302
    assert client.get(address).status_code == 200
    assert Client().get(address).status_code == 404


def test_ideas_can_be_gathered_without_a_draft(client: Client, set_clock: SetClock) -> None:
    world = World()
    set_clock(world.at)
    paper = Strategy.objects.create(slug="jugend", title="Jugendkonzept", created_at=world.at)
    ideas = open_consultation(
        on=paper,
        opens_at=world.at - timedelta(days=1),
        closes_at=world.at + timedelta(days=1),
        audience="public",
        by=CLI,
        at=world.at,
    )
    page = client.get(reverse("consultation:read", args=[ideas.slug])).content.decode()
    assert reverse("contributions:whole", args=[ideas.slug]) in page
    assert client.get(reverse("contributions:comment", args=[ideas.slug, 1])).status_code == 404
