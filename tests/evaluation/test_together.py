"""Groups and chosen points are answered by one act: all of them or none, and each stays counted."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from richtschnur.evaluation.models import Group, Point, Response
from richtschnur.evaluation.operations import (
    assign_points,
    group_points,
    holding,
    release_responses,
    return_response,
    split_point,
    tag_points,
    ungroup_point,
    write_response,
    write_responses,
)
from richtschnur.evaluation.states import PointState
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import REASON, acting, answer, logged_in
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world() -> World:
    made = World()
    for n in range(4):
        made.contribute(f"Bitte mehr Kurse am Abend ({n}).", key=f"k{n}")
    return made


def all_points() -> list[Point]:
    return list(Point.objects.order_by("pk"))


def by(world: World) -> dict[str, object]:
    return {"by": acting(world, world.officer), "at": world.at}


def grouped(world: World, count: int = 3) -> Group:
    return group_points(points=all_points()[:count], **by(world))  # type: ignore[arg-type]


def states() -> list[str]:
    return [point.state for point in all_points()]


def test_a_group_is_answered_given_back_and_released_as_one(world: World) -> None:
    group = grouped(world)
    first = all_points()[0]
    answer(world, first)
    assert states() == ["handed_in"] * 3 + ["open"]
    reviewer = acting(world, world.reviewer)
    return_response(point=first, note="Bitte kürzer.", by=reviewer, at=world.at)
    assert states() == ["draft"] * 3 + ["open"]
    answer(world, all_points()[2], reason="Kürzer.")
    release_responses(points=[first], by=reviewer, at=world.at, seen={})
    assert states() == ["released"] * 3 + ["open"]
    said = Response.objects.filter(released_at__isnull=False)
    assert {(r.point_id, r.version, r.reason) for r in said} == {
        (point.pk, 2, "Kürzer.") for point in group.points.all()
    }
    acts = JournalEntry.objects.filter(act="evaluation.release_response")
    assert {entry.subject for entry in acts} == {f"point:{p.pk}" for p in group.points.all()}


def test_who_answers_later_joins_the_group_and_gets_its_answer(world: World) -> None:
    group = grouped(world)
    answer(world, all_points()[0])
    group_points(points=[all_points()[0], all_points()[3]], **by(world))  # type: ignore[arg-type]
    assert group.points.count() == 4
    assert states() == ["handed_in"] * 3 + ["open"]
    answer(world, all_points()[3], reason="Neu.")
    assert states() == ["handed_in"] * 4


@pytest.mark.parametrize("which", [[0], [0, 3]])
def test_begun_answers_and_single_points_make_no_group(world: World, which: list[int]) -> None:
    answer(world, all_points()[0])
    chosen = [all_points()[n] for n in which]
    with pytest.raises(Refused):
        group_points(points=chosen, **by(world))  # type: ignore[arg-type]
    assert not Group.objects.exists()


def test_two_groups_become_one_and_none_is_left_empty(world: World) -> None:
    grouped(world, 2)
    group_points(points=all_points()[2:], **by(world))  # type: ignore[arg-type]
    group_points(points=[all_points()[0], all_points()[3]], **by(world))  # type: ignore[arg-type]
    assert Group.objects.get().points.count() == 4


def test_a_point_leaves_its_group_and_the_last_two_part(world: World) -> None:
    grouped(world)
    ungroup_point(point=all_points()[0], **by(world))  # type: ignore[arg-type]
    assert [bool(p.group_id) for p in all_points()] == [False, True, True, False]
    ungroup_point(point=all_points()[1], **by(world))  # type: ignore[arg-type]
    assert not Group.objects.exists()
    with pytest.raises(Refused):
        ungroup_point(point=all_points()[1], **by(world))  # type: ignore[arg-type]


def test_a_grouped_point_is_not_split(world: World) -> None:
    grouped(world)
    with pytest.raises(Refused):
        split_point(point=all_points()[0], at_character=6, **by(world))  # type: ignore[arg-type]


def test_one_stale_point_and_nothing_is_written(world: World) -> None:
    answer(world, all_points()[2], hand_in=False)
    before = Response.objects.count()
    with pytest.raises(Refused) as refused:
        write_responses(
            points=all_points(),
            author=world.officer,
            decision="accepted",
            reason=REASON,
            hand_in=True,
            seen={point.pk: 0 for point in all_points()},
            **by(world),  # type: ignore[arg-type]
        )
    assert refused.value.code == "stale"
    assert all_points()[2].comment.contribution.number in str(refused.value)
    assert Response.objects.count() == before


def test_one_forbidden_point_and_nothing_is_written(world: World) -> None:
    office = world.department.office
    assign_points(points=all_points()[:3], office=office, **by(world))  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        write_responses(
            points=all_points(),
            author=world.department,
            by=acting(world, world.department),
            at=world.at,
            reason="Ja.",
        )
    assert not Response.objects.exists()


def test_an_author_of_one_releases_none(world: World) -> None:
    for point in all_points()[:3]:
        answer(world, point)
    write_response(
        point=all_points()[3],
        author=world.reviewer,
        by=acting(world, world.reviewer),
        at=world.at,
        decision="accepted",
        reason=REASON,
        hand_in=True,
    )
    with pytest.raises(Forbidden):
        release_responses(
            points=all_points(), by=acting(world, world.reviewer), at=world.at, seen={}
        )
    assert states() == [PointState.HANDED_IN] * 4


def test_topics_are_added_and_assignments_set_for_all(world: World) -> None:
    grouped(world)
    tag_points(points=[all_points()[3]], topics=["A"], **by(world))  # type: ignore[arg-type]
    tag_points(points=all_points(), topics=["B", "A"], adds=True, **by(world))  # type: ignore[arg-type]
    assert {tuple(t.name for t in p.topics.all()) for p in all_points()} == {("A", "B")}


def test_one_act_holds_a_bounded_number(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holding, "AT_ONCE", 3)
    with pytest.raises(Refused) as refused:
        tag_points(points=all_points(), topics=["A"], **by(world))  # type: ignore[arg-type]
    assert refused.value.code == "too-many"


def desk(world: World, name: str) -> str:
    return reverse(f"evaluation:{name}", args=[world.consultation.slug])


def choice(points: list[Point]) -> str:
    return " ".join(f"{point.pk}:0" for point in points)


@pytest.fixture
def staff(world: World) -> Client:
    return logged_in(world.officer)


def test_the_list_shows_a_group_once_and_asks_no_more_for_many(
    world: World, staff: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    grouped(world)
    with django_assert_max_num_queries(13):
        page = staff.get(desk(world, "queue")).content.decode()
    assert page.count('name="point"') == 2
    assert "3 alike" in page
    shown = staff.get(desk(world, "queue"), {"group": Group.objects.get().pk})
    assert shown.content.decode().count('name="point"') == 3


def test_from_the_list_to_one_answer_for_all(world: World, staff: Client) -> None:
    page = staff.get(desk(world, "together"), {"point": [f"{p.pk}:0" for p in all_points()]})
    assert "4 points together" in page.content.decode()
    posted = {"points": choice(all_points()), "act": "hand_in", "seen_version": "0"}
    missing = staff.post(desk(world, "answer-together"), posted | {"decision": "accepted"})
    assert missing.status_code == 409
    assert not Response.objects.exists()
    given = posted | {"decision": "accepted", "reason": REASON}
    answer = staff.post(desk(world, "answer-together"), given, follow=True)
    assert "The answer to all 4 points waits for release." in answer.content.decode()
    late = staff.post(desk(world, "answer-together"), given)
    assert late.status_code == 409
    assert REASON in late.content.decode()
    reviewer = logged_in(world.reviewer)
    waiting = " ".join(f"{p.pk}:1" for p in all_points())
    reviewer.post(desk(world, "release-together"), {"points": waiting})
    assert states() == [PointState.RELEASED] * 4


def test_all_of_the_list_and_a_group_by_the_page(world: World, staff: Client) -> None:
    page = staff.get(desk(world, "together"), {"all": "1", "q": "(1)"})
    assert "1 point" in page.content.decode()
    staff.post(desk(world, "group"), {"points": choice(all_points())})
    assert Group.objects.get().points.count() == 4
    page = staff.get(desk(world, "together"), {"all": "1"}).content.decode()
    assert "3 more points are grouped with these" in page
    one = reverse("evaluation:ungroup", args=[world.consultation.slug, all_points()[0].pk])
    staff.post(one)
    assert Group.objects.get().points.count() == 3


@pytest.mark.parametrize("points", ["", "x", "1", "1:x", "99999999999999999:0", "٣:0"])
def test_what_is_no_choice_says_what_to_do(world: World, staff: Client, points: str) -> None:
    for name in ("answer-together", "tag-together", "assign-together", "group"):
        page = staff.post(desk(world, name), {"points": points})
        assert page.status_code in (404, 409, 422)
        assert "choose" in page.content.decode()


def test_a_department_has_only_its_own_points_together(world: World) -> None:
    page = logged_in(world.department).get(
        desk(world, "together"), {"point": [f"{p.pk}:0" for p in all_points()]}
    )
    assert "no longer in your list" in page.content.decode()
