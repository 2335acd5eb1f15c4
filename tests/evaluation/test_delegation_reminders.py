"""Nobody is forgotten and nobody is pestered: reminders, what falls back, and who has how much."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from richtschnur.accounts.models import Deputy, User
from richtschnur.config.schedule import schedule
from richtschnur.evaluation.jobs import remind
from richtschnur.evaluation.models import Delegation, Point
from richtschnur.evaluation.operations import assign_point, delegation_secret, write_response
from richtschnur.evaluation.queries import PointFilter, answers_due, loads, points_of
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden
from richtschnur.mail.models import Message
from tests.evaluation.answering import acting
from tests.evaluation.asking import REASON, asked, page_of, typed
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import World, person

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def world(set_clock: SetClock, settings: object) -> World:
    settings.PUBLIC_URL = "https://rat.example"  # type: ignore[attr-defined]
    made = World()
    set_clock(made.at)
    for n in range(3):
        made.contribute(f"Punkt {n} soll besser werden.", key=f"k{n}")
    User.objects.filter(pk=made.officer.pk).update(email="officer@kreis.example")
    User.objects.filter(pk=made.department.pk).update(email="fach@kreis.example")
    return made


def day(world: World, days: float) -> datetime:
    return world.at + timedelta(days=days)


def mails(to: str) -> list[str]:
    rows = Message.objects.filter(to=to).order_by("pk")
    return [message.body for message in rows]


def points() -> list[Point]:
    return list(Point.objects.order_by("pk"))


# --- who was asked


def test_the_worker_does_it() -> None:
    assert "evaluation.remind" in [job.name for job in schedule()]


def test_once_before_the_day_and_once_after_it(world: World) -> None:
    delegation = asked(world)
    Message.objects.all().delete()
    assert remind(at=day(world, 3)) == 0
    for hours in range(3):
        remind(at=day(world, 4 + hours / 24))
    (body,) = mails("jc@post.example")
    assert delegation_secret(delegation) in body, "the same address"
    assert remind(at=day(world, 7)) == 0, "the last day is no miss"
    for hours in range(3):
        remind(at=day(world, 8 + hours / 24))
    assert len(mails("jc@post.example")) == 2
    (told,) = mails("officer@kreis.example")
    assert "https://rat.example/" in told
    assert f"/{delegation.pk}/" in told
    acts = JournalEntry.objects.filter(actor_kind="system").order_by("pk")
    assert [entry.act for entry in acts] == [
        "evaluation.remind_delegate",
        "evaluation.miss_delegation",
    ]


@pytest.mark.parametrize("end", ["handed_in_at", "withdrawn_at"])
def test_who_is_done_is_left_alone(world: World, end: str) -> None:
    delegation = asked(world)
    Delegation.objects.filter(pk=delegation.pk).update(**{end: world.at})
    Message.objects.all().delete()
    assert remind(at=day(world, 5)) == remind(at=day(world, 9)) == 0
    assert not Message.objects.exists()


def test_who_was_asked_a_moment_ago_is_not_reminded(world: World) -> None:
    asked(world, days=1)
    assert remind(at=day(world, 0.5)) == 0
    assert remind(at=day(world, 1.2)) == 1


def test_today_shows_what_came_back_and_what_did_not(world: World, set_clock: SetClock) -> None:
    one, two, three = points()
    back = asked(world, points=[one], name="Jobcenter")
    page_of(back, typed(back, choice="accepted", reason=REASON), act="hand_in")
    asked(world, points=[two], name="Schulamt", days=1)
    asked(world, points=[three], name="Kreisjugendring")
    set_clock(day(world, 3))
    officer = logged_in(world.officer)
    with at_most(40):
        page = officer.get(address("desk:today")).content.decode()
    assert "Came back from" in page
    assert "Jobcenter" in page
    assert "Nothing came from" in page
    assert "Schulamt" in page
    assert "Kreisjugendring" not in page
    assert "Jobcenter" not in logged_in(world.reviewer).get(address("desk:today")).content.decode()
    write_response(
        point=one,
        author=world.officer,
        by=CLI,
        at=world.at,
        decision="accepted",
        reason=REASON,
        hand_in=True,
    )
    assert "Jobcenter" not in officer.get(address("desk:today")).content.decode(), "it is answered"


def test_the_list_is_narrowed_to_what_is_at_others(world: World) -> None:
    one, two, three = points()
    back = asked(world, points=[one], name="Jobcenter")
    page_of(back, typed(back, choice="accepted", reason=REASON), act="hand_in")
    returned = asked(world, points=[two], name="Schulamt")
    page_of(returned, typed(returned, choice="not_ours", whose="Land"), act="hand_in")
    asked(world, points=[three], name="Kreisjugendring", days=1)

    def listed(asked_for: str, days: float = 0) -> list[int]:
        chosen = PointFilter.read({"asked": asked_for})
        by = acting(world, world.officer)
        found = points_of(world.consultation, world.officer, by, chosen, day(world, days))
        return [point.pk for point in found]

    assert listed("back") == [one.pk]
    assert listed("not_ours") == [two.pk]
    assert listed("waiting") == [three.pk]
    assert listed("overdue") == []
    assert listed("overdue", 2) == [three.pk]
    assert listed("bogus") == [one.pk, two.pk, three.pk], "what is not known is passed over"
    queue = address("evaluation:queue", world.consultation.slug)
    page = logged_in(world.officer).get(queue, {"asked": "back"}).content.decode()
    assert "Punkt 0" in page
    assert "Punkt 1" not in page


# --- whom answers are given to


def due(world: World, point: Point, days: int) -> None:
    on = world.at.date() + timedelta(days=days)
    assign_point(point=point, assignee=world.department, due_on=on, by=CLI, at=world.at)


def test_one_mail_for_all_answers_and_at_most_one_a_day(world: World) -> None:
    for n, point in enumerate(points()):
        due(world, point, n)
    for hours in range(4):
        remind(at=day(world, hours / 24))
    (body,) = mails("fach@kreis.example")
    assert "Punkt" not in body, "no words of contributions"
    entry = JournalEntry.objects.get(act="evaluation.remind_assignee")
    assert entry.data == {"points": 3, "overdue": 0}
    remind(at=day(world, 1))
    assert len(mails("fach@kreis.example")) == 2, "the first one is overdue now"


def test_the_same_debt_is_told_again_after_a_week_only(world: World) -> None:
    due(world, points()[0], 1)
    for n in range(20):
        remind(at=day(world, n))
    sent = Message.objects.filter(to="fach@kreis.example").order_by("pk")
    days = [(message.queued_at - world.at).days for message in sent]
    assert days == [0, 2, 9, 16]


def test_nothing_due_no_mail(world: World) -> None:
    due(world, points()[0], 10)
    assert remind(at=world.at) == 0
    due(world, points()[0], 1)
    write_response(
        point=points()[0],
        author=world.department,
        by=CLI,
        at=world.at,
        decision="accepted",
        reason=REASON,
        hand_in=True,
    )
    assert remind(at=world.at) == 0
    assert mails("fach@kreis.example") == []


# --- deputies


@pytest.fixture
def deputy(world: World) -> User:
    stands_in = person("kern", "department")
    User.objects.filter(pk=stands_in.pk).update(email="kern@kreis.example")
    Deputy.objects.create(
        absent=world.department,
        stands_in=stands_in,
        from_on=world.at.date(),
        until_on=world.at.date() + timedelta(days=5),
    )
    return User.objects.get(pk=stands_in.pk)


def test_a_deputy_sees_answers_and_is_reminded_of_what_the_absent_owes(
    world: World, deputy: User
) -> None:
    one, two, three = points()
    due(world, one, 1)
    assign_point(point=two, office=world.office, by=CLI, at=world.at)
    client, url = logged_in(deputy), address("evaluation:point", world.consultation.slug, one.pk)
    assert client.get(url).status_code == 200
    by = acting(world, deputy)
    assert set(answers_due(deputy, world.at, by)) == {one, two}
    for point in (one, two):
        write_response(point=point, author=deputy, by=by, at=world.at, reason="Entwurf.")
    with pytest.raises(Forbidden):
        write_response(point=three, author=deputy, by=by, at=world.at, reason="Entwurf.")
    remind(at=world.at)
    assert len(mails("kern@kreis.example")) == 1
    queue = client.get(address("evaluation:queue", world.consultation.slug), {"mine": "1"})
    assert [point.pk for point in queue.context["page"].object_list] == [one.pk, two.pk]


def test_after_the_period_the_deputy_is_a_stranger_again(
    world: World, deputy: User, set_clock: SetClock
) -> None:
    due(world, points()[0], 9)
    set_clock(day(world, 6))
    url = address("evaluation:point", world.consultation.slug, points()[0].pk)
    assert logged_in(deputy).get(url).status_code == 403
    by = deputy.actor(day(world, 6).date())
    assert not answers_due(deputy, day(world, 6), by).exists()


# --- who has what


def test_the_load_of_each_person_and_office(world: World, deputy: User) -> None:
    one, two, three = points()
    due(world, one, -2)
    assign_point(point=two, office=world.office, assignee=world.department, by=CLI, at=world.at)
    assign_point(point=three, office=world.office, by=CLI, at=world.at)
    world.contribute("Noch einer.", key="k9")
    rows = loads(Point.objects.all(), world.at.date())
    told = [(str(row.person or row.office or ""), row.open, row.overdue) for row in rows]
    assert sorted(told) == [("", 1, 0), ("Department", 2, 1), ("Jugendamt", 1, 0)]
    assert rows[0].person == world.department, "who is late comes first"
    client = logged_in(world.officer)
    page = client.get(address("evaluation:load", world.consultation.slug)).content.decode()
    assert "Kern stands in" in page
    link = f"assignee={world.department.pk}&amp;due=overdue"
    assert link in page
    queue = address("evaluation:queue", world.consultation.slug)
    shown = client.get(f"{queue}?state=left&assignee={world.department.pk}&due=overdue")
    assert [point.pk for point in shown.context["page"].object_list] == [one.pk]
