"""Groups too large for one act are answered by an order: all of their points, part by part."""

from __future__ import annotations

import pytest

from richtschnur.evaluation import rules
from richtschnur.evaluation.models import Group, Likeness, LikePoint, Order, Point, Response
from richtschnur.evaluation.operations import (
    all_of_them,
    answer_all,
    assign_all,
    assign_point,
    carry_on,
    give_back_all,
    group_all,
    group_points,
    holding,
    orders,
    orders_in_parts,
    release_all,
    release_response,
    tag_all,
    ungroup_point,
    write_response,
)
from richtschnur.evaluation.operations.orders import (
    large_group,
    order_assignment,
    order_grouping,
    order_release,
    order_response,
    order_return,
    order_tags,
)
from richtschnur.evaluation.states import PointState, Verdict
from richtschnur.journal.models import JournalEntry, Leaf
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from tests.evaluation.answering import REASON, acting, answer
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """Five points; more than three are too many for one act, and a part has two."""
    made = World()
    for n in range(5):
        made.contribute(f"Bitte mehr Kurse am Abend ({n}).", key=f"k{n}")
    for module, name, value in (
        (orders, "AT_ONCE", 3),
        (all_of_them, "AT_ONCE", 3),
        (holding, "AT_ONCE", 3),
        (rules, "AT_ONCE", 3),
        (orders_in_parts, "PART", 2),
        (orders_in_parts, "RELEASED", 2),
    ):
        monkeypatch.setattr(module, name, value)
    return made


def all_points() -> list[Point]:
    return list(Point.objects.order_by("pk"))


def states() -> list[str]:
    return [point.state for point in all_points()]


def proposal(world: World, *points: Point) -> Likeness:
    likeness = Likeness.objects.create(
        consultation=world.consultation, method="alike/1", size=len(points), found_at=world.at
    )
    LikePoint.objects.bulk_create(LikePoint(likeness=likeness, point=point) for point in points)
    return likeness


def grouped(world: World) -> Group:
    by = acting(world, world.officer)
    order = order_grouping(likeness=proposal(world, *all_points()), by=by, at=world.at)
    carry_on(at=world.at)
    order.refresh_from_db()
    assert order.finished_at
    return Group.objects.get(pk=order.group_id)


def one_part(world: World) -> int | None:
    return orders_in_parts._next_part(world.at)


def test_a_large_proposal_becomes_a_group_part_by_part(world: World) -> None:
    first, second, *_rest = points = all_points()
    by = acting(world, world.officer)
    former = group_points(points=[first, second], by=by, at=world.at)
    likeness = proposal(world, *points[1:])
    order = order_grouping(likeness=likeness, by=by, at=world.at)
    assert order.total == 4  # the first is there already
    assert one_part(world) == 2
    with pytest.raises(Refused, match="2 of 4"):
        assign_point(point=points[4], office=None, by=by, at=world.at)
    with pytest.raises(Refused, match="decided on already"):
        order_grouping(likeness=likeness, by=by, at=world.at)
    with pytest.raises(Refused, match="worked on"):
        order_grouping(likeness=proposal(world, *points[2:]), by=by, at=world.at)
    carry_on(at=world.at)
    group = Group.objects.get()
    assert (group.pk, group.size) == (former.pk, 5)
    likeness.refresh_from_db()
    assert likeness.verdict == Verdict.ACCEPTED
    joined = JournalEntry.objects.filter(act="evaluation.group_points", actor_id=by.id)
    assert joined.count() == 2 + 3
    ended = JournalEntry.objects.get(act="evaluation.finish_order")
    assert ended.data == {"act": "group", "points": 4}


def test_points_with_answers_of_their_own_stop_it_before_it_begins(world: World) -> None:
    answer(world, all_points()[2])
    with pytest.raises(Refused, match="1 of these points was begun"):
        grouped(world)
    assert not Order.objects.exists()
    assert not Group.objects.exists()


def test_a_large_group_is_answered_given_back_and_released(world: World) -> None:
    group, by = grouped(world), acting(world, world.officer)
    reviewer = acting(world, world.reviewer)
    head = all_points()[0]
    with pytest.raises(Refused, match="more than 3"):
        write_response(point=head, author=world.officer, by=by, at=world.at)
    given = {"decision": "accepted", "reason": REASON, "forwarded_to": ""}
    order_response(point=head, hand_in=True, seen=0, by=by, at=world.at, **given)
    assert one_part(world) == 2
    assert states() == ["handed_in"] * 2 + ["open"] * 3
    with pytest.raises(Refused, match="worked on"):
        order_release(point=head, version=1, by=reviewer, at=world.at)
    carry_on(at=world.at)
    assert states() == ["handed_in"] * 5
    order_return(point=head, version=1, note="Bitte kürzer.", by=reviewer, at=world.at)
    carry_on(at=world.at)
    given["reason"] = "Kürzer."
    order_response(point=head, hand_in=True, seen=1, by=by, at=world.at, **given)
    carry_on(at=world.at)
    order_release(point=head, version=2, by=reviewer, at=world.at)
    carry_on(at=world.at)
    assert states() == ["released"] * 5
    said = Response.objects.filter(released_at__isnull=False)
    assert {(r.point_id, r.version, r.reason, r.author_id, r.released_by_id) for r in said} == {
        (point.pk, 2, "Kürzer.", world.officer.pk, world.reviewer.pk) for point in all_points()
    }
    assert Leaf.objects.filter(kind="answered").count() == 5
    assert group.orders.filter(finished_at=None).count() == 0
    assert {order.what == {} for order in group.orders.all()} == {True}


def test_whoever_wrote_any_of_it_cannot_release_all_of_it(world: World) -> None:
    grouped(world)
    head, reviewer = all_points()[0], acting(world, world.reviewer)
    given = {"decision": "accepted", "reason": REASON, "forwarded_to": ""}
    order_response(point=head, hand_in=True, by=reviewer, at=world.at, **given)
    carry_on(at=world.at)
    with pytest.raises(Forbidden, match="Somebody else"):
        order_release(point=head, version=1, by=reviewer, at=world.at)


def test_what_a_small_group_is_refused_a_large_one_is_refused(world: World) -> None:
    grouped(world)
    head, by = all_points()[0], acting(world, world.officer)
    given = {"decision": "accepted", "reason": "", "forwarded_to": ""}
    with pytest.raises(Refused, match="reason"):
        order_response(point=head, hand_in=True, by=by, at=world.at, **given)
    with pytest.raises(Refused, match="Somebody else has answered"):
        order_response(point=head, seen=3, by=by, at=world.at, **given)
    with pytest.raises(Forbidden):
        order_release(point=head, version=1, by=acting(world, world.officer), at=world.at)
    with pytest.raises(Refused, match="not waiting"):
        order_release(point=head, version=1, by=acting(world, world.reviewer), at=world.at)
    assert not Order.objects.filter(finished_at=None).exists()


def test_it_is_sorted_and_a_point_leaves_it(world: World) -> None:
    group, by = grouped(world), acting(world, world.officer)
    order_tags(group=group, topics=["Kurse"], adds=True, by=by, at=world.at)
    carry_on(at=world.at)
    order_assignment(
        group=group, assignee=world.officer, due_on=world.at.date(), by=by, at=world.at
    )
    carry_on(at=world.at)
    for point in all_points():
        assert [topic.name for topic in point.topics.all()] == ["Kurse"]
        assert (point.assignee, point.due_on) == (world.officer, world.at.date())
    ungroup_point(point=all_points()[3], by=by, at=world.at)
    group.refresh_from_db()
    assert group.size == 4


def test_the_group_is_chosen_alone(world: World) -> None:
    group = grouped(world)
    head = all_points()[0]
    assert large_group([head]) == group
    world.contribute("Etwas anderes.", key="other")
    with pytest.raises(Refused, match="alone"):
        large_group([head, all_points()[5]])
    assert large_group([all_points()[5]]) is None


def test_a_worker_that_ends_between_parts_reaches_each_point_once(world: World) -> None:
    grouped(world)
    head, by = all_points()[0], acting(world, world.officer)
    given = {"decision": "accepted", "reason": REASON, "forwarded_to": ""}
    order_response(point=head, hand_in=True, by=by, at=world.at, **given)
    while one_part(world):
        pass
    assert one_part(world) is None
    assert Response.objects.count() == 5
    assert Message.objects.filter(about__endswith=":answered").count() == 0
    assert {point.state for point in all_points()} == {PointState.HANDED_IN}


def test_an_answer_released_alone_is_untouched_by_orders_of_others(world: World) -> None:
    by = acting(world, world.officer)
    lone = all_points()[0]
    order_grouping(likeness=proposal(world, *all_points()[1:]), by=by, at=world.at)
    answer(world, lone)
    release_response(point=lone, by=acting(world, world.reviewer), at=world.at)
    carry_on(at=world.at)
    assert states() == ["released"] + ["open"] * 4


def test_few_and_many_are_the_same_act_to_who_gives_it(world: World) -> None:
    by, points = acting(world, world.officer), all_points()
    few = proposal(world, *points[:2])
    assert group_all(likeness=few, by=by, at=world.at) is None
    assert group_all(likeness=proposal(world, *points), by=by, at=world.at) is not None
    carry_on(at=world.at)
    given = {"points": all_points()[:1], "by": by, "at": world.at}
    assert tag_all(topics=["Kurse"], adds=False, **given)
    carry_on(at=world.at)
    assert assign_all(assignee=world.officer, **given)
    carry_on(at=world.at)
    words = {"decision": "accepted", "reason": REASON, "forwarded_to": ""}
    first = points[0].pk
    assert answer_all(author=world.officer, seen={first: 0}, hand_in=True, **given, **words)
    carry_on(at=world.at)
    reviewer = acting(world, world.reviewer)
    assert give_back_all(point=all_points()[0], version=1, note="Kürzer.", by=reviewer, at=world.at)
    carry_on(at=world.at)
    assert answer_all(author=world.officer, seen={first: 1}, hand_in=True, **given, **words)
    carry_on(at=world.at)
    given["by"] = acting(world, world.reviewer)
    assert release_all(seen={first: 2}, **given)
    carry_on(at=world.at)
    assert states() == ["released"] * 5
