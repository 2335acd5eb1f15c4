"""An answer is released by somebody who wrote nothing of it, and no text is lost on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from richtschnur.accounts.operations import name_deputy
from richtschnur.evaluation.models import Response
from richtschnur.evaluation.operations import (
    assign_point,
    release_response,
    return_response,
    write_response,
)
from richtschnur.evaluation.states import PointState
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import REASON, acting, answer, released, the_point
from tests.support.world import World, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Bitte mehr Kurse am Abend.")
    return made


def test_draft_handed_in_released(world: World) -> None:
    point = the_point()
    answer(world, point, hand_in=False)
    assert the_point().state == PointState.DRAFT
    with pytest.raises(Refused):
        release_response(point=point, by=acting(world, world.reviewer), at=world.at)
    answer(world, point)
    response = release_response(point=point, by=acting(world, world.reviewer), at=world.at)
    assert (response.version, response.released_by) == (2, world.reviewer)
    assert the_point().state == PointState.RELEASED
    acts = JournalEntry.objects.filter(subject=f"point:{point.pk}").order_by("id")
    assert [e.act.partition(".")[2] for e in acts] == [
        "write_response",
        "write_response",
        "release_response",
    ]
    assert all(REASON not in str(e.data) for e in acts)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"decision": ""}, "no-decision"),
        ({"reason": "  "}, "no-reason"),
        ({"decision": "not_responsible"}, "no-receiver"),
    ],
)
def test_what_is_incomplete_is_a_draft_only(world: World, given: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        answer(world, the_point(), **given)
    assert refused.value.code == code
    answer(world, the_point(), **given, hand_in=False)
    assert the_point().state == PointState.DRAFT


def test_no_author_of_any_version_releases(world: World) -> None:
    answer(world, the_point(), author=world.reviewer, hand_in=False)
    answer(world, the_point())
    with pytest.raises(Forbidden):
        release_response(point=the_point(), by=acting(world, world.reviewer), at=world.at)
    with pytest.raises(Forbidden):
        release_response(point=the_point(), by=acting(world, world.officer), at=world.at)
    with pytest.raises(Forbidden):
        release_response(point=the_point(), by=CLI, at=world.at)
    assert the_point().state == PointState.HANDED_IN


def test_the_database_itself_refuses_the_author_as_releaser(world: World) -> None:
    response = answer(world, the_point())
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(
            released_at=world.at, released_by=response.author_id
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(released_by=world.reviewer)
    draft = answer(world, the_point(), decision="", hand_in=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Response.objects.filter(pk=draft.pk).update(
            released_at=world.at, released_by=world.reviewer
        )


def test_the_words_of_a_version_never_change(world: World) -> None:
    response = answer(world, the_point())
    with pytest.raises(DatabaseError), transaction.atomic():
        Response.objects.filter(pk=response.pk).update(reason="anders")


def test_a_deputy_releases_in_her_period_only(world: World) -> None:
    stand_in = person("standin", "department")
    today = world.at.date()
    name_deputy(
        absent=world.reviewer,
        stands_in=stand_in,
        from_on=today,
        until_on=today + timedelta(days=2),
        by=CLI,
        at=world.at,
    )
    answer(world, the_point())
    for day in (today - timedelta(days=1), today + timedelta(days=3)):
        with pytest.raises(Forbidden):
            release_response(point=the_point(), by=stand_in.actor(day), at=world.at)
    response = release_response(point=the_point(), by=stand_in.actor(today), at=world.at)
    assert (response.released_by, response.released_for) == (stand_in, world.reviewer)


def test_a_stale_version_is_refused(world: World) -> None:
    answer(world, the_point(), seen_version=0)
    with pytest.raises(Refused) as refused:
        answer(world, the_point(), reason="Gleichzeitig getippt.", seen_version=0)
    assert refused.value.code == "stale"
    with pytest.raises(Refused) as refused:
        release_response(
            point=the_point(), by=acting(world, world.reviewer), at=world.at, version=7
        )
    assert refused.value.code == "stale"


def test_given_back_with_a_note(world: World) -> None:
    answer(world, the_point())
    by = acting(world, world.reviewer)
    with pytest.raises(Refused):
        return_response(point=the_point(), note=" ", by=by, at=world.at)
    response = return_response(point=the_point(), note="Bitte kürzer.", by=by, at=world.at)
    assert response.return_note == "Bitte kürzer."
    assert the_point().state == PointState.DRAFT
    answer(world, the_point(), reason="Kürzer.", seen_version=1)
    assert release_response(point=the_point(), by=by, at=world.at).reason == "Kürzer."


def test_a_released_answer_stands_until_the_next_is_released(world: World) -> None:
    first = released(world, the_point())
    answer(world, the_point(), decision="not_accepted", hand_in=False)
    assert the_point().state == PointState.DRAFT
    first.refresh_from_db()
    assert first.is_released


def test_departments_answer_what_is_theirs(world: World) -> None:
    by = acting(world, world.department)
    given = {"point": the_point(), "author": world.department, "by": by, "at": world.at}
    with pytest.raises(Forbidden):
        write_response(**given, reason="Nein.")
    officer = acting(world, world.officer)
    assign_point(point=the_point(), office=world.office, by=officer, at=world.at)
    write_response(**given | {"point": the_point()}, reason="Ja.")
    assign_point(point=the_point(), by=officer, at=world.at)
    with pytest.raises(Forbidden):
        write_response(**given | {"point": the_point()}, reason="Nicht mehr.")
    assign_point(point=the_point(), assignee=world.department, by=officer, at=world.at)
    write_response(**given | {"point": the_point()}, reason="Wieder.")
    with pytest.raises(Forbidden):
        release_response(point=the_point(), by=by, at=world.at)


@pytest.mark.parametrize("reason", ["mit \x00 Null", "verloren \ufffd", "x" * 200_001])
def test_unreadable_reasons_are_refused_whole(world: World, reason: str) -> None:
    with pytest.raises(ValidationError):
        answer(world, the_point(), reason=reason)
    assert not Response.objects.exists()
