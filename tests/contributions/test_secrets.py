"""What nobody else may reach or read: receipts, baskets, drafts before their time, logs, mails."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from richtschnur.config.discretion import Discretion
from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import open_consultation
from richtschnur.contributions.models import BasketComment, Contribution
from richtschnur.contributions.operations import (
    forget_sender,
    import_contributions,
    put_comment,
    send_basket,
)
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.mail.models import Message
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import start_edition
from tests.support.clock import SetClock, set_clock
from tests.support.world import World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def test_the_key_of_an_import_opens_no_receipt(client: Client, set_clock: SetClock) -> None:
    world = World()
    set_clock(world.at)
    rows = [{"text": "Vertraulich", "name": "Erika Beispiel", "id": "17"}]
    import_contributions(consultation=world.consultation, rows=rows, by=CLI, at=world.at)
    assert Contribution.objects.count() == 1
    address = reverse("contributions:basket", args=[world.consultation.slug])
    for key in (f"import:{world.consultation.slug}:id:17", "record:x"):
        answer = client.post(address, {"kind": "resident", "key": key})
        assert answer.status_code == 409
        with pytest.raises(Refused, match=r"empty|leer"):
            send_basket(
                consultation=world.consultation, secret="", key=key, kind="resident", at=world.at
            )


def test_forms_of_the_receipt_say_where_they_come_from(client: Client) -> None:
    """Under "no-referrer" browsers send "Origin: null", which no form survives."""
    world = World()
    world.contribute("Mehr Busse", consents=["contact"])
    page = client.get(reverse("contributions:receipt", args=[receipt_secret("k1")]))
    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-referrer" not in page.content.decode()


@pytest.mark.parametrize("purpose", ["\0", "nonsense", ""])
def test_an_odd_consent_is_taken_back_by_nobody(client: Client, purpose: str) -> None:
    contribution = World().contribute("Mehr Busse", consents=["contact"])
    address = reverse("contributions:receipt", args=[receipt_secret("k1")])
    assert client.post(address, {"consent": purpose}).status_code == 303
    assert contribution.consents.get().revoked_at is None


@pytest.mark.parametrize(
    "path",
    ["/en/contribution/receipt/SECRET/", "/de/rueckmeldung/quittung/SECRET.", "/x/receipt/SECRET"],
)
def test_secret_addresses_stay_out_of_the_log(path: str) -> None:
    record = logging.LogRecord("x", 30, "", 1, "Forbidden (%s): %s", ("why", path), None)
    assert Discretion().filter(record)
    assert "SECRET" not in record.getMessage()
    assert record.getMessage().startswith("Forbidden (why): /")


def test_invitations_stay_out_of_the_log_and_other_lines_as_they_are() -> None:
    path = "/de" + reverse("consultation:invitation", args=["a-b", "SECRET"]).split("/", 2)[2]
    record = logging.LogRecord("x", 30, "", 1, "Not Found: %s", ("/" + path.lstrip("/"),), None)
    Discretion().filter(record)
    assert "SECRET" not in record.getMessage()
    other = logging.LogRecord("x", 30, "", 1, "Not Found: %s", ("/de/konzepte/x/1/",), None)
    Discretion().filter(other)
    assert other.getMessage() == "Not Found: /de/konzepte/x/1/"


def second_consultation(world: World, **more: object) -> tuple[Edition, Consultation]:
    edition = start_edition(predecessor=world.edition, by=CLI, at=world.at)
    about = {
        "opens_at": world.at + timedelta(days=1),
        "closes_at": world.at + timedelta(days=9),
        "audience": "invited",
    }
    opened = open_consultation(on=edition, by=CLI, at=world.at, **(about | more))  # type: ignore[arg-type]
    return edition, opened


def test_invited_people_read_the_draft_when_it_opens(client: Client, set_clock: SetClock) -> None:
    world = World()
    _edition, planned = second_consultation(world)
    client.get(reverse("consultation:invitation", args=[planned.slug, planned.key]))
    address = reverse("contributions:comment", args=[planned.slug, 1])
    set_clock(world.at)
    assert client.get(reverse("consultation:read", args=[planned.slug])).status_code == 200
    assert client.get(address).status_code == 404
    set_clock(world.at + timedelta(days=2))
    assert client.get(address).status_code == 200


def test_a_basket_belongs_to_one_consultation() -> None:
    world = World()
    _edition, other = second_consultation(world, opens_at=world.at - timedelta(days=1))
    put_comment(consultation=world.consultation, secret="s", text="Hier", at=world.at)
    with pytest.raises(Refused):
        put_comment(consultation=other, secret="s", text="Dort", at=world.at)
    assert BasketComment.objects.get().text == "Hier"


def test_the_same_words_twice_lie_in_the_basket_once() -> None:
    world = World()
    for _click in range(2):
        put_comment(consultation=world.consultation, secret="s", text="Hier", at=world.at)
    assert BasketComment.objects.count() == 1


def test_forgetting_the_sender_empties_what_waits_in_the_outbox() -> None:
    world = World()
    contribution = world.contribute("Mehr Busse", receipt_address="https://x.example/{secret}/")
    assert Message.objects.get().to == "erika@post.example"
    forget_sender(contribution=contribution, by=CLI, at=world.at)
    message = Message.objects.get()
    assert (message.to, message.body, message.state) == ("", "", "failed")


@pytest.mark.parametrize(
    ("level", "is_kept"), [(logging.WARNING, False), (logging.INFO, False), (logging.ERROR, True)]
)
def test_only_errors_bring_a_traceback(level: int, is_kept: bool) -> None:
    """Whoever asks for what is not theirs must not fill the disk."""
    found = (PermissionError, PermissionError(), None)
    record = logging.LogRecord("django.request", level, "", 1, "Forbidden: /", (), found)
    assert Discretion().filter(record)
    assert (record.exc_info is not None) is is_kept
