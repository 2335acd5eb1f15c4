"""The desk in the browser's place: what each role sees and does, and what is never lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from richtschnur.evaluation.models import Point
from richtschnur.evaluation.operations import assign_point, split_point, tag_point
from richtschnur.evaluation.queries import answers_due, my_drafts, waiting_for_release
from tests.evaluation.answering import REASON, acting, answer, logged_in, released, the_point
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Mehr Kurse. Mehr Busse.")
    return made


def desk(world: World, point: Point | None = None, act: str = "") -> str:
    address = f"/en/answers/work/{world.consultation.slug}/"
    return address if point is None else f"{address}{point.pk}/{act}"


def test_the_queries_of_a_page_do_not_grow(world: World) -> None:
    client = logged_in(world.reviewer)
    for count in range(30):
        world.contribute(f"Satz {count}. Noch einer.", f"Und {count}.", key=f"many{count}")
    point = Point.objects.order_by("pk")[9]
    released(world, point)
    with at_most(20):
        page = client.get(desk(world, point)).content.decode()
    assert "60" in page
    assert "of 61 left" in page
    with at_most(20):
        client.get(desk(world))
    with at_most(20):
        client.get(f"/en/answers/{world.consultation.slug}/")


def test_a_whole_answer_by_form(world: World) -> None:
    officer, reviewer, point = logged_in(world.officer), logged_in(world.reviewer), the_point()
    page = officer.get(desk(world, point)).content.decode()
    assert "Hand in for release" in page
    assert 'data-key="r"' not in page
    given = {"decision": "accepted", "reason": REASON, "forwarded_to": "", "seen_version": "0"}
    assert officer.post(desk(world, point, "answer/"), given | {"act": "draft"}).status_code == 302
    given |= {"seen_version": "1", "act": "hand_in"}
    assert officer.post(desk(world, point, "answer/"), given).status_code == 302
    assert 'data-key="r"' in reviewer.get(desk(world, point)).content.decode()
    assert officer.post(desk(world, point, "release/"), {"version": "2"}).status_code == 403
    note = {"note": "Bitte nennen Sie den Ort.", "version": "2"}
    assert reviewer.post(desk(world, point, "return/"), note).status_code == 302
    assert "Bitte nennen Sie den Ort." in officer.get(desk(world, point)).content.decode()
    officer.post(desk(world, point, "answer/"), given | {"seen_version": "2"})
    assert reviewer.post(desk(world, point, "release/"), {"version": "2"}).status_code == 409
    assert reviewer.post(desk(world, point, "release/"), {"version": "3"}).status_code == 302
    assert the_point().state == "released"


def test_stale_text_is_shown_beside_theirs(world: World) -> None:
    answer(world, the_point(), reason="Ihre Fassung.")
    given = {
        "reason": "Meine Fassung.",
        "decision": "accepted",
        "seen_version": "0",
        "act": "draft",
    }
    page = logged_in(world.officer).post(desk(world, the_point(), "answer/"), given)
    text = page.content.decode()
    assert page.status_code == 409
    assert "Ihre Fassung." in text
    assert "Meine Fassung." in text
    assert 'name="seen_version" value="1"' in text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"act": "hand_in"}, "Please choose a decision."),
        ({"act": "hand_in", "decision": "not_responsible"}, "Please say to whom"),
        ({"act": "hand_in", "decision": "bogus"}, "Please choose one of these."),
        ({"act": "draft", "reason": "weg \ufffd"}, "did not arrive readably"),
        ({"act": "draft", "reason": "weg \x00"}, ""),
        ({"act": "draft", "seen_version": "x"}, ""),
    ],
)
def test_what_was_typed_stays_in_the_form(world: World, given: dict[str, str], said: str) -> None:
    typed = {"reason": "Lange getippt.", "seen_version": "0"} | given
    page = logged_in(world.officer).post(desk(world, the_point(), "answer/"), typed)
    assert page.status_code in (409, 422)
    assert said in page.content.decode()
    assert typed["reason"].split()[0] in page.content.decode()
    assert the_point().state == "open"


def test_departments_see_what_is_theirs(world: World) -> None:
    client, point = logged_in(world.department), the_point()
    assert "Mehr Kurse" not in client.get(desk(world)).content.decode()
    assert client.get(desk(world, point)).status_code == 403
    assert client.post(desk(world, point, "answer/"), {"seen_version": 0}).status_code == 403
    by = acting(world, world.officer)
    assign_point(point=point, office=world.office, by=by, at=world.at)
    assert "Mehr Kurse" in client.get(desk(world)).content.decode()
    page = client.get(desk(world, point)).content.decode()
    assert "Split this point" not in page
    assert "Save topics" not in page
    for act in ("split/", "join/", "topics/", "assign/", "release/", "return/"):
        assert client.post(desk(world, point, act)).status_code == 403
    rows = client.get(f"{desk(world)}export/csv/")
    assert b"Mehr Kurse" in b"".join(rows.streaming_content)


def test_nobody_else_comes_in(world: World) -> None:
    from django.test import Client

    for address in (desk(world), desk(world, the_point()), f"{desk(world)}export/csv/"):
        assert Client().get(address).status_code == 302


def test_split_join_topics_and_assignment_by_form(world: World) -> None:
    client, point = logged_in(world.officer), the_point()
    page = client.get(f"{desk(world, point)}?split=1").content.decode()
    assert 'name="at" value="12"' in page
    assert client.post(desk(world, point, "split/"), {"at": "0"}).status_code == 409
    assert client.post(desk(world, point, "split/"), {"at": "12"}).status_code == 302
    assert [p.text for p in Point.objects.order_by("start")] == ["Mehr Kurse.", "Mehr Busse."]
    page = client.get(desk(world, point)).content.decode()
    assert "Point 1 of 2 in this comment" in page
    assert client.post(desk(world, point, "join/")).status_code == 302
    assert Point.objects.count() == 1
    client.post(desk(world, point, "topics/"), {"topics": "Bus, Sprache"})
    given = {"office": world.office.pk, "assignee": "", "due_on": "2026-12-01"}
    client.post(desk(world, point, "assign/"), given)
    page = client.get(desk(world, point)).content.decode()
    assert 'value="Bus, Sprache"' in page
    assert 'value="2026-12-01"' in page
    bad = client.post(desk(world, point, "assign/"), {"due_on": "morgen", "office": "99"})
    assert bad.status_code == 422


def test_filters_are_addresses(world: World) -> None:
    by, client = acting(world, world.officer), logged_in(world.officer)
    point, other = split_point(point=the_point(), at_character=12, by=by, at=world.at)
    tag_point(point=other, topics=["Bus"], by=by, at=world.at)
    topic = other.topics.get()
    world.contribute("Ganz woanders.", "Zweiter Absatz.", key="k2")

    def shown(query: str) -> set[str]:
        page = client.get(f"{desk(world)}?{query}").context["page"]
        return {row.text for row in page.object_list}

    everything = {"Mehr Kurse.", "Mehr Busse.", "Ganz woanders.", "Zweiter Absatz."}
    assert shown("") == shown("order=passage") == shown("state=left") == everything
    assert shown(f"topic={topic.pk}") == shown("q=busse") == {"Mehr Busse."}
    assert shown("passage=2") == {"Zweiter Absatz."}
    assert shown("state=released") == shown("passage=0") == shown("office=77") == set()
    assert shown("q=Erika") == everything
    assert shown("mine=1") == set()
    for nonsense in ("state=x", "office=x", "topic=" + "9" * 40, "q=%00", "page=abc", "order=x"):
        assert client.get(f"{desk(world)}?{nonsense}").status_code == 200
    page = client.get(f"{desk(world, point)}?order=passage").content.decode()
    assert f'{desk(world, other)}?order=passage" data-key' not in page
    assert f'data-key="j" href="{desk(world, other)}?order=passage"' in page


def test_what_is_to_do_today(world: World) -> None:
    by, point = acting(world, world.officer), the_point()
    due = world.at.date() - timedelta(days=1)
    assign_point(point=point, office=world.office, due_on=due, by=by, at=world.at)
    assert [p.due_in_past for p in answers_due(world.department, world.at)] == [True]  # type: ignore[attr-defined]
    answer(world, point, hand_in=False)
    assert list(my_drafts(world.officer)) == [point]
    answer(world, point)
    assert list(waiting_for_release(world.reviewer)) == [point]
    assert list(waiting_for_release(world.officer)) == []
    assert list(answers_due(world.department, world.at)) == []
    assert list(my_drafts(world.officer)) == []
