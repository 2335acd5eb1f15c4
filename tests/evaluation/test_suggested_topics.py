"""A machine suggests topics and places, each with its certainty; a click makes them true."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.operations import (
    NewComment,
    ask_erasure,
    confirm_erasure,
    submit_contribution,
)
from richtschnur.evaluation.models import (
    Embedding,
    Point,
    Quotation,
    Topic,
    TopicOrder,
    TopicSuggestion,
    TopicWords,
)
from richtschnur.evaluation.operations import embedding as embedding_module
from richtschnur.evaluation.operations import (
    order_topics,
    set_place,
    split_point,
    suggest_topics,
    tag_point,
    take_suggestion,
    work_off_topics,
)
from richtschnur.evaluation.operations import suggesting as suggesting_module
from richtschnur.evaluation.queries import offered_for, synopsis_points, synopsis_rows
from richtschnur.journal.actors import SYSTEM, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.strategy.models import Passage
from richtschnur.translation.machine import MachineFailed
from tests.evaluation.answering import acting, logged_in, released
from tests.support.clock import SetClock, set_clock
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.world import World

__all__ = ["fresh_log", "set_clock"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("in_english", "_words_only"),
]
BUS = "Der Bus fährt abends nicht mehr, die Haltestelle ist zu weit weg."
NURSERY = "In der Kita fehlen Plätze, die Kinder lernen zu spät Deutsch."


@pytest.fixture
def _words_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """The floor: the same on every machine, and quick."""
    monkeypatch.setattr("richtschnur.analysis.topics.nano.is_installed", lambda: False)


def say(world: World, text: str, key: str, passage: Passage | None = None) -> Point:
    """A comment, on the whole paper unless a passage is named."""
    submitted = submit_contribution(
        consultation=world.consultation,
        comments=[NewComment(text, passage)],
        kind="resident",
        idempotency_key=key,
        by=VISITOR,
        at=world.at,
    )
    return Point.objects.get(comment__contribution=submitted.contribution)


@pytest.fixture
def world() -> World:
    made = World()
    for n, text in enumerate((BUS, NURSERY, "😀😀", f"{BUS} Auch am Sonntag.")):
        say(made, text, f"k{n}")
    for name in ("Verkehr", "Bildung"):
        Topic.objects.create(strategy=made.edition.strategy, name=name)
    return made


def point(text: str) -> Point:
    return next(each for each in Point.objects.order_by("pk") if each.text == text)


def suggest(world: World) -> int:
    return suggest_topics(consultation=world.consultation, by=SYSTEM, at=world.at)


def teach(world: World) -> None:
    by = acting(world, world.officer)
    tag_point(point=point(BUS), topics=["Verkehr"], by=by, at=world.at)
    tag_point(point=point(NURSERY), topics=["Bildung"], by=by, at=world.at)


def first_topic(of: Point) -> str:
    return TopicSuggestion.objects.get(point=of, kind="topic", rank=1).name


def test_everyone_gets_suggestions_and_nothing_else_happens(world: World) -> None:
    assert suggest(world) == Point.objects.count()
    for each in Point.objects.all():
        own = TopicSuggestion.objects.filter(point=each, kind="topic")
        assert own.count() == 2
        assert sum(s.certainty for s in own) <= 1
        assert {(s.method, s.model) for s in own} == {("topics/1", "words/1")}
    assert not Point.topics.through.objects.exists()
    entry = JournalEntry.objects.get(act="evaluation.suggest_topics")
    assert entry.data == {"points": Point.objects.count(), "labels": 0, "model": "words/1"}


def test_it_learns_from_clicks(world: World) -> None:
    teach(world)
    suggest(world)
    assert first_topic(point(f"{BUS} Auch am Sonntag.")) == "Verkehr"
    new = say(world, "Die Kita hat keine Plätze, Kinder lernen nichts.", "new")
    suggest(world)
    assert first_topic(new) == "Bildung"


def test_without_a_list_the_papers_headings_are_the_topics(world: World) -> None:
    Topic.objects.all().delete()
    suggest(world)
    assert first_topic(point(NURSERY)) == "2. Bildung und Sprache"
    take_suggestion(
        suggestion=TopicSuggestion.objects.get(point=point(NURSERY), kind="topic", rank=1),
        by=acting(world, world.officer),
        at=world.at,
    )
    assert [t.name for t in point(NURSERY).topics.all()] == ["2. Bildung und Sprache"]


def test_again_replaces_what_was_suggested(world: World) -> None:
    suggest(world)
    before = TopicSuggestion.objects.count()
    suggest(world)
    assert TopicSuggestion.objects.count() == before


def test_a_topic_is_taken_over_once(world: World) -> None:
    suggest(world)
    by, one = acting(world, world.officer), point(BUS)
    suggestion = TopicSuggestion.objects.get(point=one, kind="topic", rank=1)
    for _turn in range(2):
        take_suggestion(suggestion=suggestion, by=by, at=world.at)
    assert [t.name for t in one.topics.all()] == [suggestion.name]
    assert TopicSuggestion.objects.filter(pk=suggestion.pk).exists()
    left = offered_for([one])[one.pk]["topic"]
    assert [each.suggestion.rank for each in left if each.suggestion.rank == 1] == []


def test_a_place_is_taken_over_and_taken_back(world: World) -> None:
    suggest(world)
    one, by = point(NURSERY), acting(world, world.officer)
    suggestion = TopicSuggestion.objects.get(point=one, kind="place", rank=1)
    assert suggestion.name == "2. Bildung und Sprache"
    take_suggestion(suggestion=suggestion, by=by, at=world.at)
    row = next(
        r
        for r in synopsis_rows(world.consultation, synopsis_points(world.consultation))
        if r.text == NURSERY
    )
    assert row.section == "2. Bildung und Sprache"
    assert row.passage is None
    set_place(point=one, section=None, by=by, at=world.at)
    one.refresh_from_db()
    assert one.section is None


def test_what_was_said_to_a_passage_has_its_place(world: World) -> None:
    said = say(world, "Gut so.", "p", world.edition.passages.first())
    suggest(world)
    assert not TopicSuggestion.objects.filter(point=said, kind="place").exists()
    section = world.edition.sections.first()
    with pytest.raises(Refused):
        set_place(point=said, section=section, by=acting(world, world.officer), at=world.at)


def test_a_section_of_another_edition_is_no_place(world: World) -> None:
    section = world.edition.sections.first()
    assert section is not None
    section.edition_id = world.edition.pk + 1
    with pytest.raises(Refused):
        set_place(point=point(BUS), section=section, by=acting(world, world.officer), at=world.at)


def test_a_department_sorts_nothing(world: World) -> None:
    by = acting(world, world.department)
    with pytest.raises(Forbidden):
        order_topics(consultation=world.consultation, by=by, at=world.at)
    suggest(world)
    for kind in ("topic", "place"):
        suggestion = TopicSuggestion.objects.get(point=point(BUS), kind=kind, rank=1)
        with pytest.raises(Forbidden):
            take_suggestion(suggestion=suggestion, by=by, at=world.at)


def test_the_worker_does_what_was_asked_for_and_waits_for_more_clicks(world: World) -> None:
    teach(world)
    assert work_off_topics(by=SYSTEM, at=world.at) == 0
    by = acting(world, world.officer)
    order_topics(consultation=world.consultation, by=by, at=world.at)
    order_topics(consultation=world.consultation, by=by, at=world.at)
    assert work_off_topics(by=SYSTEM, at=world.at) == 1
    assert work_off_topics(by=SYSTEM, at=world.at) == 0
    order = TopicOrder.objects.get()
    assert (order.due_at, order.made_at, order.claimed_until) == (None, world.at, None)
    assert order.done == order.total > 0
    teach(world)
    assert work_off_topics(by=SYSTEM, at=world.at + timedelta(seconds=30)) == 0
    assert work_off_topics(by=SYSTEM, at=world.at + timedelta(seconds=90)) == 1


def test_a_click_while_the_machine_works_is_learned_afterwards(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    by = acting(world, world.officer)
    order_topics(consultation=world.consultation, by=by, at=world.at)
    whole = embedding_module.reader
    later = world.at + timedelta(seconds=5)

    def clicked(*given: Any) -> Any:
        order_topics(consultation=world.consultation, by=by, at=later)
        return whole(*given)

    monkeypatch.setattr("richtschnur.evaluation.operations.suggesting.reader", clicked)
    assert work_off_topics(by=SYSTEM, at=world.at) == 1
    assert TopicOrder.objects.get().due_at == later


def test_a_killed_workers_order_is_taken_up_again(world: World) -> None:
    by = acting(world, world.officer)
    order_topics(consultation=world.consultation, by=by, at=world.at)
    TopicOrder.objects.update(claimed_until=world.at + timedelta(minutes=10))
    assert work_off_topics(by=SYSTEM, at=world.at + timedelta(minutes=5)) == 0
    assert work_off_topics(by=SYSTEM, at=world.at + timedelta(minutes=11)) == 1


class Failing:
    """Gives way after some texts; says what it was asked."""

    name = "model 1"

    def __init__(self, after: int) -> None:
        self.after = after
        self.asked: list[str] = []

    def embed(self, texts: list[str], /) -> Any:
        from richtschnur.analysis.topics.floor import CountedWords

        if len(self.asked) >= self.after:
            raise MachineFailed("unreachable")
        self.asked += texts
        return CountedWords().embed(texts)


def test_what_was_read_is_kept_and_goes_with_its_point(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("richtschnur.evaluation.operations.embedding.BATCH", 1)
    order_topics(consultation=world.consultation, by=acting(world, world.officer), at=world.at)
    first = Failing(after=1)
    monkeypatch.setattr(embedding_module, "embedder_of", lambda options: first)
    assert work_off_topics(by=SYSTEM, at=world.at) == 1
    order = TopicOrder.objects.get()
    assert (order.problem, order.due_at) == ("unreachable", world.at + timedelta(minutes=15))
    assert not TopicSuggestion.objects.exists()
    second = Failing(after=10_000)
    monkeypatch.setattr(embedding_module, "embedder_of", lambda options: second)
    assert work_off_topics(by=SYSTEM, at=order.due_at) == 1
    assert not set(first.asked) & set(second.asked)
    assert Embedding.objects.filter(point=point(BUS)).exists()
    split_point(point=point(BUS), at_character=33, by=acting(world, world.officer), at=world.at)
    assert not Embedding.objects.filter(point__comment__text=BUS).exists()
    assert not TopicSuggestion.objects.filter(point__comment__text=BUS).exists()


def test_quotations_stand_for_their_topic(world: World) -> None:
    teach(world)
    suggest(world)
    quoted = {(q.topic.name, q.point.text) for q in Quotation.objects.all()}
    assert quoted == {("Verkehr", BUS), ("Bildung", NURSERY)}


def words_told() -> dict[str, list[str]]:
    return {each.topic.name: each.words for each in TopicWords.objects.select_related("topic")}


def test_words_tell_a_topic_from_the_others(world: World) -> None:
    teach(world)
    tag_point(
        point=point(f"{BUS} Auch am Sonntag."),
        topics=["Verkehr"],
        by=acting(world, world.officer),
        at=world.at,
    )
    suggest(world)
    told = words_told()
    assert {"Bus", "Haltestelle"} <= set(told["Verkehr"])
    assert "Kita" in told["Bildung"]
    assert not set(told["Verkehr"]) & set(told["Bildung"])
    assert all(len(words) <= 8 for words in told.values())
    assert {each.method for each in TopicWords.objects.all()} == {"keywords/1"}
    suggest(world)
    assert words_told() == told


def test_without_words_or_topics_none_are_told(world: World) -> None:
    suggest(world)
    assert not TopicWords.objects.exists()
    by = acting(world, world.officer)
    tag_point(point=point("😀😀"), topics=["Verkehr"], by=by, at=world.at)
    suggest(world)
    assert not TopicWords.objects.exists()


def erase(world: World, one: Point) -> None:
    contribution, ground = one.comment.contribution, "names-others"
    by, second = acting(world, world.officer), acting(world, world.reviewer)
    ask_erasure(contribution=contribution, ground=ground, by=by, at=world.at)
    confirm_erasure(contribution=contribution, by=second, at=world.at)


@pytest.mark.usefixtures("fresh_log")
def test_an_erasure_takes_the_words_along(world: World, set_clock: SetClock) -> None:
    set_clock(world.at)
    teach(world)
    suggest(world)
    assert "Kita" in words_told()["Bildung"]
    erase(world, point(NURSERY))
    assert not TopicWords.objects.exists()
    suggest(world)
    assert "Bus" in words_told()["Verkehr"]
    assert "Bildung" not in words_told()


@pytest.mark.usefixtures("fresh_log")
@pytest.mark.parametrize("is_answered", [False, True])
def test_what_is_erased_while_the_machine_works_is_not_counted(
    world: World, set_clock: SetClock, monkeypatch: pytest.MonkeyPatch, is_answered: bool
) -> None:
    set_clock(world.at)
    teach(world)
    one = point(NURSERY)
    if is_answered:
        released(world, one)
    counted = suggesting_module.words_of

    def erased_meanwhile(*given: Any) -> Any:
        made = counted(*given)
        erase(world, one)
        return made

    monkeypatch.setattr(suggesting_module, "words_of", erased_meanwhile)
    suggest(world)
    assert list(words_told()) == ["Verkehr"]


def test_the_list_and_the_page_offer_one_click(world: World) -> None:
    suggest(world)
    client = logged_in(world.officer)
    one = point(BUS)
    suggestion = TopicSuggestion.objects.get(point=one, kind="topic", rank=1)
    slug = world.consultation.slug
    for name, args in (("queue", [slug]), ("point", [slug, one.pk])):
        page = client.get(reverse(f"evaluation:{name}", args=args)).content.decode()
        assert f'name="suggestion" value="{suggestion.pk}"' in page
        assert "words/1" in page or name == "queue"
    take = reverse("evaluation:take", args=[slug])
    answered = client.post(take, {"suggestion": suggestion.pk, "list": "1"}, follow=True)
    assert f"Topic set: {suggestion.name}." in answered.content.decode()
    assert [t.name for t in one.topics.all()] == [suggestion.name]
    for wrong in ("", "x", "9" * 30, "0"):
        said = client.post(take, {"suggestion": wrong}, follow=True).content.decode()
        assert "This suggestion was replaced by newer ones." in said


def test_the_topics_page_counts_and_quotes(world: World) -> None:
    teach(world)
    client = logged_in(world.officer)
    address = reverse("evaluation:topics", args=[world.consultation.slug])
    assert "Suggest topics" in client.get(address).content.decode()
    client.post(reverse("evaluation:order-topics", args=[world.consultation.slug]))
    assert "The machine begins within a minute." in client.get(address).content.decode()
    TopicOrder.objects.update(done=3, total=7)
    assert "3 of 7 texts read" in client.get(address).content.decode()
    suggest(world)
    page = client.get(address).content.decode()
    assert BUS in page
    assert "<bdi>Haltestelle</bdi>" in page
    assert "counted in this house" in page
    assert "have no topic yet" in page


def test_the_queries_do_not_grow(world: World) -> None:
    teach(world)
    suggest(world)
    client = logged_in(world.officer)
    address = reverse("evaluation:topics", args=[world.consultation.slug])
    client.get(address)
    with at_most(15):
        client.get(address)
    for n in range(5):
        one = say(world, f"{BUS} Zum {n}. Mal!", f"more{n}")
        tag_point(point=one, topics=[f"T{n}"], by=acting(world, world.officer), at=world.at)
    suggest(world)
    with at_most(15):
        client.get(address)


def test_visitors_and_departments_see_no_topics_page(world: World) -> None:
    address = reverse("evaluation:topics", args=[world.consultation.slug])
    assert Client().get(address).status_code in {302, 403}
    assert logged_in(world.department).get(address).status_code == 403
