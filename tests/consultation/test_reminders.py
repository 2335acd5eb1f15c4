"""Mails of a round: who gets which when, in which words, through a real mail server."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from richtschnur.accounts.models import Deputy
from richtschnur.accounts.operations import add_office
from richtschnur.accounts.queries import office_contacts
from richtschnur.config.schedule import schedule
from richtschnur.consultation.jobs import remind
from richtschnur.consultation.models import Invitation
from richtschnur.consultation.operations import answer_invitation, remind_offices, secret_of
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.mail.models import Message
from richtschnur.mail.operations import deliver_waiting
from tests.support.mailbox import open_mailbox
from tests.support.round import ADDRESS, Round
from tests.support.world import NOON, person

pytestmark = pytest.mark.django_db
TOMORROW = NOON + timedelta(days=1)
NEAR = NOON + timedelta(days=12)


def reminded() -> list[str]:
    return [i.name for i in Invitation.objects.filter(reminded_at__isnull=False)]


def test_the_mail_arrives_with_deadline_and_a_personal_address_that_works(
    settings: Any,
) -> None:
    round_ = Round()
    with open_mailbox() as mailbox:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
        assert deliver_waiting(at=NOON) == 2
        mail = next(m for m in mailbox.mails if m["To"] == "ja@kreis.example")
    assert mail["Subject"] == (
        "Bitte antworten Sie bis Montag, 16. November 2026: Plan in der Abstimmung"
    )
    words = mail.get_content()
    assert "Montag, 16. November 2026, 12:00" in words
    assert "Jugendamt" in words
    link = next(line for line in words.splitlines() if line.startswith("https://"))
    assert Client().get(link.strip().removeprefix("https://rat.example")).status_code == 200
    kept = Message.objects.get(subject=mail["Subject"], about__endswith=str(round_.invitation().pk))
    assert (kept.to, kept.body) == ("", "")


def test_who_stands_in_gets_the_mail_too() -> None:
    round_ = Round()
    absent = person("blum", "department", round_.world.office)
    other = person("kern", "department", round_.world.office)
    absent.email, other.email = "JA@kreis.example", "kern@kreis.example"
    absent.save()
    other.save()
    today = TOMORROW.date()
    Deputy.objects.create(absent=absent, stands_in=other, from_on=today, until_on=today)
    remind_offices(consultation=round_.consultation, address=ADDRESS, by=CLI, at=TOMORROW)
    about = f"invitation:{round_.invitation().pk}"
    sent = Message.objects.filter(about=about, queued_at=TOMORROW).values_list("to", flat=True)
    assert sorted(sent) == ["ja@kreis.example", "kern@kreis.example"]


def test_only_who_has_not_answered_is_reminded_and_nobody_twice_within_an_hour() -> None:
    round_ = Round()
    answer_invitation(invitation=round_.invitation(), remarks=0, at=NOON)
    about = {"consultation": round_.consultation, "address": ADDRESS, "by": CLI}
    with pytest.raises(Refused):
        remind_offices(**about, at=NOON + timedelta(minutes=10))  # type: ignore[arg-type]
    remind_offices(**about, at=TOMORROW)  # type: ignore[arg-type]
    assert reminded() == ["Gesundheitsamt"]
    with pytest.raises(Refused):
        remind_offices(**about, at=TOMORROW + timedelta(minutes=59))  # type: ignore[arg-type]
    with pytest.raises(Refused):
        remind_offices(**about, only=[round_.invitation().pk], at=NEAR)  # type: ignore[arg-type]
    with pytest.raises(Refused):
        remind_offices(**about, at=NOON + timedelta(days=15))  # type: ignore[arg-type]


def test_a_reminder_keeps_the_address() -> None:
    round_ = Round()
    before = secret_of(round_.invitation())
    remind_offices(consultation=round_.consultation, address=ADDRESS, by=CLI, at=TOMORROW)
    last = Message.objects.filter(to="ja@kreis.example").latest("pk")
    assert before in last.body
    assert last.subject.startswith("Nur noch bis Montag")


def test_the_schedule_reminds_once_three_days_before(settings: Any) -> None:
    settings.PUBLIC_URL = "https://rat.example"
    round_ = Round()
    assert "consultation.remind" in [job.name for job in schedule()]
    assert remind(at=NOON + timedelta(days=10)) == 0
    assert remind(at=NEAR) == 2
    assert remind(at=NEAR + timedelta(hours=5)) == 0
    assert remind(at=NEAR + timedelta(days=1, hours=23)) == 0
    assert remind(at=NOON + timedelta(days=15)) == 0
    last = Message.objects.filter(to="ja@kreis.example").latest("pk")
    where = f"https://rat.example/de/beteiligung/abstimmung/{secret_of(round_.invitation())}/"
    assert where in last.body


def test_the_schedule_leaves_alone_who_was_asked_just_now(settings: Any) -> None:
    settings.PUBLIC_URL = ""
    round_ = Round()
    Invitation.objects.filter(name="Gesundheitsamt").update(invited_at=NEAR - timedelta(hours=3))
    assert remind(at=NEAR) == 1
    last = Message.objects.filter(to="ja@kreis.example").latest("pk")
    assert "{secret}" not in last.body
    assert secret_of(round_.invitation()) not in last.body
    assert "in unserer ersten E-Mail" in last.body


def test_an_office_is_reached_at_its_mailbox_else_at_one_of_its_people() -> None:
    round_ = Round()
    add_office(
        short="HA", name="Hauptamt", is_outside=False, email="ha@kreis.example", by=CLI, at=NOON
    )
    department = round_.world.department
    department.email = "herbst@kreis.example"
    department.save()
    found = {c.office.short: (c.name, c.email) for c in office_contacts()}
    assert found == {
        "GA": ("", ""),
        "HA": ("", "ha@kreis.example"),
        "JA": ("Department", "herbst@kreis.example"),
    }
