"""A topic is summed up by the machine of the settings, if any; only cited sentences are kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.operations import ask_erasure, confirm_erasure
from richtschnur.evaluation.models import Point, Summary, Topic
from richtschnur.evaluation.operations import (
    order_summary,
    split_point,
    tag_point,
    work_off_summaries,
)
from richtschnur.journal.actors import SYSTEM
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.translation.machine import MachineFailed
from richtschnur.translation.machine.chat import chat_of
from tests.evaluation.answering import acting, logged_in
from tests.languages.machines import Machine, as_chat, as_json
from tests.support.clock import SetClock, set_clock
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["fresh_log", "set_clock"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
BUS = "Der Bus fährt abends nicht mehr. Schreibt mir, Erika Beispiel!"
TRAIN = "Die Bahn ist zu teuer."


@pytest.fixture
def world(set_clock: SetClock) -> World:
    made = World()
    set_clock(made.at)
    for n, text in enumerate((BUS, TRAIN, "Die Kita fehlt.")):
        made.contribute(text, key=f"k{n}")
    for one in points():
        if one.text != "Die Kita fehlt.":
            tag(made, one)
    return made


@pytest.fixture
def machine(world: World, settings: Any) -> Iterator[Machine]:
    found = Machine()
    found.answer = says("Zwei wollen mehr Verkehr {0} {1}.\nAlle sind sich einig.")
    settings.SUMMARY = {"url": f"{found.url}/v1/", "key": "secret", "model": "m 1", "timeout": 5}
    yield found
    found.stop()


def tag(world: World, one: Point) -> None:
    tag_point(point=one, topics=["Verkehr"], by=acting(world, world.officer), at=world.at)


def points() -> list[Point]:
    return list(Point.objects.order_by("pk").select_related("comment__contribution"))


def numbers() -> list[str]:
    return [one.comment.contribution.number for one in points()]


def says(pattern: str) -> Any:
    """The numbers are looked up here: the machine answers in a thread of its own."""
    answer = as_chat(pattern.format(*(f"[{number}]" for number in numbers())))
    return lambda path, question: answer


def all_cited(_path: str, question: dict[str, Any]) -> tuple[int, dict[str, str], bytes]:
    sent = json.loads(question["messages"][1]["content"])
    return as_chat("\n".join(f"Ein Satz [{each['id']}]." for each in sent))


def order(world: World, **more: Any) -> Summary:
    given = {"topic": Topic.objects.get(name="Verkehr"), "consultation": world.consultation}
    given |= {"by": acting(world, world.officer), "at": world.at} | more
    return order_summary(**given)


def work(world: World) -> int:
    return work_off_summaries(by=SYSTEM, at=world.at)


def page(world: World) -> str:
    address = reverse("evaluation:topics", args=[world.consultation.slug])
    return logged_in(world.officer).get(address).content.decode()


# Refusals first


@pytest.mark.parametrize(
    "options", [{}, {"url": ""}, {"url": "file:///x"}, {"url": "http://a", "timeout": "x"}]
)
def test_without_a_usable_address_there_is_no_button(
    world: World, settings: Any, options: dict[str, str]
) -> None:
    assert settings.SUMMARY == {}
    settings.SUMMARY = options
    with pytest.raises(Refused, match="No machine that sums up"):
        order(world)
    assert "summed up" not in page(world)
    address = reverse("evaluation:sum-up", args=[world.consultation.slug])
    topic = Topic.objects.get(name="Verkehr")
    said = logged_in(world.officer).post(address, {"topic": topic.pk}, follow=True)
    assert "No machine that sums up" in said.content.decode()
    assert not Summary.objects.exists()


def test_who_may_not(world: World, machine: Machine) -> None:
    with pytest.raises(Forbidden):
        order(world, by=acting(world, world.department))
    address = reverse("evaluation:sum-up", args=[world.consultation.slug])
    assert logged_in(world.department).post(address, {"topic": 1}).status_code == 403
    assert Client().post(address, {"topic": 1}).status_code in {302, 403}
    for wrong in ("", "x", "0", "9" * 30):
        assert logged_in(world.officer).post(address, {"topic": wrong}).status_code == 404
    work(world)
    assert machine.asked == []


def test_a_topic_without_points_is_not_summed_up(world: World, machine: Machine) -> None:
    empty = Topic.objects.create(strategy=world.edition.strategy, name="Leer")
    with pytest.raises(Refused, match="no points with words"):
        order(world, topic=empty)


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (as_json({}, 500), "unreachable"),
        (as_json({}, 403), "refused"),
        (as_json({}, 429), "busy"),
        (as_json({}), "nonsense"),
        (as_json({"choices": [{"message": {"content": None}}]}), "nonsense"),
        ((200, {}, b"x"), "nonsense"),
        (as_json({}, 302, Location="http://127.0.0.1:9/"), "refused"),
        (as_chat("Alle sind sich einig."), "uncited"),
        (as_chat("Alle sind sich einig [ZZZZ-ZZZZ]."), "uncited"),
        (as_chat(""), "uncited"),
    ],
)
def test_what_fails_is_told_loses_nothing_and_is_asked_again_by_button_only(
    world: World, machine: Machine, answer: Any, problem: str
) -> None:
    order(world)
    assert work(world) == 1
    before = Summary.objects.get().sentences
    order(world)
    machine.answer = lambda path, question: answer
    assert work(world) == 0
    asked = len(machine.asked)
    assert asked == 2
    assert work_off_summaries(by=SYSTEM, at=world.at + timedelta(days=1)) == 0
    assert len(machine.asked) == asked
    held = Summary.objects.get()
    assert (held.problem, held.due_at, held.claimed_until) == (problem, None, None)
    assert held.sentences == before != []
    assert 'role="status"' in page(world)


def test_words_and_numbers_are_sent_and_nothing_else(world: World, machine: Machine) -> None:
    order(world)
    work(world)
    ((path, question, headers),) = machine.asked
    assert path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    first, second, _kita = numbers()
    assert json.loads(question["messages"][1]["content"]) == [
        {"id": first, "text": BUS},
        {"id": second, "text": TRAIN},
    ]
    assert set(question) == {"model", "temperature", "messages"}
    assert "in German" in question["messages"][0]["content"]


def test_cited_sentences_are_shown_with_ways_to_their_points(
    world: World, machine: Machine
) -> None:
    assert "Have “Verkehr” summed up" in page(world)
    address = reverse("evaluation:sum-up", args=[world.consultation.slug])
    topic = Topic.objects.get(name="Verkehr")
    logged_in(world.officer).post(address, {"topic": topic.pk})
    waiting = page(world)
    assert "The machine sums this topic up." in waiting
    assert "Have “Verkehr” summed up" not in waiting
    assert work(world) == 1
    text = page(world)
    assert "Zwei wollen mehr Verkehr." in text
    assert "Alle sind sich einig" not in text
    assert "Summed up by machine (m 1, summaries/1 (/chat/completions))" in text
    for one in points()[:2]:
        way = reverse("evaluation:point", args=[world.consultation.slug, one.pk])
        assert f'href="{way}"><bdi>{one.comment.contribution.number}</bdi>' in text
    entry = JournalEntry.objects.get(act="evaluation.sum_up")
    assert entry.data == {"topic": topic.pk, "points": 2, "sentences": 1, "model": "m 1"}
    public = reverse("evaluation:overview", args=[world.consultation.slug])
    assert "Zwei wollen" not in Client().get(public).content.decode()


def test_a_number_that_was_not_sent_is_no_citation(world: World, machine: Machine) -> None:
    machine.answer = says("Die Kita fehlt {2}.\n<b>Der Bus fehlt</b> {0}.")
    order(world)
    work(world)
    assert [each["text"] for each in Summary.objects.get().sentences] == ["Der Bus fehlt."]


def test_a_sentence_whose_point_is_gone_is_not_shown(world: World, machine: Machine) -> None:
    machine.answer = says("Nur der Bus {0}.\nBus und Bahn {0} {1}.")
    order(world)
    work(world)
    Point.objects.filter(pk=points()[1].pk).delete()
    text = page(world)
    assert "Nur der Bus." in text
    assert "Bus und Bahn." not in text


def erase(world: World, one: Point) -> None:
    by, second = acting(world, world.officer), acting(world, world.reviewer)
    given = {"contribution": one.comment.contribution, "at": world.at}
    ask_erasure(**given, ground="names-others", by=by)
    confirm_erasure(**given, by=second)


@pytest.mark.usefixtures("fresh_log")
def test_an_erasure_takes_what_was_made_of_its_words(world: World, machine: Machine) -> None:
    order(world)
    work(world)
    erase(world, points()[2])
    assert Summary.objects.get().sentences, "the erased one was not read"
    erase(world, points()[0])
    held = Summary.objects.get()
    assert (held.sentences, held.read, held.made_at) == ([], [], None)
    assert "Zwei wollen" not in page(world)


def test_points_that_change_while_the_machine_reads_are_asked_about_anew(
    world: World, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "richtschnur.evaluation.operations.summing_up.held_for_words"

    def parted(_consultation: Any) -> None:
        by = acting(world, world.officer)
        split_point(point=points()[0], at_character=33, by=by, at=world.at)

    monkeypatch.setattr(module, parted)
    order(world)
    assert work(world) == 0
    held = Summary.objects.get()
    assert (held.problem, held.sentences) == ("changed", [])
    assert "points changed while the machine read them" in page(world)


def test_a_killed_workers_wish_is_taken_up_again(world: World, machine: Machine) -> None:
    order(world)
    Summary.objects.update(claimed_until=world.at + timedelta(minutes=10))
    assert work(world) == 0
    assert work_off_summaries(by=SYSTEM, at=world.at + timedelta(minutes=11)) == 1


def test_of_very_many_some_are_sent(
    world: World, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("richtschnur.evaluation.operations.summing_up.SENT", 1)
    machine.answer = says("Der Bus {0}.")
    order(world)
    work(world)
    assert len(json.loads(machine.asked[0][1]["messages"][1]["content"])) == 1
    assert "from 1 point; 2 then had this topic" in page(world)


def test_an_address_that_is_none_is_told() -> None:
    assert chat_of({}) is None
    with pytest.raises(MachineFailed, match="settings"):
        chat_of({"url": "ftp://x"})


def test_the_queries_do_not_grow(world: World, machine: Machine) -> None:
    order(world)
    work(world)
    page(world)
    with at_most(22):
        page(world)
    machine.answer = all_cited
    for n in range(5):
        world.contribute(f"Noch {n} Busse.", key=f"m{n}")
        one = points()[-1]
        name = f"T{n}"
        tag_point(point=one, topics=[name], by=acting(world, world.officer), at=world.at)
        order(world, topic=Topic.objects.get(name=name))
    assert work(world) == 5
    with at_most(22):
        page(world)
