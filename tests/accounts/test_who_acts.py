"""Who a request acts for: on which day, with which password, under which name."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from richtschnur.accounts.models import Deputy, User, actor_of
from richtschnur.journal.actors import CLI
from richtschnur.strategy.operations import start_edition
from tests.support.staff import address, logged_in
from tests.support.world import PASSWORD, World, person

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("at", "releases"),
    [
        (datetime(2026, 11, 4, 23, 59, tzinfo=BERLIN), False),
        (datetime(2026, 11, 5, 0, 0, 1, tzinfo=BERLIN), True),  # still the fourth in UTC
        (datetime(2026, 11, 5, 23, 59, tzinfo=BERLIN), True),
        (datetime(2026, 11, 6, 0, 0, 1, tzinfo=BERLIN), False),
    ],
)
def test_a_deputy_stands_in_on_the_countys_days(at: datetime, releases: bool) -> None:
    world, day = World(), date(2026, 11, 5)
    Deputy.objects.create(absent=world.reviewer, stands_in=world.officer, from_on=day, until_on=day)
    request = SimpleNamespace(user=world.officer, at=at.astimezone(ZoneInfo("UTC")))
    assert ("reviewer" in actor_of(request).roles) is releases


def test_a_one_time_password_shows_what_everyone_sees() -> None:
    world = World()
    working = start_edition(predecessor=world.edition, by=CLI, at=world.at)
    draft = address("strategy:edition", working.strategy.slug, working.number)
    assert logged_in(world.officer).get(draft).status_code == 200
    User.objects.filter(pk=world.officer.pk).update(must_change_password=True)
    client = logged_in(User.objects.get(pk=world.officer.pk))
    assert client.get(draft).status_code == 404
    assert client.get(address("desk:today"))["Location"] == address("accounts:password")
    new = {"new": "vier neue lange Wörter", "again": "vier neue lange Wörter"}
    assert client.post(address("accounts:password"), new).status_code == 302
    assert client.get(draft).status_code == 200


def test_a_closed_account_ends_its_sessions() -> None:
    world = World()
    client = logged_in(world.officer)
    assert client.get(address("desk:today")).status_code == 200
    User.objects.filter(pk=world.officer.pk).update(is_active=False)
    assert "/login/" in client.get(address("desk:today"))["Location"]


def test_look_alike_letters_name_nobody() -> None:
    person("sommer", "department")
    assert authenticate(username="SOMMER", password=PASSWORD) is not None
    assert authenticate(username="ſommer", password=PASSWORD) is None


def test_what_somebody_sees_is_for_no_shared_cache() -> None:
    world = World()
    page = logged_in(world.officer).get(address("desk:today"))
    assert "private" in page["Cache-Control"]
    public = Client().get(address("publishing:portal"))
    assert "richtschnur_session" not in public.cookies
