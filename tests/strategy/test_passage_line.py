"""A passage's line tells what it was split or merged from, with links; constant queries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils.translation import override

from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition, Passage
from richtschnur.strategy.operations import (
    drop_passage,
    freeze_edition,
    join_passages,
    publish_edition,
    split_passage,
    start_edition,
)
from richtschnur.strategy.queries import line_of_passage, passage_address
from richtschnur.ui.line import Knot
from tests.support.queries import at_most
from tests.support.world import NOON, World

pytestmark = pytest.mark.django_db
ACT = {"by": CLI, "at": NOON}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with override("en"):
        yield


def line(passage: Passage) -> list[Knot]:
    return [
        k
        for k in line_of_passage(passage, Edition.objects.select_related("strategy"))
        if not k.is_open
    ]


def published(edition: Edition) -> Edition:
    freeze_edition(edition=edition, state="for_decision", **ACT)
    return publish_edition(edition=edition, **ACT)


def passages(edition: Edition) -> list[Passage]:
    return list(edition.passages.order_by("position"))


def halves() -> tuple[World, Edition]:
    world = World()
    working = start_edition(predecessor=world.edition, **ACT)
    split_passage(passage=passages(working)[1], at_character=9, **ACT)
    return world, working


def test_both_halves_tell_what_they_were_split_from() -> None:
    world, working = halves()
    old = passages(world.edition)[1]
    there = passage_address(world.edition, old.number)
    for half in passages(working)[1:3]:
        first, second = line(half)
        assert first.url == there
        assert first.quote == old.text
        assert [url for url, _words in second.links] == [there]
        assert "became several" in second.text
        assert "You are reading this one." in second.text
    assert "several" not in line(passages(working)[0])[1].text


def test_the_former_one_leads_to_both_halves() -> None:
    world, working = halves()
    first, second = line(passages(world.edition)[1])
    assert "You are reading this one." in first.text
    halved = [passage_address(working, half.number) for half in passages(working)[1:3]]
    assert [second.url, *(url for url, _words in second.more)] == halved
    assert second.quote.split("\n\n") == [half.text for half in passages(working)[1:3]]


def test_what_was_merged_names_every_source() -> None:
    world = World()
    working = start_edition(predecessor=world.edition, **ACT)
    join_passages(passage=passages(working)[0], **ACT)
    sources = [passage_address(world.edition, p.number) for p in passages(world.edition)[:2]]
    first, second = line(passages(working)[0])
    assert [url for url, _words in second.links] == sources
    assert "became one" in second.text
    assert [first.url, *(url for url, _words in first.more)] == sources
    for source in passages(world.edition)[:2]:
        assert line(source)[1].url == passage_address(working, passages(working)[0].number)


def test_descents_in_editions_that_nobody_sees_count_and_drops_are_told() -> None:
    world, working = halves()
    third = start_edition(predecessor=published(working), **ACT)
    second_half = passages(third)[2]
    seen = Edition.objects.exclude(pk=working.pk)
    knots = [k for k in line_of_passage(second_half, seen) if not k.is_open]
    assert len(knots) == 2
    assert [u for u, _w in knots[1].links] == [
        passage_address(world.edition, passages(world.edition)[1].number)
    ]
    drop_passage(passage=second_half, reason="Doppelt.", **ACT)
    assert line(passages(working)[2])[-1].text == "Doppelt."
    assert line_of_passage(passages(third)[0], Edition.objects.filter(pk=working.pk)) == []


def test_the_line_takes_four_queries_and_stands_on_the_page(client: Client) -> None:
    world, working = halves()
    published(working)
    half = passages(working)[2]
    half.edition = working
    with at_most(4):
        line(half)
    page = client.get(passage_address(working, half.number)).content.decode()
    assert "One passage became several. In the earlier edition:" in page
    old = passages(world.edition)[1]
    assert f"Passage {old.number} in edition 1" in page
