"""The whole submission by e-mail: real servers for sending and fetching, a receipt that proves."""

from __future__ import annotations

import imaplib
import json
import re
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.contributions.jobs import fetch_mails
from richtschnur.contributions.models import Contribution
from richtschnur.journal.actors import CLI
from richtschnur.journal.export import export_log
from richtschnur.journal.log import integrate
from richtschnur.mail.operations import deliver_waiting
from richtschnur.strategy.operations import keep_outline
from richtschnur.ui import clock
from tests.journey import staff
from tests.journey.conftest import NewVisit
from tests.support.files import PDF
from tests.support.log import fresh_log
from tests.support.visits import Visit
from tests.support.world import outline, person
from tools import post_office

__all__ = ["fresh_log"]
pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("fresh_log"),
]
PERSON = "erika@post.example"
WORDS = "Bitte mehr Busse am Abend – sonst kommt niemand vom Sprachkurs nach Hause."


@pytest.fixture(scope="module")
def post() -> Iterator[post_office.PostOffice]:
    try:
        with post_office.running() as running:
            yield running
    except post_office.Missing as missing:
        pytest.skip(str(missing))


@pytest.fixture
def house(post: post_office.PostOffice, settings: Any) -> None:
    """The installation's settings: where mails go, where they come from."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", post.smtp
    settings.MAIL_IN = {
        "host": "127.0.0.1",
        "port": post.imap,
        "user": "beteiligung",
        "password": post_office.PASSWORD,
        "security": "none",
    }


def opened(at: datetime) -> Consultation:
    return open_consultation(
        on=keep_outline(outline=outline(), by=CLI, at=at),
        opens_at=at - timedelta(days=1),
        closes_at=at + timedelta(days=20),
        audience="public",
        publication="anonymised",
        by=CLI,
        at=at - timedelta(days=2),
    )


def write(post: post_office.PostOffice, to: str) -> None:
    """What a mail program does when somebody presses “send”."""
    mail = EmailMessage()
    mail["From"], mail["To"] = f"Erika Beispiel <{PERSON}>", to
    mail["Subject"], mail["Message-ID"] = "Zu den Bussen", "<erika-1@post.example>"
    mail.set_content(f"{WORDS}\n\n-- \nErika Beispiel\n")
    mail.add_attachment(PDF, maintype="application", subtype="pdf", filename="Fahrplan.pdf")
    with smtplib.SMTP("127.0.0.1", post.smtp) as link:
        assert link.send_message(mail) == {}


def mails_of(post: post_office.PostOffice, name: str) -> list[EmailMessage]:
    """What somebody's mail program shows of their own mailbox."""
    link = imaplib.IMAP4("127.0.0.1", post.imap)
    try:
        link.login(name, post_office.PASSWORD)
        link.select()
        found = link.search(None, "ALL")[1][0].split()
        raw = [link.fetch(number, "(BODY.PEEK[])")[1][0] for number in found]
    finally:
        link.logout()
    parsed = [message_from_bytes(one[1], policy=policy.default) for one in raw if one]  # type: ignore[arg-type]
    return [one for one in parsed if isinstance(one, EmailMessage)]


def records(visit: Visit, slug: str) -> None:
    """The officer finds the mail, looks at it and makes a contribution of it."""
    visit.open("contributions:mails")
    visit.follow(visit.link("Zu den Bussen"))
    assert visit.sees(WORDS)
    assert visit.sees("Fahrplan.pdf")
    visit.follow(visit.link("Record it as a contribution"))
    assert visit.page.locator("input[name=email]").input_value() == PERSON
    visit.follow(visit.button("Record it"))
    assert visit.sees(WORDS)
    visit.open("contributions:inbox", slug)
    row = visit.page.locator("main tbody tr")
    assert "Erika Beispiel" in row.inner_text()
    assert row.locator("td").last.inner_text() == visit.say("e-mail")


def verified(receipt: Path, log: Path) -> tuple[int, dict[str, Any]]:
    """`richtschnur verify`, as anybody calls it who has no installation."""
    command = [sys.executable, "-m", "richtschnur", "verify", str(log)]
    command += ["--receipt", str(receipt), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return answer.returncode, json.loads(answer.stdout)


@pytest.mark.usefixtures("house")
def test_a_mail_becomes_a_contribution_with_a_receipt_that_proves(
    post: post_office.PostOffice, new_visit: NewVisit, tmp_path: Path
) -> None:
    now = clock.now()
    consultation = opened(now)
    write(post, f"beteiligung+{consultation.slug}@kreis.example")
    assert fetch_mails(at=clock.now()) == 1
    assert fetch_mails(at=clock.now()) == 0, "a mail is fetched once"

    officer = staff.log_in(new_visit(), person("sommer", "administration"))
    records(officer, consultation.slug)
    contribution = Contribution.objects.get()
    assert (contribution.channel, contribution.is_late) == ("email", False)
    assert contribution.received_at <= contribution.recorded_at
    assert deliver_waiting(at=clock.now()) == 1
    integrate(at=clock.now())

    (mail,) = mails_of(post, "erika")
    assert mail["To"] == PERSON
    assert contribution.number in mail["Subject"]
    found = re.search(r"https?://[^/\s]+(/\S+)", mail.get_content())
    assert found is not None
    resident = new_visit(java_script_enabled=False)
    resident.page.goto(resident.server + found[1])
    assert resident.sees(WORDS)
    assert resident.sees(contribution.number)
    receipt = tmp_path / "receipt.json"
    with resident.page.expect_download() as download:
        resident.link("Receipt file, for checking").click()
    download.value.save_as(receipt)

    export_log(tmp_path / "log")
    code, report = verified(receipt, tmp_path / "log")
    assert (code, report["ok"], report["problems"]) == (0, True, []), report
    bent = json.loads(receipt.read_text("utf-8"))
    receipt.write_text(json.dumps(bent).replace("Abend", "Abemd"), "utf-8")
    assert "Abemd" in receipt.read_text("utf-8")
    code, report = verified(receipt, tmp_path / "log")
    assert (code, report["ok"]) == (1, False), "what was not sent is not proven"
