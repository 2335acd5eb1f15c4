"""Mails that are no contribution: kept for the county's days, then erased, and counted."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import transaction

from richtschnur.config.schedule import schedule
from richtschnur.contributions.models import HeldTable, IncomingMail
from richtschnur.contributions.operations import (
    assign_mail,
    erase_mails_aside,
    keep_mail,
    retention,
    set_mail_aside,
    sweep_files,
)
from richtschnur.contributions.states import MailState
from richtschnur.county.operations import set_up_county
from richtschnur.files.operations import held_path
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Refused
from richtschnur.mail.fetching import Fetched
from tests.contributions.test_tables import HEAD, look
from tests.evaluation.answering import acting, logged_in
from tests.support.queries import at_most
from tests.support.staff import address
from tests.support.world import NOON, World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english", "own_home")]
DAY = timedelta(days=1)


def came(number: int = 1, at: datetime = NOON, *, automatic: bool = False) -> IncomingMail:
    mail = EmailMessage()
    mail["From"] = "Frau Gimpel <gimpel@post.example>"
    mail["Subject"] = f"Vom Bergfink {number}"
    mail["Message-ID"] = f"<{number}@post.example>"
    if automatic:
        mail["Auto-Submitted"] = "auto-replied"
    mail.set_content("Ich bin im Urlaub.")
    kept = keep_mail(fetched=Fetched(1, number, at, mail.as_bytes()), account="a", at=at)
    assert kept is not None
    return kept


def put_aside(world: World, mail: IncomingMail, at: datetime = NOON) -> None:
    set_mail_aside(mail=mail, by=acting(world, world.officer), at=at)


def test_it_is_erased_when_its_time_is_over_and_not_before(world: World) -> None:
    mail = came()
    path = mail.file.path
    put_aside(world, mail, NOON + 5 * DAY)
    assert erase_mails_aside(at=NOON + 95 * DAY - timedelta(seconds=1)) == 0
    assert path.is_file()
    assert erase_mails_aside(at=NOON + 95 * DAY) == 1
    assert not path.exists()
    mail.refresh_from_db()
    assert (mail.state, mail.sender_name, mail.sender_email, mail.subject) == (
        MailState.ERASED, "", "", "",
    )  # fmt: skip
    entry = JournalEntry.objects.get(act="contributions.erase_mails")
    assert entry.data == {"mails": 1, "days": 90}
    assert erase_mails_aside(at=NOON + 96 * DAY) == 0
    assert JournalEntry.objects.filter(act="contributions.erase_mails").count() == 1


def test_automatic_replies_go_too_what_waits_never(world: World) -> None:
    """Whatever a person has not looked at may be a contribution: nothing of it is lost."""
    waiting, automatic = came(1), came(2, automatic=True)
    assert (automatic.state, automatic.aside_at) == (MailState.ASIDE, NOON)
    assert erase_mails_aside(at=NOON + 1000 * DAY) == 1
    waiting.refresh_from_db()
    assert waiting.state == MailState.WAITING
    assert waiting.file.path.is_file()


def test_what_was_set_aside_before_there_was_a_clock(world: World) -> None:
    mail = came()
    IncomingMail.objects.filter(pk=mail.pk).update(state=MailState.ASIDE, aside_at=None)
    assert erase_mails_aside(at=NOON + 89 * DAY) == 0
    assert erase_mails_aside(at=NOON + 90 * DAY) == 1


def test_one_that_was_taken_up_again_stays(world: World) -> None:
    mail = came()
    put_aside(world, mail)
    by = acting(world, world.officer)
    assign_mail(mail=mail, consultation=world.consultation, by=by, at=NOON + DAY)
    assert erase_mails_aside(at=NOON + 400 * DAY) == 0
    put_aside(world, mail, NOON + 100 * DAY)
    assert erase_mails_aside(at=NOON + 189 * DAY) == 0, "its time begins anew"
    assert erase_mails_aside(at=NOON + 190 * DAY) == 1
    with pytest.raises(Refused, match="its time was over"):
        assign_mail(mail=mail, consultation=world.consultation, by=by, at=NOON + 191 * DAY)


def test_the_county_says_how_long_and_the_privacy_page_says_so(world: World) -> None:
    set_up_county(mails_kept_days=14, by=CLI, at=NOON)
    put_aside(world, came())
    page = logged_in(world.officer).get(address("publishing:page", "privacy")).content.decode()
    assert "14 days after they were set aside" in page
    other = logged_in(world.officer).get(address("publishing:page", "imprint")).content.decode()
    assert "after they were set aside" not in other
    assert erase_mails_aside(at=NOON + 14 * DAY) == 1


@pytest.mark.parametrize("days", ["", "0", "-1", "4000", "x"])
def test_a_time_that_cant_be_meant_is_refused(days: str, world: World) -> None:
    client = logged_in(world.officer)
    place = address("accounts:county")
    given = {"name": "Kreis", "accent": "#00508c", "mails_kept_days": days}
    answer = client.post(place, given)
    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"mails_kept_days"}
    assert client.post(place, given | {"mails_kept_days": "30"}).status_code == 302


def test_whoever_dies_in_between_is_followed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    put_aside(world, came())

    def die(**_about: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(retention, "record", die)
        with pytest.raises(KeyboardInterrupt), transaction.atomic():
            erase_mails_aside(at=NOON + 90 * DAY)
    assert IncomingMail.objects.get().state == MailState.ASIDE
    assert erase_mails_aside(at=NOON + 90 * DAY) == 1


def test_pages_of_an_erased_mail_say_so(world: World) -> None:
    mail, client = came(), logged_in(world.officer)
    put_aside(world, mail)
    listed = client.get(address("contributions:mails"), {"state": "aside"}).content.decode()
    assert "Vom Bergfink" in listed
    assert "90 days after it was set aside" in listed
    erase_mails_aside(at=NOON + 90 * DAY)
    listed = client.get(address("contributions:mails"), {"state": "aside"}).content.decode()
    assert "Bergfink" not in listed
    page = client.get(address("contributions:mail", mail.pk)).content.decode()
    assert "the time for which such mails are kept is over" in page
    assert 'name="aside"' not in page
    assert client.get(address("contributions:raw_mail", mail.pk)).status_code == 404
    answer = client.post(address("contributions:mail", mail.pk), {"aside": "1"})
    assert answer.status_code == 302
    mail.refresh_from_db()
    assert mail.state == MailState.ERASED


def test_the_same_mail_does_not_come_in_again(world: World) -> None:
    put_aside(world, came())
    erase_mails_aside(at=NOON + 90 * DAY)
    with pytest.raises(AssertionError):
        came()


def test_the_worker_does_it() -> None:
    assert "contributions.erase_mails_aside" in [job.name for job in schedule()]


# What waits stands on Today


def today(world: World) -> str:
    return logged_in(world.officer).get(address("desk:today")).content.decode()


def test_mails_and_spreadsheets_wait_on_today(world: World) -> None:
    assert "Came in, to be looked at" not in today(world)
    came()
    came(2, automatic=True)
    assert "1 mail waits" in today(world)
    client = logged_in(world.officer)
    look(client, world, f"{HEAD}Mehr Busse;1;resident;Erika;2026-11-01;7\n".encode(), "Liste.csv")
    page = today(world)
    assert "Liste.csv" in page
    held = HeldTable.objects.get()
    again = client.get(address("contributions:import", world.consultation.slug), {"held": held.pk})
    assert "1 new comment" in again.content.decode()
    look(client, world, f"{HEAD}Mehr Züge;1;resident;;2026-11-01;8\n".encode(), "Liste.csv")
    assert HeldTable.objects.count() == 1, "the later one of the same name"
    held = HeldTable.objects.get()
    place = address("contributions:import", world.consultation.slug)
    assert client.post(place, {"held": held.pk}).context["report"].imported == 1
    assert "Liste.csv" not in today(world)
    department = logged_in(world.department).get(address("desk:today")).content.decode()
    assert "1 mail waits" not in department


def test_a_spreadsheet_is_put_away_or_forgotten_after_a_day(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    client, place = (
        logged_in(world.officer),
        address("contributions:import", world.consultation.slug),
    )
    row = f"{HEAD}Mehr Busse;1;resident;Erika;2026-11-01;7\n".encode()
    look(client, world, row, "A.csv")
    path = held_path(HeldTable.objects.get().key)
    with django_capture_on_commit_callbacks(execute=True):
        assert (
            client.post(place, {"held": HeldTable.objects.get().pk, "drop": "1"}).status_code == 302
        )
    assert not path.exists()
    look(client, world, row, "B.csv")
    sweep_files(at=NOON + DAY)
    assert not HeldTable.objects.exists()
    look(client, world, f"{HEAD};1;resident;;;10\n".encode(), "C.csv")
    assert not HeldTable.objects.exists(), "nothing of it could be taken in"


def test_today_asks_two_questions_more(world: World) -> None:
    came()
    client = logged_in(world.officer)
    client.get(address("desk:today"))
    with at_most(24):
        client.get(address("desk:today"))
