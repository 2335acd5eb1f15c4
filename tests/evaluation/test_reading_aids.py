"""Reading aids: answers in other languages, foreign-language points in German; off by default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.operations import ask_erasure, confirm_erasure
from richtschnur.evaluation.models import AnswerTranslation, Point, ReadingAid, Response
from richtschnur.evaluation.operations import (
    check_answer_translation,
    draft_translation,
    read_in_german,
    write_translation,
)
from richtschnur.evaluation.operations.reading_aids import aid_of
from richtschnur.evaluation.queries import answers_for
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import REASON, acting, answer, logged_in, released, the_point
from tests.languages.machines import Machine
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
UKRAINIAN = "Потрібні курси ввечері.\n\nІ <b>допомога</b> з дипломами."


@pytest.fixture
def world() -> World:
    made = World()
    made.contribute(UKRAINIAN, language="uk")
    return made


@pytest.fixture
def machine(settings: Any) -> Iterator[Machine]:
    found = Machine()
    settings.TRANSLATION = {
        "kind": "libretranslate", "url": found.url, "reads_contributions": True,
    }  # fmt: skip
    yield found
    found.stop()


def aid(world: World, act: Any, **more: Any) -> AnswerTranslation:
    given = {"response": Response.objects.get(), "language": "uk", "author": world.officer}
    given |= {"by": acting(world, world.officer), "at": world.at} | more
    found: AnswerTranslation = act(**given)
    return found


def read(world: World, **more: Any) -> ReadingAid:
    given = {
        "point": Point.objects.order_by("pk")[0],
        "by": acting(world, world.officer),
        "at": world.at,
    } | more
    return read_in_german(**given)


# Refusals first


def test_without_a_machine_nothing_is_drafted(world: World) -> None:
    released(world, the_point())
    with pytest.raises(Refused, match="No translating machine"):
        aid(world, draft_translation)
    with pytest.raises(Refused, match="No machine may read"):
        read(world)


@pytest.mark.parametrize("said", [None, False, "yes", "false", 1, []])
def test_words_of_contributions_are_sent_only_where_it_says_so(
    world: World, machine: Machine, settings: Any, said: object
) -> None:
    settings.TRANSLATION = {"kind": "libretranslate", "url": machine.url}
    if said is not None:
        settings.TRANSLATION["reads_contributions"] = said
    with pytest.raises(Refused):
        read(world)
    page = logged_in(world.officer).get(
        reverse("evaluation:point", args=[world.consultation.slug, the_point().pk])
    )
    assert "Put into German by machine" not in page.content.decode()
    assert machine.asked == []


def test_what_is_not_released_or_german_is_not_translated(world: World, machine: Machine) -> None:
    answer(world, the_point())
    with pytest.raises(Refused, match="when it is released"):
        aid(world, draft_translation)
    world.contribute("Auf Deutsch.", key="k2", language="de")
    german = Point.objects.order_by("pk").last()
    with pytest.raises(Refused, match="another language"):
        read(world, point=german)
    assert machine.asked == []


@pytest.mark.parametrize("language", ["de", "de-simple", "xx", ""])
def test_only_into_languages_of_the_platform(world: World, language: str) -> None:
    released(world, the_point())
    with pytest.raises(Refused):
        aid(world, write_translation, text="Так.", language=language)


def test_who_may_not(world: World) -> None:
    released(world, the_point())
    by = acting(world, world.department)
    with pytest.raises(Forbidden):
        aid(world, write_translation, text="Так.", by=by)
    with pytest.raises(Refused, match="who checked it"):
        aid(world, check_answer_translation, text="Так.", checker=" ")


@pytest.mark.parametrize(
    ("status", "body"),
    [(500, b""), (200, b"{}"), (200, b'{"translatedText": [null, "x"]}'), (403, b"no")],
)
def test_a_machine_that_fails_leaves_nothing(
    world: World, machine: Machine, status: int, body: bytes
) -> None:
    machine.answer = lambda _path, _question: (status, {}, body)
    with pytest.raises(Refused) as refusal:
        read(world)
    assert refusal.value.code == "machine"
    assert not ReadingAid.objects.exists()


# Answers in other languages


def test_a_draft_is_shown_to_nobody_before_it_is_checked(world: World, machine: Machine) -> None:
    released(world, the_point())
    contribution = the_point().comment.contribution
    draft = aid(world, draft_translation)
    assert draft.text == REASON.upper()
    assert draft.machine == "LibreTranslate"

    def shown() -> AnswerTranslation | None:
        return answers_for(contribution)[the_point().comment_id][0].translation

    assert shown() is None
    aid(world, check_answer_translation, text=draft.text, checker="Integrationsbüro")
    assert shown() is not None
    page = Client().get(reverse("evaluation:overview", args=[world.consultation.slug]))
    told = page.content.decode()
    for words in (REASON, REASON.upper(), "The German answer is binding.", "Integrationsbüro"):
        assert words in told
    assert "Drafted by a machine (LibreTranslate)" in told
    aid(world, write_translation, text="Так, ми це опишемо.")
    assert shown() is None, "other words have to be checked anew"


def test_a_new_answer_has_no_reading_aid_yet(world: World) -> None:
    released(world, the_point())
    contribution = the_point().comment.contribution
    aid(world, check_answer_translation, text="Так.", checker="Büro")
    released(world, the_point(), reason="Nun doch anders.")
    assert answers_for(contribution)[the_point().comment_id][0].translation is None


def test_the_page_keeps_what_was_typed(world: World, machine: Machine) -> None:
    released(world, the_point())
    client = logged_in(world.officer)
    place = reverse("evaluation:translation", args=[world.consultation.slug, the_point().pk])
    page = client.post(place, {"act": "draft", "text": "", "checker": ""})
    assert REASON.upper() in page.content.decode()
    page = client.post(place, {"act": "check", "text": "Так.", "checker": ""})
    assert page.status_code == 409
    assert "Так." in page.content.decode()
    done = client.post(place, {"act": "check", "text": "Так.", "checker": "Büro"})
    assert done.status_code == 302
    assert AnswerTranslation.objects.get().machine == "", "a person has changed the words"


# Points in German


def test_the_original_stays_beside_the_machines_words(world: World, machine: Machine) -> None:
    client = logged_in(world.officer)
    place = [world.consultation.slug, the_point().pk]
    before = client.get(reverse("evaluation:point", args=place)).content.decode()
    assert "Put into German by machine" in before
    assert client.post(reverse("evaluation:in_german", args=place)).status_code == 302
    found = aid_of(the_point())
    assert found is not None
    assert found.text == UKRAINIAN.upper().replace("<B>", "<B>")
    assert found.method == "LibreTranslate"
    page = client.get(reverse("evaluation:point", args=place)).content.decode()
    assert "ПОТРІБНІ КУРСИ" in page
    assert "Потрібні курси" in page
    assert "Only staff see it" in page
    question = machine.asked[0][1]
    assert (question["source"], question["target"]) == ("uk", "de")
    assert "&lt;b&gt;" in question["q"][1], "what looks like markup stays text"


def test_of_other_words_it_is_no_reading_aid(world: World, machine: Machine) -> None:
    read(world)
    Point.objects.update(end=10)
    assert aid_of(the_point()) is None


def test_an_erased_contribution_takes_its_reading_aid_along(world: World, machine: Machine) -> None:
    read(world)
    released(world, the_point())
    contribution = the_point().comment.contribution
    by, second = acting(world, world.officer), acting(world, world.reviewer)
    ask_erasure(contribution=contribution, ground="own-wish", by=by, at=world.at)
    confirm_erasure(contribution=contribution, by=second, at=world.at)
    assert not ReadingAid.objects.exists()
