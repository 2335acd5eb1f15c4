"""Filters, saved views, search, pages and progress: what the list promises."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from richtschnur.contributions.operations import NewComment, Person, submit_contribution
from richtschnur.evaluation.models import Point, SavedView, Tally
from richtschnur.evaluation.operations import (
    assign_point,
    index_points,
    keep_view,
    split_point,
    tag_point,
)
from richtschnur.evaluation.queries import PointFilter, last_act, paging
from richtschnur.evaluation.queries.searching import scope_of
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.search.models import SearchDocument
from tests.evaluation.answering import acting, logged_in, released
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Mehr Kurse. Mehr Busse.", "Und ein Spielplatz.", language="de")
    about = {"consultation": made.consultation, "at": made.at, "is_nil_return": False}
    submit_contribution(
        comments=[NewComment("نحتاج إلى دروس", None)],
        idempotency_key="k2",
        language="ar",
        kind="club",
        person=Person(organisation="Verein A"),
        by=VISITOR,
        **about,  # type: ignore[arg-type]
    )
    submit_contribution(
        comments=[NewComment("Ein Brief.", None)],
        idempotency_key="k3",
        kind="resident",
        channel="letter",
        by=CLI,
        **about,  # type: ignore[arg-type]
    )
    return made


def desk(world: World, rest: str = "") -> str:
    return f"/en/answers/work/{world.consultation.slug}/{rest}"


def shown(client: Client, world: World, query: str) -> list[str]:
    page = client.get(desk(world, f"?{query}")).context["page"]
    return [row.text for row in page.object_list]


def test_every_filter_is_an_address_and_a_chip(world: World) -> None:
    client, by = logged_in(world.officer), acting(world, world.officer)
    first = Point.objects.order_by("pk")[0]
    due = world.at.date() - timedelta(days=1)
    about = {"by": by, "at": world.at}
    assign_point(point=first, assignee=world.reviewer, due_on=due, **about)  # type: ignore[arg-type]
    tag_point(point=first, topics=["Sprache"], **about)  # type: ignore[arg-type]
    kurse = ["Mehr Kurse. Mehr Busse."]
    assert shown(client, world, f"assignee={world.reviewer.pk}") == kurse
    assert shown(client, world, "due=overdue") == kurse
    assert shown(client, world, "due=soon") == []
    assert len(shown(client, world, "due=none")) == 3
    assert shown(client, world, "language=ar") == ["نحتاج إلى دروس"]
    assert shown(client, world, "kind=club") == ["نحتاج إلى دروس"]
    assert shown(client, world, "channel=letter") == ["Ein Brief."]
    assert shown(client, world, "suggestion=1") == []
    query = f"due=overdue&topic={first.topics.get().pk}&channel=web"
    page = client.get(desk(world, f"?{query}"))
    assert [row.text for row in page.context["page"].object_list] == kurse
    chips = {chip["label"]: chip for chip in page.context["chips"]}
    assert chips["Topic"]["words"] == "Sprache"
    assert chips["Topic"]["query"] == "due=overdue&channel=web"
    assert "1 point fits what you chose." in page.content.decode()
    for nonsense in ("due=x", "kind=x", "channel=x", "language=%00", "assignee=x", "after=x"):
        assert len(shown(client, world, nonsense)) == 4


def test_a_filter_reads_back_from_its_own_address() -> None:
    from django.http import QueryDict

    chosen = PointFilter(
        q="Haus & Hof", state="left", due="soon", passage=0, mine=True, kind="club"
    )
    assert PointFilter.read(QueryDict(chosen.query()).dict()) == chosen


def test_words_are_found_before_and_after_they_are_indexed(world: World) -> None:
    client, by = logged_in(world.officer), acting(world, world.officer)
    first = Point.objects.order_by("pk")[0]
    number = first.comment.contribution.number
    for _turn in ("not indexed", "indexed"):
        assert shown(client, world, "q=Busse") == ["Mehr Kurse. Mehr Busse."]
        assert shown(client, world, "q=Verein+A") == ["نحتاج إلى دروس"]
        assert len(shown(client, world, f"q={number.lower()}")) == 2
        assert shown(client, world, "q=nirgends") == []
        later = world.at + timedelta(minutes=10)
        index_points(consultation=world.consultation, at=later)
    assert SearchDocument.objects.filter(scope__key=scope_of(world.consultation)).count() == 4
    assert shown(client, world, "q=Bus") == ["Mehr Kurse. Mehr Busse."]  # in all its forms
    split_point(point=first, at_character=12, by=by, at=world.at)
    assert shown(client, world, "q=Busse") == ["Mehr Busse."]
    assert shown(client, world, "q=Kurse") == ["Mehr Kurse."]
    assert not SearchDocument.objects.exclude(text="").filter(kind="point").exists()


def test_what_is_too_young_is_not_indexed_yet(world: World) -> None:
    assert index_points(consultation=world.consultation, at=world.at) == 0


@pytest.mark.parametrize("order", ["received", "passage"])
def test_pages_are_read_on_from_a_point(world: World, order: str) -> None:
    for n in range(12):
        world.contribute(f"Satz {n}.", f"Und {n}.", key=f"many{n}")
    listed = paging.in_order(Point.objects.all(), order)
    everything = list(listed)
    seen: list[Point] = []
    one = paging.page(listed, order, 5)
    while True:
        seen += one.object_list
        if one.after is None:
            break
        one = paging.page(listed, order, 5, after=one.after)
    assert seen == everything
    assert len(everything) == 28
    back = paging.page(listed, order, 5, before=everything[7].pk)
    assert back.object_list == everything[2:7]
    assert back.before is not None
    window = paging.window(listed, everything[5], order)
    assert (window.before, window.after) == (everything[4], everything[6])


def test_views_are_kept_shared_opened_first_and_deleted(world: World) -> None:
    officer, other = logged_in(world.officer), logged_in(world.reviewer)
    given = {"name": "Briefe", "is_shared": "", "opens_first": "on"}
    kept = officer.post(desk(world, "views/?channel=letter"), given)
    assert kept.headers["Location"] == desk(world, "?channel=letter")
    assert officer.get(desk(world)).headers["Location"] == desk(world, "?channel=letter")
    assert officer.get(desk(world, "?all=1")).status_code == 200
    view = SavedView.objects.get()
    assert "Briefe" in officer.get(desk(world, "?all=1")).content.decode()
    assert "Briefe" not in other.get(desk(world)).content.decode()
    assert other.get(desk(world, f"views/{view.pk}/")).status_code == 404
    officer.post(desk(world, f"views/{view.pk}/"), {"name": "Post", "is_shared": "on"})
    assert officer.get(desk(world)).status_code == 200
    assert "Post" in other.get(desk(world)).content.decode()
    other.post(desk(world, f"views/{view.pk}/open-first/"))
    assert other.get(desk(world)).headers["Location"] == desk(world, "?channel=letter")
    department = logged_in(world.department)
    assert department.post(desk(world, f"views/{view.pk}/delete/")).status_code == 403
    assert officer.post(desk(world, "views/"), {"name": ""}).status_code == 422
    officer.post(desk(world, f"views/{view.pk}/delete/"))
    assert not SavedView.objects.exists()
    assert other.get(desk(world)).status_code == 200


def test_two_views_of_one_name_and_foreign_addresses(world: World) -> None:
    about = {"consultation": world.consultation, "owner": world.officer, "is_shared": False}
    acts = {"by": acting(world, world.officer), "at": world.at}
    for name, query in (("A", ""), ("B", "state=open")):
        keep_view(name=name, query=query, **about, **acts)  # type: ignore[arg-type]
    second = SavedView.objects.get(name="B")
    client = logged_in(world.officer)
    taken = client.post(desk(world, f"views/{second.pk}/"), {"name": "A"})
    assert taken.status_code == 409
    assert "There is a view of this name already." in taken.content.decode()
    client.post(desk(world, "views/?next=//evil.example&state=draft"), {"name": "C"})
    assert SavedView.objects.get(name="C").query == "state=draft"


def test_progress_counts_what_is_left_and_who_has_it(world: World) -> None:
    by, client = acting(world, world.officer), logged_in(world.officer)
    first, second = Point.objects.order_by("pk")[:2]
    released(world, first)
    due = world.at.date() - timedelta(days=1)
    assign_point(point=second, assignee=world.officer, due_on=due, by=by, at=world.at)
    page = client.get(desk(world, "progress/"))
    context = page.context
    assert (context["progress"].left, context["progress"].total) == (3, 4)
    assert context["mine"] == 1
    loads = {str(load.assignee): (load.open, load.overdue) for load in context["loads"]}
    assert loads == {str(world.officer): (1, 1), "None": (2, 0)}
    assert sum(n for _monday, n in context["pace"].weeks) == 1
    assert context["pace"].done_on is not None
    department = logged_in(world.department).get(desk(world, "progress/"))
    assert "Who has how much" not in department.content.decode()


def test_very_many_are_counted_by_the_worker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from richtschnur.evaluation.operations import tallying
    from richtschnur.evaluation.queries import counting

    for module in (tallying, counting):
        monkeypatch.setattr(module, "COUNTED", 3)
    client = logged_in(world.officer)
    page = client.get(desk(world)).context["progress"]
    assert (page.open, page.is_more) == (3, True)
    assert "or more left" in client.get(desk(world)).content.decode()
    assert tallying.tally_points(consultation=world.consultation, at=world.at)
    page = client.get(desk(world, "progress/")).context["progress"]
    assert (page.open, page.is_more, page.counted_at) == (4, False, world.at)
    monkeypatch.setattr(tallying, "COUNTED", 10)
    assert not tallying.tally_points(consultation=world.consultation, at=world.at)
    assert not Tally.objects.exists()


def test_no_page_asks_more_than_twelve_questions(world: World) -> None:
    by, client = acting(world, world.officer), logged_in(world.officer)
    point = Point.objects.order_by("pk")[0]
    tag_point(point=point, topics=["Sprache"], by=by, at=world.at)
    assert last_act(by, world.at) is not None
    chosen = f"together/?point={point.pk}:0"
    for rest in ("", "?q=Busse", "?state=left&order=passage", f"{point.pk}/", chosen, "progress/"):
        client.get(desk(world, rest))
        with at_most(12):
            assert client.get(desk(world, rest)).status_code == 200


def test_the_history_of_a_point(world: World) -> None:
    point = Point.objects.order_by("pk")[0]
    by = acting(world, world.officer)
    tag_point(point=point, topics=["Sprache"], by=by, at=world.at)
    page = logged_in(world.reviewer).get(desk(world, f"{point.pk}/?history=1"))
    (done,) = page.context["history"]
    assert (done.what, done.who) == ("topics were set", str(world.officer))
