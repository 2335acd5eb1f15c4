"""Two processes keep pages of one database: nobody reads a passage, count or deadline of before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from richtschnur.contributions.operations import publish_comment
from richtschnur.journal import guards
from richtschnur.ui import keeping
from tests.support.clock import SetClock, set_clock
from tests.support.other_process import OtherProcess, read, write
from tests.support.staff import address
from tests.support.world import World

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["set_clock"]
Read = Callable[[str], tuple[int, str]]
Write = Callable[..., None]
PASSAGE = "UPDATE strategy_passage SET text = %s WHERE id = %s"
COPY = "UPDATE contributions_publiccomment SET text = %s WHERE comment_id = %s"
COUNT = "UPDATE contributions_publiccount SET count = %s WHERE facet = 'all'"
DEADLINE = "UPDATE consultation_consultation SET closes_at = %s WHERE id = %s"


class Town:
    """A world with one published comment, and the addresses of the two pages that are kept."""

    def __init__(self) -> None:
        self.world = World()
        self.world.consultation.publication = "anonymised"
        self.world.consultation.save()
        comment = self.world.contribute("Mehr Busse am Abend").comments.get()
        by = self.world.officer.actor(self.world.at.date())
        self.copy = publish_comment(comment=comment, by=by, at=self.world.at)
        self.passage = self.world.edition.passages.order_by("pk").first()
        slug = self.world.consultation.slug
        self.page = address("consultation:read", slug)
        self.list = address("contributions:published", slug)
        guards.remove(connection)  # so that even a frozen passage can change


@pytest.fixture
def town(set_clock: SetClock) -> Iterator[Town]:
    made = Town()
    set_clock(made.world.at)
    yield made
    guards.install(connection)


@pytest.fixture
def other(town: Town) -> Iterator[OtherProcess]:
    with OtherProcess(at=town.world.at) as running:
        yield running


def changes(town: Town, turn: int) -> list[tuple[str, tuple[object, ...], str, str]]:
    """A statement with its values, the page that tells of it, and what stands there then."""
    day = 3 + turn
    closes = f"2026-12-{day:02d} 15:00:00{'' if connection.vendor == 'sqlite' else '+00'}"
    return [
        (PASSAGE, (f"Neuer Absatz Nr. {turn}.", town.passage.pk), town.page, f"Absatz Nr. {turn}."),
        (COPY, (f"Worte Nr. {turn}!", town.copy.pk), town.list, f"Worte Nr. {turn}!"),
        (COUNT, (7000 + turn,), town.page, f"the 7,00{turn} published"),
        (COUNT, (8000 + turn,), town.list, f"8,00{turn} comments"),
        (DEADLINE, (closes, town.world.consultation.pk), town.page, f"{day} December 2026"),
    ]


def stale(town: Town, readers: list[Read], writers: list[Write]) -> list[str]:
    """What any reader did not find after any writer had committed it."""
    missed = []
    for turn in range(4):
        for number, (sql, values, page, expected) in enumerate(changes(town, turn)):
            for reader in readers * 2:  # the second time from what is kept
                reader(page)
            writers[(turn + number) % 2](sql, *values)
            missed += [expected for reader in readers * 2 if expected not in reader(page)[1]]
    return missed


def pairs(other: OtherProcess) -> tuple[list[Read], list[Write]]:
    client = Client()
    return [lambda path: read(client, path), other.read], [write, other.write]


def test_what_either_process_writes_both_read_at_once(town: Town, other: OtherProcess) -> None:
    assert stale(town, *pairs(other)) == []


def test_both_processes_do_keep_both_pages(town: Town, other: OtherProcess) -> None:
    for reader in pairs(other)[0]:
        for page in (town.page, town.list):
            seen = [reader(page) for _time in range(3)]
            assert seen[2] == (1, seen[1][1])


def test_after_the_deadline_neither_says_that_it_is_open(
    town: Town, other: OtherProcess, set_clock: SetClock
) -> None:
    readers, _writers = pairs(other)
    open_pages = [[reader(town.page)[1] for _time in range(3)][-1] for reader in readers]
    later = town.world.consultation.closes_at + timedelta(seconds=1)
    set_clock(later)
    other.set_clock(later)
    assert all(
        reader(town.page)[1] != before for reader, before in zip(readers, open_pages, strict=True)
    )


def test_without_the_state_of_the_database_the_test_finds_old_pages(
    town: Town, other: OtherProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "state_of_database", tuple)
    assert len(stale(town, *pairs(other))) >= 15
