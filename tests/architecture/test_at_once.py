"""Two people, or two clicks, at the same moment: one act each, never an error, nothing twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, transaction

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import (
    join_points,
    release_response,
    split_point,
    write_response,
)
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import record, seal_pending
from richtschnur.journal.queries import chain_faults
from richtschnur.journal.refusals import Refused
from richtschnur.mail.models import Message
from richtschnur.mail.operations import deliver_waiting, queue_message
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.operations import (
    freeze_edition,
    keep_outline,
    publish_edition,
    start_edition,
)
from tests.support.world import NOON, World, outline

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """What each act gave, or why it was refused; anything else fails the test."""
    barrier = Barrier(len(acts))

    def alone(act: Callable[[], object]) -> object:
        barrier.wait(10)
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(alone, acts))


def refused(results: list[object]) -> int:
    return sum(isinstance(result, Refused) for result in results)


def acts_in_journal(act: str) -> int:
    return JournalEntry.objects.filter(act=act).count()


def test_one_of_two_releases_counts() -> None:
    world = World()
    world.contribute("Mehr Busse")
    point, by = Point.objects.get(), world.reviewer.actor(NOON.date())
    about = {"decision": "accepted", "reason": "Gut", "hand_in": True}
    write_response(point=point, author=world.officer, by=CLI, at=NOON, **about)  # type: ignore[arg-type]
    results = at_once(*[lambda: release_response(point=point, by=by, at=NOON)] * 3)
    assert refused(results) == 2
    assert acts_in_journal("evaluation.release_response") == 1


def test_splitting_against_answering_loses_nothing() -> None:
    world = World()
    text = "Mehr Busse. Mehr Kurse."
    world.contribute(text)
    point, by = Point.objects.get(), world.officer.actor(NOON.date())
    about = {"decision": "accepted", "reason": "Gut"}
    at_once(
        lambda: split_point(point=point, at_character=12, by=by, at=NOON),
        lambda: write_response(point=point, author=world.officer, by=by, at=NOON, **about),  # type: ignore[arg-type]
    )
    assert "".join(text[p.start : p.end] for p in Point.objects.order_by("start")) == text
    assert Response.objects.count() == 1


def test_joining_against_answering_is_refused_or_done() -> None:
    world = World()
    world.contribute("Mehr Busse. Mehr Kurse.")
    by = world.officer.actor(NOON.date())
    first, second = split_point(point=Point.objects.get(), at_character=12, by=by, at=NOON)
    results = at_once(
        lambda: join_points(point=first, by=by, at=NOON),
        lambda: write_response(point=second, author=world.officer, by=by, at=NOON, reason="Gut"),
    )
    assert refused(results) == 1
    assert Point.objects.count() == 1 + Response.objects.count()


def test_two_imports_of_one_title_are_two_papers() -> None:
    at_once(*[lambda: keep_outline(outline=outline(), by=CLI, at=NOON)] * 4)
    assert Strategy.objects.count() == Edition.objects.count() == 4
    paper = Strategy.objects.first()
    assert paper is not None
    freeze_edition(edition=paper.editions.get(), state="for_decision", by=CLI, at=NOON)
    results = at_once(*[lambda: keep_outline(outline=outline(), into=paper, by=CLI, at=NOON)] * 3)
    assert refused(results) == 2
    assert list(paper.editions.values_list("number", flat=True)) == [1, 2]


def test_the_next_edition_begins_once_and_is_published_once() -> None:
    world = World()
    results = at_once(*[lambda: start_edition(predecessor=world.edition, by=CLI, at=NOON)] * 3)
    assert refused(results) == 2
    working = Edition.objects.get(number=2)
    frozen = at_once(
        *[lambda: freeze_edition(edition=working, state="for_decision", by=CLI, at=NOON)] * 2
    )
    assert refused(frozen) == 1
    before = acts_in_journal("strategy.publish_edition")
    working.refresh_from_db()
    at_once(*[lambda: publish_edition(edition=working, by=CLI, at=NOON)] * 3)
    assert acts_in_journal("strategy.publish_edition") == before + 1


def test_a_consultation_opens_once() -> None:
    world = World()
    edition = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    until = NOON + timedelta(days=3)

    def open_it() -> Consultation:
        return open_consultation(on=edition, opens_at=NOON, closes_at=until, by=CLI, at=NOON)

    assert refused(at_once(open_it, open_it, open_it)) == 2
    edition.refresh_from_db()
    assert refused(at_once(open_it)) == 1
    assert Consultation.objects.filter(edition=edition).count() == 1
    paper = world.edition.strategy
    ideas = at_once(
        *[lambda: open_consultation(on=paper, opens_at=NOON, closes_at=until, by=CLI, at=NOON)] * 3
    )
    assert refused(ideas) == 0
    assert len({str(c.slug) for c in ideas if isinstance(c, Consultation)}) == 3


def test_many_sealers_and_late_commits_make_one_chain() -> None:
    def write(count: int = 10) -> None:
        for number in range(count):
            with transaction.atomic():
                record(act="test.act", subject=f"test:{number}", by=CLI, at=NOON)

    def seal() -> int:
        return sum(seal_pending(limit=3) for _turn in range(10))

    results = at_once(write, seal, write, seal, write, seal)
    while seal_pending():
        pass
    assert refused(results) == 0
    assert chain_faults() == []
    positions = JournalEntry.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(30))


def test_two_workers_send_each_mail_once(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    class Server:
        def send_messages(self, mails: list[object]) -> None:
            sent.extend(str(mail.to) for mail in mails)  # type: ignore[attr-defined]

    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    monkeypatch.setattr("richtschnur.mail.operations.get_connection", lambda **_how: Server())
    for number in range(8):
        to = f"a{number}@example.org"
        queue_message(to=to, subject="Betreff\nBcc: x", body="Text", about="", at=NOON)
    at_once(*[lambda: deliver_waiting(at=NOON)] * 3)
    assert len(sent) == len(set(sent)) == 8
    assert not Message.objects.exclude(state="sent").exists()


def test_an_address_that_cannot_be_written_stops_no_other_mail(
    settings: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Server:
        def send_messages(self, mails: list[object]) -> None:
            if "bad" in str(mails[0].to):  # type: ignore[attr-defined]
                raise ValueError("Invalid address bad@example.org")

    settings.EMAIL_HOST = "127.0.0.1"  # type: ignore[attr-defined]
    monkeypatch.setattr("richtschnur.mail.operations.get_connection", lambda **_how: Server())
    for to in ("bad@example.org", "good@example.org"):
        queue_message(to=to, subject="Betreff", body="Text", about=to, at=NOON)
    assert deliver_waiting(at=NOON) == 1
    bad = Message.objects.get(about="bad@example.org")
    assert (bad.state, bad.trouble) == ("waiting", "ValueError")
