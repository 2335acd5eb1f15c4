"""What the machine takes for alike is proposed with its words, and only a person makes a group."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from richtschnur.evaluation.jobs import compare_points
from richtschnur.evaluation.models import Group, Likeness, Point
from richtschnur.evaluation.operations import decline_likeness, find_alike, take_likeness
from richtschnur.journal.actors import SYSTEM
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import acting, answer, logged_in
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
CAMPAIGN = (
    "ich lehne das geplante Konzept ab, weil es dem Landkreis zu viel Geld kostet und niemand"
    " gefragt wurde, der in den Dörfern wohnt und jeden Tag mit dem Bus zur Arbeit fährt."
)


@pytest.fixture
def world() -> World:
    made = World()
    for n, opening in enumerate(("Guten Tag,", "Sehr geehrte Frau Landrätin,", "Hallo,")):
        made.contribute(f"{opening} {CAMPAIGN}", key=f"k{n}")
    made.contribute("Der Abschnitt zur Kita gefällt mir gut.", key="other")
    return made


def find(world: World) -> int:
    return find_alike(consultation=world.consultation, by=SYSTEM, at=world.at)


def test_a_campaign_is_proposed_and_nothing_else_happens(world: World) -> None:
    assert find(world) == 1
    likeness = Likeness.objects.get()
    assert (likeness.size, likeness.verdict) == (3, "")
    assert not Group.objects.exists()
    entry = JournalEntry.objects.get(act="evaluation.find_alike")
    assert entry.data == {"groups": 1, "largest": 3, "method": likeness.method}
    assert find(world) == 1
    assert Likeness.objects.count() == 1


def test_a_person_takes_it_over_and_it_is_not_proposed_again(world: World) -> None:
    find(world)
    by = acting(world, world.officer)
    group = take_likeness(likeness=Likeness.objects.get(), by=by, at=world.at)
    assert group.points.count() == 3
    assert find(world) == 0
    with pytest.raises(Refused):
        take_likeness(likeness=Likeness.objects.get(), by=by, at=world.at)
    world.contribute(f"Moin, {CAMPAIGN}", key="late")
    assert find(world) == 1
    take_likeness(likeness=Likeness.objects.get(verdict=""), by=by, at=world.at)
    assert Group.objects.get().size == 4


def test_what_was_declined_is_proposed_again_only_with_more(world: World) -> None:
    find(world)
    decline_likeness(likeness=Likeness.objects.get(), by=acting(world, world.officer), at=world.at)
    assert find(world) == 0
    world.contribute(f"Moin, {CAMPAIGN}", key="late")
    assert find(world) == 1


def test_a_point_that_is_answered_alone_stays_alone(world: World) -> None:
    answer(world, Point.objects.order_by("pk")[0])
    assert find(world) == 1
    assert Likeness.objects.get().size == 2


def test_a_department_decides_on_none(world: World) -> None:
    find(world)
    with pytest.raises(Forbidden):
        take_likeness(
            likeness=Likeness.objects.get(), by=acting(world, world.department), at=world.at
        )


def test_the_worker_compares_when_something_came(world: World) -> None:
    soon = world.at + timedelta(minutes=1)
    assert compare_points(at=soon) == 1
    assert compare_points(at=soon + timedelta(minutes=2)) == 0
    world.at = soon + timedelta(minutes=3)
    world.contribute("Noch etwas anderes.", key="more")
    assert compare_points(at=world.at + timedelta(minutes=1)) == 1


def test_the_page_marks_what_is_shared_and_takes_the_verdict(world: World) -> None:
    staff = logged_in(world.officer)
    address = reverse("evaluation:alike", args=[world.consultation.slug])
    assert "have not been compared yet" in staff.get(address).content.decode()
    find(world)
    page = staff.get(address).content.decode()
    assert "Make these 3 points a group" in page
    assert f"Guten Tag, <mark>{CAMPAIGN[:-1]}</mark>." in page
    likeness = Likeness.objects.get()
    decide = reverse("evaluation:decide-alike", args=[world.consultation.slug, likeness.pk])
    staff.post(decide, {"verdict": "accepted"})
    assert Point.objects.filter(group__isnull=False).count() == 3
    assert staff.post(decide, {"verdict": "declined"}).status_code == 409
    assert logged_in(world.department).get(address).status_code == 403
