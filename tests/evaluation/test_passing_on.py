"""Passed on: to whom, when, which way; what was replied; and the lists of what goes on later."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.operations import ask_erasure, confirm_erasure
from richtschnur.evaluation.models import Forwarding, ForwardReply, Point
from richtschnur.evaluation.operations import add_reply, group_points, pass_on
from richtschnur.evaluation.queries import carried_on
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from tests.evaluation.answering import acting, answer, logged_in, released, the_point
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TO = {"forwarded_to": "Finanzamt Lindwehr"}


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    made.contribute("Bitte die Gemeinnützigkeit schneller prüfen.")
    set_clock(made.at + timedelta(days=9))
    return made


def passed(world: World, on: date | None = None, **more: Any) -> Forwarding:
    given = {
        "point": Point.objects.order_by("pk")[0],
        "receiver": "Finanzamt Lindwehr",
        "channel": "letter",
    }
    given |= {"author": world.officer, "by": acting(world, world.officer)} | more
    at = world.at + timedelta(days=9)
    return pass_on(forwarded_on=on or world.at.date(), at=at, **given)


def replied(world: World, text: str = "Wir prüfen in vier Wochen.", on: int = 5) -> ForwardReply:
    return add_reply(
        point=the_point(),
        text=text,
        replied_on=world.at.date() + timedelta(days=on),
        author=world.officer,
        by=acting(world, world.officer),
        at=world.at + timedelta(days=9),
    )


# Refusals first


def test_only_what_is_not_the_countys_task_is_passed_on(world: World) -> None:
    with pytest.raises(Refused):
        passed(world)
    answer(world, the_point(), "accepted")
    with pytest.raises(Refused):
        passed(world)
    client = logged_in(world.officer)
    place = [world.consultation.slug, the_point().pk]
    assert client.get(reverse("evaluation:passed_on", args=place)).status_code == 404


@pytest.mark.parametrize("days", [-1, 10, 4000])
def test_a_day_that_cannot_be_is_refused(world: World, days: int) -> None:
    answer(world, the_point(), "not_responsible", **TO)
    with pytest.raises(Refused) as refusal:
        passed(world, world.at.date() + timedelta(days=days))
    assert refusal.value.code == "forwarded_on"
    assert not Forwarding.objects.exists()


def test_a_reply_comes_after_it_was_passed_on(world: World) -> None:
    answer(world, the_point(), "not_responsible", **TO)
    with pytest.raises(Refused, match="Please say first"):
        replied(world)
    passed(world, world.at.date() + timedelta(days=3))
    for on in (2, 10):
        with pytest.raises(Refused) as refusal:
            replied(world, on=on)
        assert refusal.value.code == "replied_on"
    with pytest.raises(Refused):
        replied(world, "  ")
    assert not ForwardReply.objects.exists()


def test_another_office_may_not(world: World) -> None:
    answer(world, the_point(), "not_responsible", **TO)
    with pytest.raises(Forbidden):
        passed(world, author=world.department, by=acting(world, world.department))


def test_a_mistyped_form_loses_nothing(world: World) -> None:
    released(world, the_point(), "not_responsible", **TO)
    client = logged_in(world.officer)
    place = reverse("evaluation:passed_on", args=[world.consultation.slug, the_point().pk])
    sent = {"receiver": "Das Finanzamt", "forwarded_on": "2030-01-01", "channel": "letter"}
    page = client.post(place, sent)
    assert page.status_code == 409
    assert "Das Finanzamt" in page.content.decode()
    assert client.post(place, sent | {"channel": "pigeon"}).status_code == 422
    good = sent | {"forwarded_on": str(world.at.date())}
    assert client.post(place, good).status_code == 302
    assert "Das Finanzamt" in client.get(place).content.decode()


# What follows


def test_the_submitter_reads_when_and_what_was_replied(world: World, client: Client) -> None:
    submitted = world.contribute("Und warum dauert es so lange?", key="k2")
    point = Point.objects.get(comment__contribution=submitted)
    released(world, point, "not_responsible", **TO)
    passed(world, point=point)
    add_reply(
        point=point,
        text="Wir prüfen in vier Wochen.",
        replied_on=world.at.date() + timedelta(days=5),
        author=world.officer,
        by=acting(world, world.officer),
        at=world.at + timedelta(days=9),
    )
    from richtschnur.evaluation.queries import answers_for
    from richtschnur.evaluation.views.knots import _knots

    each = answers_for(submitted)[point.comment_id][0]
    told = [
        (knot.title, knot.quote)
        for knot in _knots(each, world.consultation, quotes=False, for_sender=True)
    ]
    assert ("Passed on to: Finanzamt Lindwehr (letter)", "") in told
    assert ("Reply of Finanzamt Lindwehr", "Wir prüfen in vier Wochen.") in told
    public = [knot.quote for knot in _knots(each, world.consultation, quotes=False)]
    assert "Wir prüfen in vier Wochen." not in public, "a reply is for its sender"
    overview = client.get(reverse("evaluation:overview", args=[world.consultation.slug]))
    assert "Finanzamt Lindwehr, on 2 Nov 2026 (letter)" in overview.content.decode()
    assert "vier Wochen" not in overview.content.decode()
    mail = Message.objects.filter(about__contains=":replied:").get()
    assert submitted.number in mail.subject
    assert "vier Wochen" not in mail.body


def test_it_goes_for_the_whole_group(world: World) -> None:
    world.contribute("Bitte die Gemeinnützigkeit schneller prüfen!", key="k2")
    points = list(Point.objects.all())
    group_points(points=points, by=acting(world, world.officer), at=world.at)
    answer(world, points[0], "not_responsible", **TO)
    passed(world, point=points[0])
    assert Forwarding.objects.count() == 2
    assert JournalEntry.objects.filter(act="evaluation.pass_on").count() == 2


def test_an_erased_contribution_takes_replies_along(world: World) -> None:
    answer(world, the_point(), "not_responsible", **TO)
    passed(world)
    replied(world, "Herr Beispiel möge anrufen.")
    contribution = the_point().comment.contribution
    by, second = acting(world, world.officer), acting(world, world.reviewer)
    ask_erasure(contribution=contribution, ground="own-wish", by=by, at=world.at)
    confirm_erasure(contribution=contribution, by=second, at=world.at)
    assert not ForwardReply.objects.exists()
    assert not Forwarding.objects.exists()


# Lists of what goes on later


@pytest.mark.parametrize("decision", ["next_revision", "becomes_measure", "not_responsible"])
def test_later_stages_read_what_was_released(world: World, decision: str) -> None:
    strategy = world.consultation.strategy
    answer(world, the_point(), decision, **TO)
    assert not carried_on(strategy, decision)
    world.contribute("Noch etwas.", key="k2")
    second = Point.objects.order_by("pk").last()
    assert second is not None
    released(world, second, decision, **TO)
    assert [r.point_id for r in carried_on(strategy, decision)] == [second.pk]
    client = logged_in(world.officer)
    place = reverse("evaluation:carried_on", args=[world.consultation.slug])
    assert "Noch etwas." in client.get(place, {"what": decision}).content.decode()
    file = reverse("evaluation:carried_on_file", args=[world.consultation.slug, decision])
    rows = list(csv.reader(io.StringIO(b"".join(client.get(file).streaming_content).decode())))
    assert len(rows) == 2
    assert "Noch etwas." in rows[1]


def test_who_may_not_and_what_is_no_list(world: World) -> None:
    place = reverse("evaluation:carried_on", args=[world.consultation.slug])
    assert logged_in(world.department).get(place).status_code == 403
    client = logged_in(world.officer)
    assert client.get(place, {"what": "accepted"}).status_code == 404
    file = reverse("evaluation:carried_on_file", args=[world.consultation.slug, "accepted"])
    assert client.get(file).status_code == 404


@pytest.mark.parametrize("n", [2, 12])
def test_constant_queries(world: World, n: int) -> None:
    for i in range(n):
        world.contribute(f"Nummer {i}.", key=f"n{i}")
    for point in Point.objects.all():
        released(world, point, "not_responsible", **TO)
    client = logged_in(world.officer)
    place = reverse("evaluation:carried_on", args=[world.consultation.slug])
    with at_most(16):
        client.get(place, {"what": "not_responsible"})
