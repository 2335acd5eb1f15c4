"""Pages that are kept: never stale, never somebody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from richtschnur.consultation.models import Consultation
from tests.support.clock import SetClock, set_clock
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["set_clock"]


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    set_clock(made.at)
    return made


def asked(client: Client, world: World) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(reverse("consultation:read", args=[world.consultation.slug]))
    assert answer.status_code == 200
    return len(queries), answer.content.decode()


@pytest.fixture
def reader(world: World) -> Client:
    """Somebody without cookies; the page is kept, and that is made sure of."""
    made = Client()
    first = [asked(made, world) for _time in range(3)]
    assert first[2] == (1, first[0][1])
    return made


def test_whatever_is_changed_is_read_at_once(reader: Client, world: World) -> None:
    rows = Consultation.objects.filter(pk=world.consultation.pk)
    for title in ("Ein neuer Titel", "Noch ein Titel"):
        rows.update(title=title)
        assert title in asked(reader, world)[1]


def test_a_deadline_that_moves_is_read_at_once(reader: Client, world: World) -> None:
    before = asked(reader, world)[1]
    later = world.consultation.closes_at + timedelta(days=9)
    Consultation.objects.filter(pk=world.consultation.pk).update(closes_at=later)
    assert asked(reader, world)[1] != before


def test_who_has_a_cookie_gets_a_page_of_their_own(reader: Client, world: World) -> None:
    other = Client()
    other.cookies["richtschnur_session"] = "x"
    assert asked(other, world)[0] > 1


def test_themes_are_kept_apart(reader: Client, world: World) -> None:
    dark = Client()
    dark.cookies["richtschnur_theme"] = "dark"
    pages = [asked(dark, world)[1] for _time in range(2)]
    assert pages[0] == pages[1] != asked(reader, world)[1]


def test_after_the_deadline_nobody_reads_that_it_is_open(
    reader: Client, world: World, set_clock: SetClock
) -> None:
    set_clock(world.consultation.closes_at)
    before = [asked(reader, world)[1] for _time in range(2)][-1]
    set_clock(world.consultation.closes_at + timedelta(seconds=1))
    assert asked(reader, world)[1] != before
