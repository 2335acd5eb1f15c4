"""A county at work, for what must not be stored in it."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape

import pytest
from django.apps import apps
from django.core import serializers
from django.http import HttpResponse
from django.test import Client

from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import write_response
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import start_edition
from tests.support.clock import SetClock
from tests.support.staff import logged_in
from tests.support.world import NOON, World

MEGABYTE = 1024 * 1024
WEB_FORM = "application/x-www-form-urlencoded"
VISITORS_OWN = ("sessions.session", "accounts.failedlogin")  # written at every visit


@dataclass
class Office:
    """A county at work, and who of it sends a form."""

    world: World
    working: Edition

    @property
    def passage(self) -> object:
        return self.working.passages.order_by("position").first()

    @property
    def point(self) -> Point:
        return Point.objects.order_by("pk")[0]

    def client(self, who: str) -> Client:
        return Client() if who == "visitor" else logged_in(getattr(self.world, who))


@pytest.fixture
def office(set_clock: SetClock) -> Office:
    world = World()
    set_clock(world.at)
    world.contribute("Mehr Kurse. Mehr Busse.")
    point = Point.objects.get()
    by = world.officer.actor(world.at.date())
    about = {"author": world.officer, "by": by, "at": world.at}
    write_response(point=point, decision="accepted", reason="Ja.", hand_in=True, **about)
    return Office(world, start_edition(predecessor=world.edition, by=CLI, at=NOON))


def everything_stored() -> str:
    """All rows of the product as text."""
    kinds = [m for m in apps.get_models() if m._meta.label_lower not in VISITORS_OWN]
    rows = [row for kind in kinds for row in kind._default_manager.order_by("pk")]
    return serializers.serialize("json", rows)


def words(response: object) -> str:
    assert isinstance(response, HttpResponse)
    return unescape(response.content.decode())
