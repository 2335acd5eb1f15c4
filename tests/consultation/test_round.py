"""The round of the offices: what is refused, and what an invitation is."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from richtschnur.consultation.models import Consultation, Invitation, digest
from richtschnur.consultation.operations import (
    Guest,
    answer_invitation,
    close_consultation,
    invite_offices,
    remind_offices,
    secret_of,
    send_link_again,
    start_round,
    withdraw_invitation,
)
from richtschnur.journal.actors import CLI, VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline
from tests.support.round import ADDRESS, Round, guests
from tests.support.world import NOON, World, outline

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(days=14)
ABOUT = {"address": ADDRESS, "by": CLI, "at": NOON}


def draft() -> Edition:
    return keep_outline(outline=outline(2), by=CLI, at=NOON)


def test_starting_freezes_opens_and_invites_in_one() -> None:
    round_ = Round()
    assert round_.edition.state == "circulated"
    assert not round_.edition.is_published
    assert round_.consultation.audience == "internal"
    assert round_.consultation.is_open(NOON)
    assert {i.name for i in round_.consultation.invitations.all()} == {
        "Jugendamt",
        "Gesundheitsamt",
        "Kreisjugendring",
    }
    assert sorted(m.to for m in Message.objects.all()) == ["ga@kreis.example", "ja@kreis.example"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"guests": []},
        {"guests": [Guest("Amt"), Guest("AMT")]},
        {"guests": [Guest("Amt")], "closes_at": NOON - timedelta(days=1)},
    ],
)
def test_nothing_is_half_written(wrong: dict[str, object]) -> None:
    edition = draft()
    with pytest.raises(Refused), transaction.atomic():
        start_round(edition=edition, **({"closes_at": LATER} | ABOUT | wrong))  # type: ignore[arg-type]
    edition.refresh_from_db()
    assert edition.is_working
    assert not Consultation.objects.exists()
    assert not Invitation.objects.exists()
    assert not Message.objects.exists()


def test_a_second_click_starts_no_second_round() -> None:
    round_ = Round()
    with pytest.raises(Refused) as refusal:
        start_round(edition=round_.edition, guests=[Guest("Amt")], closes_at=LATER, **ABOUT)  # type: ignore[arg-type]
    assert refusal.value.code == "repeated"
    assert Consultation.objects.filter(audience="internal").count() == 1


def test_after_it_is_closed_the_same_edition_can_go_round_again() -> None:
    round_ = Round()
    close_consultation(consultation=round_.consultation, by=CLI, at=NOON + timedelta(days=1))
    again = NOON + timedelta(days=2)
    about = ABOUT | {"at": again, "closes_at": again + timedelta(days=5)}
    start_round(edition=round_.edition, guests=[Guest("Amt")], **about)  # type: ignore[arg-type]
    assert Consultation.objects.filter(edition=round_.edition).count() == 2


def test_departments_and_visitors_invite_nobody() -> None:
    round_ = Round()
    for by in (VISITOR, round_.world.department.actor(NOON.date())):
        for act in (
            lambda by=by: invite_offices(
                consultation=round_.consultation,
                guests=[Guest("Amt")],
                address=ADDRESS,
                by=by,
                at=NOON,
            ),
            lambda by=by: withdraw_invitation(invitation=round_.invitation(), by=by, at=NOON),
            lambda by=by: send_link_again(
                invitation=round_.invitation(), address=ADDRESS, by=by, at=NOON
            ),
            lambda by=by: remind_offices(
                consultation=round_.consultation, address=ADDRESS, by=by, at=NOON
            ),
        ):
            with pytest.raises(Forbidden):
                act()


def test_nobody_is_asked_twice_or_too_late_or_in_public() -> None:
    round_ = Round()

    def invite(consultation: Consultation, at: object = NOON) -> None:
        about = ABOUT | {"at": at}
        invite_offices(consultation=consultation, guests=guests(round_.health), **about)  # type: ignore[arg-type]

    with pytest.raises(Refused) as refusal:
        invite(round_.consultation)
    assert refusal.value.code == "repeated"
    with pytest.raises(Refused):
        invite(round_.world.consultation)
    withdraw_invitation(invitation=round_.invitation("Gesundheitsamt"), by=CLI, at=NOON)
    with pytest.raises(Refused) as refusal:
        invite(round_.consultation, LATER + timedelta(days=1))
    assert refusal.value.code == "closed"
    invite(round_.consultation)
    assert Invitation.objects.filter(name="Gesundheitsamt").count() == 2


def test_the_database_too_takes_an_office_once() -> None:
    round_ = Round()
    copy = round_.invitation()
    copy.pk, copy.secret_digest = None, "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save(force_insert=True)


def test_the_secret_stands_in_the_mail_alone() -> None:
    round_ = Round()
    invitation = round_.invitation()
    secret = secret_of(invitation)
    assert len(secret) == 48
    assert invitation.secret_digest == digest(secret)
    assert secret in Message.objects.get(to="ja@kreis.example").body
    stored = [str(value) for row in Invitation.objects.values() for value in row.values()]
    entries = [str(entry.data) for entry in JournalEntry.objects.all()]
    assert not any(secret in text for text in stored + entries)
    assert len({secret_of(i) for i in Invitation.objects.all()}) == 3


def test_no_personal_data_stands_in_the_journal() -> None:
    round_ = Round()
    remind_offices(consultation=round_.consultation, **(ABOUT | {"at": NOON + timedelta(days=1)}))  # type: ignore[arg-type]
    send_link_again(invitation=round_.invitation(), email="neu@kreis.example", **ABOUT)  # type: ignore[arg-type]
    withdraw_invitation(invitation=round_.invitation(), by=CLI, at=NOON)
    entries = JournalEntry.objects.filter(subject=f"consultation:{round_.consultation.slug}")
    acts = [entry.act.partition(".")[2] for entry in entries.order_by("pk")]
    assert acts == [
        "open_consultation",
        "invite_offices",
        "remind_offices",
        "send_link_again",
        "withdraw_invitation",
    ]
    said = " ".join(str(entry.data) for entry in entries)
    assert "@" not in said
    assert "Blum" not in said


def test_a_new_address_ends_the_old_one_and_its_unsent_mail() -> None:
    round_ = Round()
    old = secret_of(round_.invitation())
    send_link_again(invitation=round_.invitation(), email="neu@kreis.example", **ABOUT)  # type: ignore[arg-type]
    new = round_.invitation()
    assert secret_of(new) != old
    assert not Invitation.objects.filter(secret_digest=digest(old)).exists()
    waiting = Message.objects.filter(about=f"invitation:{new.pk}", state="waiting")
    assert [m.to for m in waiting] == ["neu@kreis.example"]
    assert secret_of(new) in waiting.get().body


def test_what_is_withdrawn_gets_nothing_more() -> None:
    round_ = Round()
    invitation = withdraw_invitation(invitation=round_.invitation(), by=CLI, at=NOON)
    assert not Message.objects.filter(to="ja@kreis.example").exists()
    for again in (
        lambda: withdraw_invitation(invitation=invitation, by=CLI, at=NOON),
        lambda: send_link_again(invitation=invitation, **ABOUT),  # type: ignore[arg-type]
        lambda: answer_invitation(invitation=invitation, remarks=1, at=NOON),
    ):
        with pytest.raises(Refused):
            again()


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_start_one_round() -> None:
    World()
    edition = draft()

    def start() -> bool:
        try:
            start_round(edition=edition, guests=[Guest("Amt")], closes_at=LATER, **ABOUT)  # type: ignore[arg-type]
        except Refused:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(4) as pool:
        started = [job.result() for job in [pool.submit(start) for _click in range(6)]]
    assert sum(started) == 1
    assert Invitation.objects.count() == 1
