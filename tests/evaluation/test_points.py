"""Points cover their comment without a gap, whatever is split and joined."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from richtschnur.evaluation.models import Point, Topic
from richtschnur.evaluation.operations import (
    assign_point,
    join_points,
    split_point,
    tag_point,
)
from richtschnur.evaluation.queries import pieces
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from tests.evaluation.answering import acting, answer, the_point
from tests.support.world import World

pytestmark = pytest.mark.django_db


def covers(text: str) -> bool:
    place = 0
    for point in Point.objects.order_by("start"):
        if point.start != place:
            return False
        place = point.end
    return place == len(text)


def test_every_comment_begins_as_one_point() -> None:
    world = World()
    contribution = world.contribute("Erstens.", "Zweitens. Und drittens.")
    points = Point.objects.order_by("pk")
    assert [p.text for p in points] == ["Erstens.", "Zweitens. Und drittens."]
    assert all(p.is_whole and p.comment.contribution == contribution for p in points)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(min_value=-2, max_value=60), max_size=8), st.integers(0, 5))
def test_splitting_and_joining_leave_no_gap(places: list[int], joins: int) -> None:
    with transaction.atomic():
        world = World()
        text = "Mehr Kurse! Wer fährt abends?\nالحافلة لا تأتي. 👍 Danke."
        world.contribute(text)
        by = acting(world, world.officer)
        for place in places:
            for point in list(Point.objects.all()):
                try:
                    split_point(point=point, at_character=place, by=by, at=world.at)
                except Refused:
                    continue
        for _ in range(joins):
            try:
                join_points(point=Point.objects.order_by("start").first(), by=by, at=world.at)
            except Refused:
                break
        assert covers(text)
        assert all(point.text for point in Point.objects.all())
        transaction.set_rollback(True)


def test_both_parts_keep_topics_and_assignment() -> None:
    world = World()
    world.contribute("Mehr Kurse. Mehr Busse.")
    by, point = acting(world, world.officer), the_point()
    tag_point(point=point, topics=["Sprache", " Bus ", "Sprache", ""], by=by, at=world.at)
    due = date(2026, 12, 1)
    assign_point(point=point, office=world.office, due_on=due, by=by, at=world.at)
    first, second = split_point(point=the_point(), at_character=12, by=by, at=world.at)
    assert (first.text, second.text) == ("Mehr Kurse.", "Mehr Busse.")
    assert (second.office, second.due_on) == (world.office, due)
    assert {t.name for t in second.topics.all()} == {"Sprache", "Bus"}
    assert Topic.objects.count() == 2


def test_what_is_begun_is_not_split_or_joined() -> None:
    world = World()
    world.contribute("Mehr Kurse. Mehr Busse.")
    by = acting(world, world.officer)
    first, second = split_point(point=the_point(), at_character=12, by=by, at=world.at)
    answer(world, second, hand_in=False)
    with pytest.raises(Refused):
        join_points(point=first, by=by, at=world.at)
    with pytest.raises(Refused):
        split_point(point=second, at_character=17, by=by, at=world.at)
    with pytest.raises(Refused):
        join_points(point=second, by=by, at=world.at)
    assert covers("Mehr Kurse. Mehr Busse.")


def test_departments_do_not_sort() -> None:
    world = World()
    world.contribute("Mehr Kurse. Mehr Busse.")
    by = acting(world, world.department)
    for act in (
        lambda: split_point(point=the_point(), at_character=12, by=by, at=world.at),
        lambda: tag_point(point=the_point(), topics=["Bus"], by=by, at=world.at),
        lambda: assign_point(point=the_point(), office=world.office, by=by, at=world.at),
    ):
        with pytest.raises(Forbidden):
            act()


def test_every_act_is_in_the_journal_without_the_words() -> None:
    world = World()
    world.contribute("Mehr Kurse. Mehr Busse.")
    by = acting(world, world.officer)
    first, _second = split_point(point=the_point(), at_character=12, by=by, at=world.at)
    join_points(point=first, by=by, at=world.at)
    tag_point(point=first, topics=["Bus"], by=by, at=world.at)
    assign_point(point=first, assignee=world.department, by=by, at=world.at)
    entries = JournalEntry.objects.filter(subject=f"point:{first.pk}").order_by("id")
    acts = ["split_point", "join_points", "tag_point", "assign_point"]
    assert [e.act for e in entries] == [f"evaluation.{act}" for act in acts]
    assert all("Kurse" not in str(e.data) and "Bus" not in str(e.data) for e in entries)


def test_the_database_refuses_an_empty_point() -> None:
    world = World()
    world.contribute("Mehr Kurse.")
    with pytest.raises(IntegrityError), transaction.atomic():
        Point.objects.update(end=0)


def test_pieces_are_the_whole_text_at_sentences_and_lines() -> None:
    world = World()
    text = "Liebe Frau Dr. Kern, z. B. am 3. Mai fehlte der Bus.\n\nWer hilft? Keiner! „Schade.“"
    world.contribute(text)
    found = pieces(the_point())
    assert "".join(words for _start, words in found) == text
    assert [words.strip() for _start, words in found] == [
        "Liebe Frau Dr. Kern, z. B. am 3. Mai fehlte der Bus.",
        "Wer hilft?",
        "Keiner!",
        "„Schade.“",
    ]
    assert all(text[start:].startswith(words) for start, words in found)
