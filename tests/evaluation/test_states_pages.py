"""The pages around the overview: proof, files, frozen states, and what everyone reads of one."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from richtschnur.contributions.operations import hold_comment, publish_comment
from richtschnur.evaluation.models import Point, SynopsisState
from richtschnur.evaluation.operations import freeze_overview, publish_overview, tag_point
from tests.evaluation.answering import REASON, acting, answer, logged_in, released
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
SAID, OPEN = "Öffentlich Beantwortetes.", "Noch Offenes."


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute(SAID, OPEN, key="k1")
    first, second = Point.objects.order_by("pk")
    by = acting(made, made.officer)
    tag_point(point=first, topics=["Internes"], by=by, at=made.at)
    released(made, first)
    answer(made, second, reason="Nur ein Entwurf.")
    for point in (first, second):
        publish_comment(comment=point.comment, by=by, at=made.at)
    return made


def work(world: World, rest: str = "overview/") -> str:
    return f"/en/answers/work/{world.consultation.slug}/{rest}"


def shown(world: World, rest: str = "") -> str:
    return f"/en/answers/{world.consultation.slug}/{rest}"


def published(world: World, **more: object) -> SynopsisState:
    by = acting(world, world.officer)
    state = freeze_overview(consultation=world.consultation, by=by, at=world.at, **more)  # type: ignore[arg-type]
    return publish_overview(state=state, is_public=True, by=by, at=world.at)


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_proof_counts_and_leads_to_what_is_open(world: World) -> None:
    page = logged_in(world.officer).get(work(world)).content.decode()
    assert "1 point is open:" in page
    assert "?state=handed_in" in page
    assert "No state is frozen yet." in page
    assert "Freeze it" in page


def test_an_empty_consultation() -> None:
    world = World()
    page = logged_in(world.officer).get(work(world)).content.decode()
    assert "There is nothing here yet." in page
    assert "Freeze it" not in page
    response = logged_in(world.officer).post(work(world, "overview/freeze/"))
    assert response.status_code == 422
    assert "nothing to freeze yet" in response.content.decode()


def test_what_a_department_may_not(world: World) -> None:
    state = published(world)
    client = logged_in(world.department)
    page = client.get(work(world)).content.decode()
    assert "Freeze it" not in page
    assert state.sha256 not in page
    assert client.post(work(world, "overview/freeze/")).status_code == 403
    assert client.post(work(world, "overview/1/publish/")).status_code == 403
    asked = {"format": "csv", "state": "1"}
    response = client.get(work(world, "overview/file/"), asked)
    assert response.status_code in (403, 422), "a frozen state holds what others work on"
    own = client.get(work(world, "overview/file/"), {"format": "csv"})
    assert SAID.encode() not in body(own)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"format": "exe"},
        {"format": "csv", "state": "7"},
        {"format": "csv", "state": "x\x00"},
        {"format": "csv", "order": "size"},
        {"format": "csv", "columns": "password"},
        {"format": "csv", "version": "secret"},
    ],
)
def test_a_file_that_cannot_be_made(world: World, asked: dict[str, str]) -> None:
    response = logged_in(world.officer).get(work(world, "overview/file/"), asked)
    assert response.status_code == 422
    assert "errors" in response.content.decode()


def test_freeze_publish_take_back(world: World) -> None:
    client = logged_in(world.officer)
    page = client.post(work(world, "overview/freeze/"), {"title": "Kreistag"}, follow=True)
    assert "State 1 is frozen." in page.content.decode()
    assert Client().get(shown(world, "state/1/")).status_code == 404
    assert Client().get(shown(world, "state/1/csv/")).status_code == 404
    page = client.post(work(world, "overview/1/publish/"), {"public": "yes"}, follow=True)
    assert "Everyone can read state 1 now." in page.content.decode()
    assert SynopsisState.objects.get().public_sha256 in Client().get(shown(world)).content.decode()
    assert Client().get(shown(world, "state/1/")).status_code == 200
    client.post(work(world, "overview/1/publish/"), {"public": "no"})
    assert Client().get(shown(world, "state/1/")).status_code == 404
    made = client.get(
        work(world, "overview/file/"),
        {"format": "json", "state": "1", "order": "contributor", "version": "public"},
    )
    assert json.loads(body(made))["sha256"] == SynopsisState.objects.get().public_sha256
    assert client.post(work(world, "overview/9/publish/")).status_code == 404


def test_everyone_reads_what_was_frozen(world: World) -> None:
    published(world)
    page = Client().get(shown(world, "state/1/")).content.decode()
    assert SAID in page
    assert REASON in page
    assert "1 of 2 points are answered." in page
    for secret in (OPEN, "Nur ein Entwurf.", "Erika", "Internes"):
        assert secret not in page
    released(world, Point.objects.order_by("pk")[1], reason="Jetzt auch.")
    assert "Jetzt auch." not in Client().get(shown(world, "state/1/")).content.decode()
    assert Client().get(shown(world, "state/2/")).status_code == 404
    assert Client().get(shown(world, "state/1/exe/")).status_code == 404


def test_by_topic_only_where_topics_are_shown(world: World) -> None:
    published(world, shows_topics=True)
    assert ">Internes<" in Client().get(shown(world, "state/1/?order=topic")).content.decode()
    published(world)
    assert ">Internes<" not in Client().get(shown(world, "state/2/?order=topic")).content.decode()


def test_a_kept_file_is_not_given_out_once_words_are_held(world: World) -> None:
    published(world)
    first = body(Client().get(shown(world, "state/1/csv/"))).decode()
    assert SAID in first
    assert body(Client().get(shown(world, "state/1/csv/"))).decode() == first
    comment = Point.objects.order_by("pk")[0].comment
    hold_comment(comment=comment, by=acting(world, world.officer), at=world.at)
    assert SAID not in body(Client().get(shown(world, "state/1/csv/"))).decode()
    assert SAID not in Client().get(shown(world, "state/1/")).content.decode()


def test_what_is_not_public_has_no_public_state(world: World) -> None:
    state = published(world)
    world.consultation.publication = "not"
    world.consultation.save()
    assert Client().get(shown(world, "state/1/")).status_code == 404
    assert state.public_sha256 not in Client().get(shown(world)).content.decode()
    client = logged_in(world.officer)
    client.post(work(world, "overview/1/publish/"), {"public": "no"})
    page = client.post(work(world, "overview/1/publish/"), {"public": "yes"}, follow=True)
    assert "its overview stays in the house" in page.content.decode()
    world.consultation.publication, world.consultation.audience = "anonymised", "internal"
    world.consultation.save()
    client.post(work(world, "overview/1/publish/"), {"public": "yes"})
    assert Client().get(shown(world, "state/1/csv/")).status_code == 404


def test_constant_queries(world: World) -> None:
    published(world)
    client = logged_in(world.officer)
    client.get(work(world))
    with at_most(12):
        client.get(work(world))
    with at_most(12):
        Client().get(shown(world, "state/1/"))
    for key in range(12):
        world.contribute("Noch eines.", key=f"more{key}")
        released(world, Point.objects.latest("pk"))
    published(world)
    with at_most(12):
        client.get(work(world))
    with at_most(12):
        Client().get(shown(world, "state/2/"))
