"""Words in the public list find the same, whether few or many comments answer."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from richtschnur.contributions.models import Comment
from richtschnur.contributions.operations import publish_clean
from richtschnur.contributions.queries import public_list
from richtschnur.search import queries
from tests.support.queries import at_most
from tests.support.staff import address
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[(5000, 3000), (3, 3000), (3, 7)], ids=["few", "many", "walked"])
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    """With 3 most words answer in more comments than are gathered at once, with 7 page by page."""
    most, walked = request.param
    monkeypatch.setattr(queries, "MOST_FOUND", most)
    monkeypatch.setattr(public_list, "WALKED", walked)
    return World()


def published(world: World, *texts: str) -> list[Comment]:
    made = [
        world.contribute(text, key=f"{text}{number}", language=("de", "uk")[number % 2])
        for number, text in enumerate(texts)
    ]
    comments = [each.comments.get() for each in made]
    by = world.officer.actor(world.at.date())
    publish_clean(comments=comments, by=by, at=world.at)
    return comments


def walk(world: World, **chosen: str) -> list[int]:
    listed = address("contributions:published", world.consultation.slug)
    found: list[int] = []
    query: dict[str, str] = dict(chosen)
    while True:
        page = Client().get(listed, query).context["page"]
        found += [row.pk for row in page.rows]
        if page.next_after is None:
            return found
        query["after"] = str(page.next_after)


def test_words_are_found_in_every_order_and_narrowed(world: World) -> None:
    texts = [f"Mehr Busse am Abend {n}" for n in range(46)]
    made = [each.pk for each in published(world, *texts, "Kinderbetreuungsplätze fehlen")]
    with_buses = made[:46]
    assert walk(world, q="Busse") == with_buses[::-1]
    assert walk(world, q="busse abend", sort="oldest") == with_buses
    assert walk(world, q="Bus", sort="passage") == with_buses[::2]
    assert walk(world, q="Busse", language="uk", sort="oldest") == with_buses[1::2]
    assert walk(world, q="Busse 44") == [with_buses[44]]
    assert walk(world, q="Betreuung") == walk(world, q="Kinderbetreuung") == made[46:]
    assert walk(world, q="Busse Betreuung") == walk(world, q="Mitternacht") == []
    assert walk(world, q="' \" & | ! ( ) * :") == []


def test_a_part_of_a_key_is_no_answer(world: World) -> None:
    made = published(world, *["Bustransfer 1"] * 5, "Busse")
    assert walk(world, q="Busse") == [made[-1].pk]


def test_nothing_of_another_consultation_is_found(world: World) -> None:
    published(world, *["Mehr Busse"] * 5)
    queries.SearchScope.objects.filter(key__startswith="contributions:").update(
        key="contributions:another"
    )
    assert walk(world, q="Busse") == []


def test_words_cost_the_same_questions(world: World) -> None:
    published(world, *["Mehr Busse am Abend"] * 30)
    listed = address("contributions:published", world.consultation.slug)
    client = Client()
    client.get(listed)
    with at_most(8):
        client.get(listed, {"q": "Busse", "passage": "1"})


def test_a_page_that_searched_on_says_so(monkeypatch: pytest.MonkeyPatch, in_english: None) -> None:
    world = World()
    published(world, *["Mehr Busse"] * 5, *["Weniger Lärm"] * 30)
    monkeypatch.setattr(queries, "MOST_FOUND", 3)
    monkeypatch.setattr(public_list, "WALKED", 10)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # PostgreSQL estimates how many answer
    listed = address("contributions:published", world.consultation.slug)
    page = Client().get(listed, {"q": "Busse"})
    assert "So far 10 comments were searched" in page.content.decode()
    assert "Nothing fits" not in page.content.decode()
    nothing = Client().get(listed, {"q": "Flughafen"}).content.decode()
    assert "Nothing fits" in nothing
    assert "So far" not in nothing


def test_a_page_deep_in_the_list_is_found_by_its_keys_alone(world: World) -> None:
    """Joined first, PostgreSQL walks all comments up to the page: 0.2 s in a million."""
    made = published(world, *[f"Mehr Busse {n}" for n in range(4)])
    chosen = public_list.chosen_in({"after": str(made[3].pk)})
    with CaptureQueriesContext(connection) as asked:
        page = public_list.public_page(world.consultation, chosen)
    assert [row.pk for row in page.rows] == [each.pk for each in made[2::-1]]
    (statement,) = asked.captured_queries
    assert "JOIN" not in statement["sql"].rpartition(" IN (SELECT")[2]
