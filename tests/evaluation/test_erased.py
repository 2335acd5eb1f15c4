"""Answers to what was erased: those that were out stay, all others are closed without words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import ask_erasure, confirm_erasure
from richtschnur.desk.queries import closed_with_open_points, today_of
from richtschnur.evaluation.exports import export_synopsis
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import return_response, write_response
from richtschnur.evaluation.queries import lists, progress
from richtschnur.evaluation.states import PointState
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Refused
from tests.evaluation.answering import acting, answer, logged_in, released
from tests.support.clock import SetClock, set_clock
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["fresh_log", "set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]

REPEATED = "Die Familie aus der Lindenallee"


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    set_clock(made.at)
    return made


def erased(world: World, contribution: Contribution) -> None:
    ask_erasure(
        contribution=contribution,
        ground="names-others",
        by=acting(world, world.officer),
        at=world.at,
    )
    confirm_erasure(contribution=contribution, by=acting(world, world.reviewer), at=world.at)


def page(world: World, point: Point) -> str:
    address = reverse("evaluation:point", args=[world.consultation.slug, point.pk])
    return logged_in(world.reviewer).get(address).content.decode()


@pytest.mark.parametrize("hand_in", [False, True])
def test_an_unreleased_answer_is_closed_and_loses_its_words(world: World, hand_in: bool) -> None:
    contribution = world.contribute("Die Nachbarn sind krank.")
    point = Point.objects.get()
    answer(world, point, reason=f"{REPEATED} …", hand_in=hand_in)
    assert REPEATED in page(world, point)
    erased(world, contribution)
    point.refresh_from_db()
    response = Response.objects.get()
    assert (point.state, point.text, response.reason) == (PointState.CLOSED, "", "")
    assert (response.decision, response.author) == ("accepted", world.officer), "who did what stays"
    entry = JournalEntry.objects.get(act="evaluation.close_point")
    assert entry.data == {"ground": "names-others"}
    assert entry.actor_id == str(world.reviewer.pk)
    text = page(world, point)
    assert REPEATED not in text
    assert "Two people have erased this contribution" in text
    assert "it names other people" in text
    assert ("handed in on" in text) == hand_in
    assert "Hand in for release" not in text
    assert "(erased)" in text


def test_a_note_that_gave_it_back_goes_too(world: World) -> None:
    contribution = world.contribute("Die Nachbarn sind krank.")
    point = Point.objects.get()
    answer(world, point)
    by = acting(world, world.reviewer)
    return_response(point=point, note=f"Bitte ohne: {REPEATED}", by=by, at=world.at)
    erased(world, contribution)
    assert Response.objects.get().return_note == ""


def test_what_was_released_stays_and_a_newer_draft_goes(world: World) -> None:
    contribution = world.contribute("Die Nachbarn sind krank.")
    point = Point.objects.get()
    released(world, point, reason="Das nehmen wir auf.")
    answer(world, point, reason=REPEATED, hand_in=False)
    erased(world, contribution)
    point.refresh_from_db()
    assert point.state == PointState.RELEASED
    said = list(Response.objects.order_by("version").values_list("reason", flat=True))
    assert said == ["Das nehmen wir auf.", ""]
    assert not JournalEntry.objects.filter(act="evaluation.close_point").exists()


def test_a_point_without_an_answer_goes_as_before(world: World) -> None:
    erased(world, world.contribute())
    assert not Point.objects.exists()


def test_nothing_is_left_to_do(world: World) -> None:
    contribution = world.contribute("Die Nachbarn sind krank.")
    point = Point.objects.get()
    answer(world, point)
    reviewer = acting(world, world.reviewer)
    assert today_of(world.reviewer, reviewer, world.at).releases
    erased(world, contribution)
    assert not today_of(world.reviewer, reviewer, world.at).releases
    assert progress(Point.objects.all()).left == 0
    assert progress(Point.objects.all()).closed == 1
    over = world.consultation.closes_at.replace(year=2027)
    assert closed_with_open_points(over) == []
    assert lists.standings(world.reviewer, reviewer)[0].left == 0
    with pytest.raises(Refused, match="nothing left to answer"):
        write_response(
            point=point,
            author=world.officer,
            reason="x",
            by=acting(world, world.officer),
            at=world.at,
        )
    address = reverse("evaluation:queue", args=[world.consultation.slug])
    listed = logged_in(world.reviewer).get(address, {"state": "closed"}).content.decode()
    assert "(erased)" in listed
    assert "closed, the contribution was erased" in listed


def test_the_page_asks_no_more_than_before(world: World) -> None:
    contribution = world.contribute("Die Nachbarn sind krank.")
    point = Point.objects.get()
    answer(world, point)
    client = logged_in(world.reviewer)
    address = reverse("evaluation:point", args=[world.consultation.slug, point.pk])
    erased(world, contribution)
    client.get(address)
    with at_most(26):
        client.get(address)


def test_the_overview_counts_it_as_closed(world: World, tmp_path: Path) -> None:
    contribution = world.contribute("Die Nachbarn sind krank.")
    answer(world, Point.objects.get(), reason=REPEATED)
    erased(world, contribution)
    for public in (False, True):
        tally = export_synopsis(
            world.consultation, "json", tmp_path / "out.json", at=world.at, public=public
        )
        assert tally.open == 0
        assert REPEATED not in (tmp_path / "out.json").read_text("utf-8")
        json.loads((tmp_path / "out.json").read_text("utf-8"))


def test_without_two_people_the_database_refuses(world: World) -> None:
    world.contribute("Die Nachbarn sind krank.")
    answer(world, Point.objects.get(), reason=REPEATED)
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Response.objects.update(reason="")
    erased(world, world.contribute("Etwas anderes.", key="k2"))
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic():
        Response.objects.update(reason="")
    assert Response.objects.get().reason == REPEATED
