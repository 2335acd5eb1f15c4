"""More time: later only, with a reason that everyone reads; who still waits gets a mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from richtschnur.consultation.models import Consultation, Extension
from richtschnur.consultation.operations import (
    answer_invitation,
    close_consultation,
    extend_deadline,
)
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden
from richtschnur.mail.models import Message
from tests.support.clock import SetClock, set_clock
from tests.support.refusing import refused
from tests.support.round import ADDRESS, Round
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
REASON = "Mehrere Verbände baten wegen der Ferien um mehr Zeit."
END = NOON + timedelta(days=20)


def extended(consultation: Consultation, closes_at: datetime, at: datetime = NOON) -> Extension:
    return extend_deadline(
        consultation=consultation, closes_at=closes_at, reason=REASON, by=CLI, at=at
    )


def test_a_later_deadline_holds_and_the_former_one_is_kept() -> None:
    world = World()
    first = extended(world.consultation, END + timedelta(days=7))
    second = extended(world.consultation, END + timedelta(days=9))
    world.consultation.refresh_from_db()
    assert world.consultation.closes_at == END + timedelta(days=9)
    assert (first.from_at, first.to_at) == (END, END + timedelta(days=7))
    assert second.from_at == END + timedelta(days=7)
    assert world.consultation.is_open(END + timedelta(days=8))
    entry = JournalEntry.objects.filter(act="consultation.extend_deadline").first()
    assert entry is not None
    assert entry.data["reason"] == REASON


@pytest.mark.parametrize("days", [0, -1, -19, -40])
def test_nothing_ever_shortens_a_deadline(days: int) -> None:
    world = World()
    with refused("not-later"):
        extended(world.consultation, END + timedelta(days=days))
    world.consultation.refresh_from_db()
    assert world.consultation.closes_at == END
    assert not Extension.objects.exists()


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
def test_without_a_reason_nothing_is_extended(reason: str) -> None:
    world = World()
    with refused("no-reason"):
        extend_deadline(
            consultation=world.consultation,
            closes_at=END + timedelta(days=1),
            reason=reason,
            by=CLI,
            at=NOON,
        )


def test_shortly_after_the_end_it_opens_again_and_later_it_does_not() -> None:
    world = World()
    late = END + timedelta(days=14)
    with refused("past"):
        extended(world.consultation, END + timedelta(days=1), late)
    with refused("over"):
        extended(world.consultation, END + timedelta(days=60), late + timedelta(seconds=1))
    extended(world.consultation, END + timedelta(days=30), late)
    world.consultation.refresh_from_db()
    assert world.consultation.is_open(late)


def test_one_that_was_closed_early_opens_again_only_beyond_what_was_announced() -> None:
    world = World()
    close_consultation(consultation=world.consultation, by=CLI, at=NOON)
    with refused("not-later"):
        extended(world.consultation, END - timedelta(days=3), NOON)
    extension = extended(world.consultation, END + timedelta(days=3), NOON)
    assert extension.from_at == NOON
    world.consultation.refresh_from_db()
    assert world.consultation.is_open(NOON + timedelta(days=1))


def test_a_promise_that_would_lie_before_the_deadline_has_to_move() -> None:
    world = World()
    promised = (END + timedelta(days=5)).date()
    Consultation.objects.update(answers_by_on=promised)
    with refused("promise"):
        extended(world.consultation, END + timedelta(days=7))
    extend_deadline(
        consultation=world.consultation,
        closes_at=END + timedelta(days=7),
        reason=REASON,
        answers_by_on=promised + timedelta(days=7),
        by=CLI,
        at=NOON,
    )
    world.consultation.refresh_from_db()
    assert world.consultation.answers_by_on == promised + timedelta(days=7)


def test_the_database_keeps_the_history() -> None:
    extension = extended(World().consultation, END + timedelta(days=1))
    for change in (lambda: Extension.objects.update(reason="x"), extension.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(DatabaseError), transaction.atomic():
        Extension.objects.create(
            consultation=extension.consultation, from_at=END, to_at=END, reason="x", at=NOON
        )


def test_who_has_not_answered_gets_a_mail_with_the_reason_and_nobody_else() -> None:
    round_ = Round()
    answer_invitation(invitation=round_.invitation("Gesundheitsamt"), remarks=0, at=NOON)
    before = Message.objects.count()
    extend_deadline(
        consultation=round_.consultation,
        closes_at=NOON + timedelta(days=21),
        reason="Zeit {secret} 100 % (von %(until)s) fehlt.",
        address=ADDRESS,
        by=CLI,
        at=NOON,
    )
    mails = Message.objects.order_by("pk")[before:]
    assert [mail.to for mail in mails] == ["ja@kreis.example"]
    assert "23. November 2026" in mails[0].subject
    assert "Zeit {secret} 100 % (von %(until)s) fehlt." in mails[0].body
    assert round_.address().rstrip("/").rpartition("/")[2] in mails[0].body


def test_staff_extends_by_the_form_and_everyone_reads_why(
    client: Client, set_clock: SetClock
) -> None:
    world = World()
    set_clock(NOON)
    staff = logged_in(world.officer)
    where = address("consultation:extend", world.consultation.slug)
    given = {"closes_at": "2026-12-01T18:00", "reason": REASON + " <b>"}
    assert staff.post(where, given).status_code == 302
    page = client.get(address("consultation:read", world.consultation.slug)).content.decode()
    assert REASON + " &lt;b&gt;" in page
    assert "Sunday, 22 November 2026, 12:00" in page
    assert "Tuesday, 1 December 2026, 18:00" in page
    assert (
        REASON
        in staff.get(address("consultation:manage", world.consultation.slug)).content.decode()
    )


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"closes_at": "2026-11-20T18:00"}, "never becomes shorter"),
        ({"closes_at": ""}, "fill this in"),
        ({"closes_at": "morgen"}, "is not a date"),
        ({"reason": ""}, "fill this in"),
        ({"reason": "a\0b"}, "stored"),
        ({"answers_by_on": "2026-11-25"}, "before the deadline"),
    ],
)
def test_the_form_says_what_to_do(wrong: dict[str, str], says: str, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    where = address("consultation:extend", world.consultation.slug)
    given = {"closes_at": "2026-12-01T18:00", "reason": REASON} | wrong
    page = logged_in(world.officer).post(where, given)
    assert says in page.content.decode()
    assert not Extension.objects.exists()


def test_long_after_the_end_there_is_no_form_and_others_may_not(set_clock: SetClock) -> None:
    world = World()
    where = address("consultation:extend", world.consultation.slug)
    set_clock(NOON)
    assert logged_in(world.department).get(where).status_code == 403
    with pytest.raises(Forbidden):
        extend_deadline(
            consultation=world.consultation,
            closes_at=END + timedelta(days=1),
            reason=REASON,
            by=world.department.actor(NOON.date()),
            at=NOON,
        )
    set_clock(END + timedelta(days=15))
    assert logged_in(world.officer).get(where).status_code == 404
