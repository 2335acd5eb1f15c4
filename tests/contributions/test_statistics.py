"""Voluntary statistics: counted apart from the words, shown so that nobody can be found."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.apps import apps
from django.test import Client

from richtschnur.contributions.models import Contribution, StatisticCount
from richtschnur.contributions.operations import count_answers
from richtschnur.county.operations import set_up_county
from richtschnur.journal.actors import CLI
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
ANSWERS = {
    "about-age": "30_44",
    "about-gender": "woman",
    "about-municipality": "Freiberg",
    "about-first_language": "uk",
}


def send(world: World, client: Client, **typed: str) -> int:
    slug = world.consultation.slug
    client.post(address("contributions:whole", slug), {"text": "Mehr Busse, bitte."})
    basket = address("contributions:basket", slug)
    key = client.get(basket).context["key"]
    return client.post(basket, {"kind": "resident", "key": key, **typed}).status_code


@pytest.fixture
def world(set_clock: SetClock) -> World:
    set_clock(NOON)
    set_up_county(
        name="Kreis", municipalities="Freiberg\n Brand-Erbisdorf \n\nFreiberg", by=CLI, at=NOON
    )
    return World()


def test_answers_are_counted_and_point_at_nothing(world: World) -> None:
    client = Client()
    assert send(world, client, **ANSWERS) == 303
    assert send(world, client, **ANSWERS) == 303
    (kept,) = StatisticCount.objects.all()
    assert (kept.count, kept.age, kept.municipality) == (2, "30_44", "Freiberg")
    fields = {f.name: f for f in apps.get_model("contributions", "StatisticCount")._meta.fields}
    assert set(fields) == {
        "id",
        "consultation",
        "age",
        "gender",
        "municipality",
        "first_language",
        "count",
    }
    assert not any("Date" in type(field).__name__ for field in fields.values())


def test_no_answer_leaves_no_trace_and_nonsense_sends_nothing_back(world: World) -> None:
    assert send(world, Client()) == 303
    nonsense = {"about-age": "\0", "about-gender": "x" * 9000, "about-municipality": "Atlantis"}
    assert send(world, Client(), **nonsense) == 303
    assert not StatisticCount.objects.exists()
    assert Contribution.objects.count() == 2


def test_a_repeat_is_counted_once(world: World) -> None:
    client = Client()
    slug = world.consultation.slug
    client.post(address("contributions:whole", slug), {"text": "Mehr Busse, bitte."})
    basket = address("contributions:basket", slug)
    key = client.get(basket).context["key"]
    for _click in range(3):
        client.post(basket, {"kind": "resident", "key": key, **ANSWERS})
    assert Contribution.objects.count() == 1
    assert StatisticCount.objects.get().count == 1


def test_what_was_chosen_stands_there_again_after_a_mistake(world: World) -> None:
    client = Client()
    slug = world.consultation.slug
    client.post(address("contributions:whole", slug), {"text": "Mehr Busse, bitte."})
    page = client.post(address("contributions:basket", slug), {"kind": "", **ANSWERS})
    assert page.status_code == 422
    assert '<option value="woman" selected>' in page.content.decode()
    assert not StatisticCount.objects.exists()


def counted(world: World, **many: int) -> None:
    for age, count in many.items():
        for _person in range(count):
            count_answers(consultation=world.consultation, answers={"age": age.strip("_")})


def test_tables_stand_there_when_it_is_over_and_hide_small_cells(
    world: World, set_clock: SetClock
) -> None:
    counted(world, under_18=2, _18_29=9, _30_44=30, _45_64=11)
    page = address("contributions:statistics", world.consultation.slug)
    data = address("contributions:statistics_file", world.consultation.slug)
    assert Client().get(page).context["tables"] == []
    assert Client().get(data).status_code == 404
    set_clock(NOON + timedelta(days=60))
    with at_most(5):
        listed = Client().get(page).context["tables"]
    tables = {table.name: dict(table.rows) for _name, table in listed}
    shown = tables["age"]
    assert shown["30 to 44"] == 30
    assert shown["under 18"] is None
    assert shown["65 and older"] is None
    assert shown["18 to 29"] is None  # with the small ones, so that they can't be worked out
    assert shown["45 to 64"] == 11
    table = Client().get(data).content.decode()
    assert "age,30 to 44,30" in table
    assert "age,under 18,\r\n" in table


def test_too_few_people_are_not_shown_at_all(world: World, set_clock: SetClock) -> None:
    counted(world, under_18=4)
    set_clock(NOON + timedelta(days=60))
    page = Client().get(address("contributions:statistics", world.consultation.slug))
    assert page.context["tables"] == []
