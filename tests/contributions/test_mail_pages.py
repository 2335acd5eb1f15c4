"""From a mail to a contribution: by a person, once, with its files and a receipt."""

from __future__ import annotations

from email.message import EmailMessage
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.jobs import fetch_mails
from richtschnur.contributions.models import Contribution, IncomingMail
from richtschnur.contributions.states import MailState
from richtschnur.mail.operations import deliver_waiting
from tests.evaluation.answering import logged_in
from tests.support.files import PDF, TEXT
from tests.support.imap import open_inbox
from tests.support.mailbox import open_mailbox
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def staff(world: World) -> Client:
    return logged_in(world.officer)


def came(world: World, settings: Any, *files: tuple[str, bytes], tag: str = "") -> IncomingMail:
    mail = EmailMessage()
    mail["From"] = "Erika Beispiel <erika@post.example>"
    mail["To"] = f"beteiligung{tag}@kreis.example"
    mail["Subject"] = "Zu den <b>Bussen</b>"
    mail["Message-ID"] = "<1@post.example>"
    mail.set_content("Mehr Busse, bitte.\n\n-- \nErika")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="x", filename=name)
    with open_inbox() as inbox:
        inbox.put(mail.as_bytes())
        settings.MAIL_IN = {
            "host": "127.0.0.1",
            "port": inbox.port,
            "user": "b",
            "password": "secret",
            "security": "none",
        }
        assert fetch_mails(at=world.at) == 1
    return IncomingMail.objects.get()


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def record(staff: Client, world: World, mail: IncomingMail, **more: str) -> HttpResponse:
    address = reverse("contributions:record", args=[world.consultation.slug])
    page = staff.get(address, {"mail": mail.pk})
    assert "Mehr Busse, bitte." in words(page)
    assert "erika@post.example" in words(page)
    form = {
        "mail": str(mail.pk),
        "received_at": "2026-10-01T10:00",
        "channel": "letter",
        "kind": "resident",
        "name": "Erika Beispiel",
        "email": "erika@post.example",
        "text_0": "Mehr Busse, bitte.",
        "passage_0": "1",
        "key": "k",
        "rows": "5",
    }
    return staff.post(address, form | more)


def test_the_whole_way_by_real_servers(staff: Client, world: World, settings: Any) -> None:
    mail = came(world, settings, ("Stellungnahme.pdf", PDF), ("Böse.exe", b"MZ\x90"))
    page = staff.get(reverse("contributions:mails"))
    assert "Zu den <b>Bussen</b>" in words(page)
    assert "<b>Bussen" not in page.content.decode()
    address = reverse("contributions:mail", args=[mail.pk])
    assert "Erika" in words(staff.get(address))
    staff.post(address, {"consultation": world.consultation.slug})
    mail.refresh_from_db()
    assert mail.consultation == world.consultation
    assert record(staff, world, mail).status_code == 302
    contribution = Contribution.objects.get()
    assert contribution.channel == "email"
    assert contribution.received_at == mail.received_at
    assert [a.file.name for a in contribution.attachments.all()] == ["Stellungnahme.pdf"]
    mail.refresh_from_db()
    assert (mail.state, mail.contribution) == (MailState.RECORDED, contribution)
    with open_mailbox() as post:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.port
        assert deliver_waiting(at=world.at) == 1
        sent = post.mails[0]
    assert sent["To"] == "erika@post.example"
    assert "/receipt/" in sent.get_content() or "/quittung/" in sent.get_content()
    original = reverse("contributions:original", args=[contribution.number])
    assert address in words(staff.get(original))


def test_a_mail_becomes_one_contribution(staff: Client, world: World, settings: Any) -> None:
    mail = came(world, settings, tag=f"+{world.consultation.slug}")
    assert record(staff, world, mail).status_code == 302
    assert record(staff, world, mail, key="another").status_code == 302
    assert Contribution.objects.count() == 1
    staff.post(reverse("contributions:mail", args=[mail.pk]), {"aside": "1"})
    mail.refresh_from_db()
    assert mail.state == MailState.RECORDED


def test_staff_may_add_files_to_it(staff: Client, world: World, settings: Any) -> None:
    files = [(f"{n}.txt", f"Seite {n}".encode()) for n in range(8)]
    mail = came(world, settings, *files, tag=f"+{world.consultation.slug}")
    assert record(staff, world, mail).status_code == 302
    assert Contribution.objects.get().attachments.count() == 8


def test_what_is_none_is_set_aside_and_can_be_taken_up(
    staff: Client, world: World, settings: Any
) -> None:
    mail = came(world, settings)
    address = reverse("contributions:mail", args=[mail.pk])
    staff.post(address, {"aside": "1"})
    assert not staff.get(reverse("contributions:mails")).context["page"].object_list
    aside = staff.get(reverse("contributions:mails"), {"state": "aside"})
    assert [m.pk for m in aside.context["page"]] == [mail.pk]
    for odd in ("", "nowhere", "\0"):
        staff.post(address, {"consultation": odd})
    mail.refresh_from_db()
    assert mail.state == MailState.ASIDE
    staff.post(address, {"consultation": world.consultation.slug})
    mail.refresh_from_db()
    assert mail.state == MailState.WAITING


def test_the_mail_as_it_came_is_only_downloaded(staff: Client, world: World, settings: Any) -> None:
    mail = came(world, settings, ("a.txt", TEXT))
    answer = staff.get(reverse("contributions:raw_mail", args=[mail.pk]))
    assert b"".join(answer.streaming_content) == mail.file.path.read_bytes()
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_who_is_forgotten_is_forgotten_in_the_mail_too(
    staff: Client, world: World, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    mail = came(world, settings, ("a.txt", TEXT), tag=f"+{world.consultation.slug}")
    record(staff, world, mail)
    contribution = Contribution.objects.get()
    address = reverse("contributions:forget", args=[contribution.number])
    with django_capture_on_commit_callbacks(execute=True):
        assert staff.post(address).status_code == 302
    page = staff.get(reverse("contributions:mail", args=[mail.pk]))
    assert page.status_code == 200
    assert "Erika" not in words(page)
    assert not mail.file.path.exists()
    assert staff.get(reverse("contributions:raw_mail", args=[mail.pk])).status_code == 404
    assert contribution.attachments.get().file.path.read_bytes() == TEXT
    for folder in (mail.file.path.parents[1]).rglob("*"):
        assert folder.is_dir() or b"erika@post.example" not in folder.read_bytes()


def test_mails_are_for_those_who_record(world: World, settings: Any) -> None:
    mail = came(world, settings)
    for name, args in (("mails", []), ("mail", [mail.pk]), ("raw_mail", [mail.pk])):
        address = reverse(f"contributions:{name}", args=args)
        assert Client().get(address).status_code == 302
        assert logged_in(world.department).get(address).status_code == 403
    for odd in (0, 10**30):
        address = reverse("contributions:mail", args=[odd])
        assert logged_in(world.officer).get(address).status_code == 404


def test_another_consultations_mail_is_not_recorded_here(
    staff: Client, world: World, settings: Any
) -> None:
    came(world, settings)
    address = reverse("contributions:record", args=[world.consultation.slug])
    for odd in (IncomingMail.objects.get().pk, "x", "9" * 40, "-1"):
        assert staff.get(address, {"mail": odd}).context["mail"] is None


def test_the_list_costs_the_same_however_long(staff: Client, world: World, settings: Any) -> None:
    mail = came(world, settings)
    for number in range(20):
        mail.pk, mail.key = None, str(number)
        mail.save()
    with at_most(8):
        staff.get(reverse("contributions:mails"))
