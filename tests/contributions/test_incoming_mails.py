"""Mails over a real IMAP connection: kept once, none lost, read as people wrote them."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from richtschnur.contributions import jobs
from richtschnur.contributions.models import IncomingMail, MailCursor
from richtschnur.contributions.states import MailState
from richtschnur.mail.fetching import Account
from richtschnur.mail.parsing import parted, read_mail
from tests.support.files import PDF
from tests.support.imap import Inbox, open_inbox
from tests.support.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_home")]


@pytest.fixture
def inbox(settings: Any) -> Iterator[Inbox]:
    with open_inbox() as found:
        settings.MAIL_IN = {
            "host": "127.0.0.1",
            "port": found.port,
            "user": "beteiligung",
            "password": "secret",
            "security": "none",
        }
        yield found


def letter(text: str = "Mehr Busse, bitte.", **more: str) -> bytes:
    mail = EmailMessage()
    heads = {
        "From": "Erika Beispiel <erika@post.example>",
        "To": "beteiligung@kreis.example",
        "Subject": "Zum Konzept",
        "Message-ID": f"<{abs(hash(text))}@post.example>",
    }
    for name, value in (heads | {n.replace("_", "-"): v for n, v in more.items()}).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="Stellungnahme.pdf")
    return mail.as_bytes()


def fetch(world: World) -> int:
    return jobs.fetch_mails(at=world.at)


def test_without_a_mailbox_nothing_happens(world: World, settings: Any) -> None:
    settings.MAIL_IN = {}
    assert fetch(world) == 0


@pytest.mark.parametrize("change", [{"password": "wrong"}, {"port": 1}])
def test_a_mailbox_that_does_not_answer_is_tried_again(
    world: World, inbox: Inbox, settings: Any, change: dict[str, Any]
) -> None:
    inbox.put(letter())
    right = settings.MAIL_IN
    settings.MAIL_IN = right | change
    assert fetch(world) == 0
    settings.MAIL_IN = right
    assert fetch(world) == 1


def test_passwords_go_to_other_machines_encrypted_only() -> None:
    with pytest.raises(ValueError, match="tls"):
        Account.of({"host": "mail.example", "security": "none"})


def test_a_mail_is_kept_as_it_came_and_then_marked_as_read(world: World, inbox: Inbox) -> None:
    number = inbox.put(letter())
    assert fetch(world) == 1
    mail = IncomingMail.objects.get()
    assert mail.file.path.read_bytes() == inbox.mails[number]
    assert (mail.sender_name, mail.sender_email) == ("Erika Beispiel", "erika@post.example")
    assert (mail.subject, mail.state) == ("Zum Konzept", MailState.WAITING)
    assert mail.received_at.isoformat() == "2026-11-02T08:30:00+00:00"
    assert inbox.seen == {number}
    assert fetch(world) == 0
    with pytest.raises(DatabaseError), transaction.atomic():
        IncomingMail.objects.update(key="0" * 64)


def test_none_is_lost_when_it_is_killed_in_between(
    world: World, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = [inbox.put(letter(f"Brief {n}")) for n in range(5)]

    def dies(**_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("richtschnur.contributions.operations.mails.record", dies)
        with pytest.raises(KeyboardInterrupt):
            fetch(world)
    assert not IncomingMail.objects.exists()
    assert not MailCursor.objects.exists()
    assert inbox.seen == set()
    inbox.drops_after = inbox.fetched + 2
    assert fetch(world) == 2
    assert inbox.seen == set(numbers[:2])
    inbox.drops_after = 10**6
    assert fetch(world) == 3
    assert IncomingMail.objects.count() == 5


def test_doubles_are_known_by_what_they_say(world: World, inbox: Inbox) -> None:
    inbox.put(letter())
    inbox.put(b"Received: from elsewhere\n" + letter())
    assert fetch(world) == 1
    inbox.put(letter("Ein anderer Brief.", Message_ID="<same@x>"))
    inbox.put(letter("Noch ein anderer.", Message_ID="<same@x>"))
    assert fetch(world) == 2
    inbox.validity = 2
    assert fetch(world) == 0
    assert IncomingMail.objects.count() == 3


@pytest.mark.parametrize(
    ("heads", "state"),
    [
        ({"Auto_Submitted": "auto-replied"}, MailState.ASIDE),
        ({"Auto_Submitted": "no"}, MailState.WAITING),
        ({"Precedence": "bulk"}, MailState.ASIDE),
        ({"From": "MAILER-DAEMON@kreis.example"}, MailState.ASIDE),
        ({"Return_Path": "<>"}, MailState.ASIDE),
        ({"X_Autoreply": "yes"}, MailState.ASIDE),
        ({"Return_Path": "<erika@post.example>"}, MailState.WAITING),
    ],
)
def test_what_machines_answer_is_set_aside(
    world: World, inbox: Inbox, heads: dict[str, str], state: str
) -> None:
    inbox.put(letter(**heads))
    assert fetch(world) == 1
    assert IncomingMail.objects.get().state == state


def test_a_report_of_a_mail_server_is_set_aside(world: World, inbox: Inbox) -> None:
    raw = b"From: a@b.example\nContent-Type: multipart/report; boundary=x\n\n--x\n\nfailed\n--x--\n"
    inbox.put(raw)
    fetch(world)
    assert IncomingMail.objects.get().state == MailState.ASIDE


@pytest.mark.parametrize(
    ("heads", "found"),
    [
        ({"To": "beteiligung+{slug}@kreis.example"}, True),
        ({"Cc": "Kreis <beteiligung+{slug}@kreis.example>"}, True),
        ({"Delivered_To": "BETEILIGUNG+{slug}@kreis.example"}, True),
        ({"Subject": "AW: [{slug}] unsere Meinung"}, True),
        ({"To": "beteiligung+anders@kreis.example"}, False),
        ({"Subject": "[anders] x"}, False),
    ],
)
def test_a_tag_assigns_by_itself(
    world: World, inbox: Inbox, heads: dict[str, str], found: bool
) -> None:
    slug = world.consultation.slug
    inbox.put(letter(**{name: value.format(slug=slug) for name, value in heads.items()}))
    fetch(world)
    assert IncomingMail.objects.get().consultation == (world.consultation if found else None)


def test_a_mail_that_is_too_large_is_not_passed_over(
    world: World, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("richtschnur.mail.fetching.MOST_BYTES", 100)
    inbox.put(letter())
    fetch(world)
    mail = IncomingMail.objects.get()
    assert (mail.state, mail.subject) == (MailState.TOO_LARGE, "Zum Konzept")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0\xff\xfe",
        b"From: =?utf-8?q?=ff=fe?= <@>\nSubject: =?x?b?????=\n\nx",
        b"From: a@b\nTo: (((\nContent-Type: text/plain; charset=nonsense\n\nStra\xdfe",
        b'From: a@b\nContent-Type: multipart/mixed; boundary=""\n\n--\n',
        b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\nhi\n" * 2000,
        b"From: a\r\n b\r\n\tc <d@e>\nMessage-ID: " + b"<" * 5000 + b"\n\nx",
        b"Content-Transfer-Encoding: base64\nContent-Type: text/html\n\n!!!!",
    ],
)
def test_odd_mails_never_break_it(world: World, inbox: Inbox, raw: bytes) -> None:
    read_mail(raw)
    inbox.put(raw)
    inbox.put(letter())
    assert fetch(world) == 2


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("Mehr Busse.\n\n-- \nErika\nTel. 1", "Mehr Busse."),
        ("Ja.\n\nAm 1.11.2026 um 10:00 schrieb Kreis <a@b>:\n> Was meinen Sie?\n", "Ja."),
        ("Yes.\n\nOn Mon, 2 Nov 2026, County <a@b> wrote:\n> What?\n", "Yes."),
        ("Ja.\n\n-----Ursprüngliche Nachricht-----\nVon: Kreis\nHallo", "Ja."),
        ("Ja.\n\n________________________________\nVon: Kreis", "Ja."),
        ("Gern.\n> Was meinen Sie?\n>\n", "Gern."),
        ("> Was?\nDas hier.\n> Und?\nAuch.", "> Was?\nDas hier.\n> Und?\nAuch."),
        ("> nur Zitat", "> nur Zitat"),
        ("---- Weitergeleitet ----\nText", "---- Weitergeleitet ----\nText"),
        ("Eins -- zwei\n- drei", "Eins -- zwei\n- drei"),
    ],
)
def test_history_and_signature_are_parted_and_kept(text: str, own: str) -> None:
    found, rest = parted(text)
    assert found == own
    assert "".join((found + rest).split()) == "".join(text.split())


def test_pages_as_mails_become_words() -> None:
    raw = (
        b"From: a@b.example\nContent-Type: text/html; charset=utf-8\n\n"
        b"<style>p {}</style><p>Mehr &amp; bessere Busse</p><script>1</script><div>Ja</div>"
    )
    assert read_mail(raw).own == "Mehr & bessere Busse\nJa"
