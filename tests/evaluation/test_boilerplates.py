"""Boilerplates: kept with known placeholders, filled from the point, put in without a loss."""

from __future__ import annotations

import pytest
from django.urls import reverse

from richtschnur.evaluation.models import Boilerplate, Topic
from richtschnur.evaluation.operations import keep_boilerplate, retire_boilerplate, tag_point
from richtschnur.evaluation.queries import fill, gathered
from richtschnur.evaluation.rules import unfilled, unknown
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import acting, answer, logged_in, the_point
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
WORDS = "Zu {Absatz} gilt: Das steht im {Konzept} schon."


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute("Bitte mehr Kurse am Abend.")
    return made


def keep(world: World, name: str = "Schon enthalten", reason: str = WORDS, **more: object):
    given = {"decision": "already_contained"} | more
    return keep_boilerplate(
        strategy=world.consultation.strategy,
        name=name,
        reason=reason,
        by=acting(world, world.officer),
        at=world.at,
        **given,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("name", "reason", "code"),
    [
        (" ", "Ja.", "name"),
        ("Ja", "  ", "reason"),
        ("Ja", "Zu {Seite} gilt.", "reason"),
        ("Ja", "Zu {} gilt.", "reason"),
    ],
)
def test_what_is_missing_or_unknown_is_refused(
    world: World, name: str, reason: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        keep(world, name, reason)
    assert refused.value.code == code
    assert not Boilerplate.objects.exists()


def test_a_name_is_given_once_in_a_paper(world: World) -> None:
    first = keep(world)
    with pytest.raises(Refused):
        keep(world)
    assert keep(world, boilerplate=first, reason="Neu.").reason == "Neu."


def test_a_department_keeps_none(world: World) -> None:
    with pytest.raises(Forbidden):
        keep_boilerplate(
            strategy=world.consultation.strategy,
            name="Ja",
            reason="Ja.",
            by=acting(world, world.department),
            at=world.at,
        )


def test_placeholders_are_filled_with_what_the_point_tells(world: World) -> None:
    point = the_point()
    filled = fill("{Absatz}, {Abschnitt}, {Konzept}, {Thema}", point, section="1 Sprache")
    paper = world.consultation.strategy
    assert filled == f"Absatz {point.comment.passage.number}, 1 Sprache, {paper}, {{Thema}}"
    assert unfilled(filled) == ["{Thema}"]
    assert unknown("{a} {Absatz} {b\n}") == ["{a}"]


def test_no_placeholder_is_handed_in(world: World) -> None:
    with pytest.raises(Refused) as refused:
        answer(world, the_point(), reason="Das Thema {Thema} bleibt.")
    assert refused.value.code == "placeholder"
    answer(world, the_point(), reason="Das Thema {Thema} bleibt.", hand_in=False)


def test_those_of_the_points_topic_come_first_and_retired_ones_not(world: World) -> None:
    tag_point(point=the_point(), topics=["B"], by=acting(world, world.officer), at=world.at)
    near = Topic.objects.get()
    far = Topic.objects.create(strategy=world.consultation.strategy, name="A")
    keep(world, "1 anderes", topic=far)
    keep(world, "2 allgemein")
    keep(world, "3 nah", topic=near)
    gone = keep(world, "0 alt", topic=near)
    retire_boilerplate(boilerplate=gone, by=acting(world, world.officer), at=world.at)
    offered = gathered(world.consultation, world.officer, the_point()).boilerplates
    assert [each.name for each in offered] == ["3 nah", "2 allgemein", "1 anderes"]


def test_its_words_join_what_was_typed_and_nothing_is_stored(world: World) -> None:
    row, point = keep(world), the_point()
    staff = logged_in(world.officer)
    address = reverse("evaluation:answer", args=[world.consultation.slug, point.pk])
    typed = {"reason": "Danke!", "decision": "", "forwarded_to": "", "seen_version": "0"}
    page = staff.post(address, typed | {"use": str(row.pk)})
    text = page.content.decode()
    paper = world.consultation.strategy
    number = point.comment.passage.number
    assert f"Danke!\n\nZu Absatz {number} gilt: Das steht im {paper} schon.</textarea>" in text
    assert 'value="already_contained"' in text.split("checked")[0].rsplit("<input", 1)[1]
    assert not point.responses.exists()
    assert staff.post(address, typed | {"use": "999"}).status_code == 404
    again = staff.post(address, typed | {"reason": "", "use": str(row.pk)})
    assert "Danke" not in again.content.decode()


def test_the_pages_keep_change_and_retire(world: World) -> None:
    staff = logged_in(world.officer)
    address = reverse("evaluation:boilerplates", args=[world.consultation.slug])
    wrong = staff.post(address, {"name": "Ja", "reason": "Zu {Seite} gilt."})
    assert wrong.status_code == 422
    assert "is no placeholder" in wrong.content.decode()
    assert "Zu {Seite} gilt." in wrong.content.decode()
    assert staff.post(address, {"name": "Ja", "reason": "Ja."}).status_code == 302
    row = Boilerplate.objects.get()
    one = reverse("evaluation:boilerplate", args=[world.consultation.slug, row.pk])
    assert staff.post(one, {"name": "Ja", "reason": "Ja, gern."}).status_code == 302
    retire = reverse("evaluation:retire", args=[world.consultation.slug, row.pk])
    staff.post(retire, {"retired": "yes"})
    row.refresh_from_db()
    assert (row.reason, row.retired_at is None) == ("Ja, gern.", False)
    staff.post(retire, {"retired": "no"})
    row.refresh_from_db()
    assert row.retired_at is None
    assert logged_in(world.department).get(address).status_code == 403
