"""An office answers by its personal address: no login, nothing lost, nobody else let in."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from richtschnur.consultation.models import Invitation
from richtschnur.consultation.operations import secret_of, send_link_again, withdraw_invitation
from richtschnur.contributions.models import Contribution
from richtschnur.contributions.operations import send_nil_return
from richtschnur.evaluation.models import Point
from richtschnur.journal.actors import CLI
from richtschnur.mail.models import Message
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.round import ADDRESS, Round
from tests.support.staff import address, logged_in
from tests.support.world import NOON

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
AFTER = NOON + timedelta(days=15)


@pytest.fixture(autouse=True)
def _at_noon(set_clock: SetClock) -> None:
    set_clock(NOON)


def test_from_the_mail_to_the_answer_without_a_login() -> None:
    round_ = Round()
    client = round_.visitor()
    assert client.get(round_.page("consultation:read")).status_code == 200
    round_.remark(client, "Bitte „Elternabende“ streichen.", 4)
    sent = round_.send(client, name="Herr Kern")
    assert sent["Location"] == round_.address()
    assert sent.status_code == 303
    contribution = Contribution.objects.get()
    assert contribution.invitation == round_.invitation()
    assert (contribution.kind, contribution.channel) == ("authority", "web")
    sender = contribution.sender
    assert (sender.organisation, sender.name) == ("Jugendamt", "Herr Kern")
    page = client.get(round_.address()).content.decode()
    assert "Bitte „Elternabende“ streichen." in page
    assert contribution.number in page
    assert Point.objects.get().comment.passage.number == 4
    receipt = Message.objects.get(about=f"contribution:{contribution.pk}")
    assert receipt.to == "ja@kreis.example"
    assert round_.address() in receipt.body


def test_who_answers_is_known_and_not_asked_for_again() -> None:
    round_ = Round()
    client = round_.visitor()
    round_.remark(client, "Gut.")
    page = client.get(round_.page("contributions:basket"))
    assert page.context["form"].initial == {"name": "Frau Blum"}
    assert list(page.context["form"].fields) == ["name", "key", "seen"]
    assert "Jugendamt" in page.content.decode()


def test_answering_again_adds_a_supplement() -> None:
    round_ = Round()
    for text in ("Zuerst dies.", "Und dann noch dies.", "Und das."):
        client = round_.visitor()
        round_.remark(client, text)
        round_.send(client)
    page = round_.visitor().get(round_.address()).content.decode()
    assert page.count("What you sent") == 1
    assert page.count("What you added (supplement)") == 2
    invitation = round_.invitation()
    assert (invitation.remark_count, invitation.answered_at) == (3, NOON)


def test_the_same_form_twice_is_one_answer() -> None:
    round_ = Round()
    client = round_.visitor()
    round_.remark(client, "Einmal.")
    key = client.get(round_.page("contributions:basket")).context["key"]
    for _click in range(2):
        assert round_.send(client, key=key)["Location"] == round_.address()
    assert Contribution.objects.count() == 1
    assert round_.invitation().remark_count == 1


def test_two_people_of_one_office_lose_nothing_of_each_other() -> None:
    round_ = Round()
    one, other = round_.visitor(), round_.visitor()
    round_.remark(one, "Von der Leitung.")
    round_.remark(other, "Aus dem Fachdienst.")
    assert "2 comments" in one.get(round_.address()).content.decode()
    round_.send(other)
    page = one.get(round_.address()).content.decode()
    assert "Von der Leitung." in page
    assert "Aus dem Fachdienst." in page


def test_one_button_is_a_nil_return_and_twice_is_one() -> None:
    round_ = Round()
    client = round_.visitor()
    for _click in range(2):
        answer = client.post(round_.page("contributions:nil_return"))
        assert answer["Location"] == round_.address()
    contribution = Contribution.objects.get()
    assert contribution.is_nil_return
    assert contribution.sender.organisation == "Jugendamt"
    assert round_.invitation().state == "nil"
    page = client.get(round_.address()).content.decode()
    assert "You have told us that you have no remarks." in page
    assert "We have no remarks (nil return)" not in page
    round_.remark(client, "Doch noch etwas.")
    round_.send(client)
    assert round_.invitation().state == "answered"


def test_a_nil_return_denies_no_remarks() -> None:
    round_ = Round()
    client = round_.visitor()
    round_.remark(client, "Etwas.")
    waiting = client.post(round_.page("contributions:nil_return"))
    assert waiting["Location"] == round_.page("contributions:basket")
    round_.send(client)
    assert client.post(round_.page("contributions:nil_return")).status_code == 303
    assert not Contribution.objects.filter(is_nil_return=True).exists()
    assert round_.invitation().state == "answered"


@pytest.mark.parametrize("secret", ["x", "0" * 48, "a" * 500, "Ä", "JUGENDAMT"])
def test_other_secrets_lead_nowhere(secret: str) -> None:
    round_ = Round()
    wrong = round_.address().replace(secret_of(round_.invitation()), secret)
    client = Client()
    assert client.get(wrong).status_code == 404
    client.cookies[f"richtschnur_invitation_{round_.consultation.pk}"] = "0" * 48
    assert client.get(round_.page("consultation:read")).status_code == 404
    client.cookies[f"richtschnur_invitation_{round_.consultation.pk}"] = "x" * 5000
    assert client.get(round_.page("consultation:read")).status_code == 404
    assert client.post(round_.page("contributions:nil_return")).status_code == 404
    assert Invitation.objects.filter(opened_at__isnull=False).count() == 0


def test_the_stored_digest_is_no_key() -> None:
    round_ = Round()
    digest = round_.invitation().secret_digest
    address = round_.address().replace(secret_of(round_.invitation()), digest)
    assert Client().get(address).status_code == 404


def test_without_the_address_there_is_no_such_consultation() -> None:
    round_ = Round()
    client = Client()
    for page, number in (
        ("consultation:read", None),
        ("contributions:whole", None),
        ("contributions:comment", 1),
        ("contributions:basket", None),
        ("evaluation:overview", None),
    ):
        address = round_.page(page, *([number] if number else []))
        assert client.get(address).status_code == 404, page
    assert client.post(round_.page("contributions:nil_return")).status_code == 404


def test_an_address_opens_its_own_consultation_alone() -> None:
    first = Round()
    client = first.visitor()
    secret = secret_of(first.invitation())
    other_pk = first.world.consultation.pk
    client.cookies[f"richtschnur_invitation_{other_pk}"] = secret
    page = client.get(
        first.page("consultation:read").replace(
            first.consultation.slug, first.world.consultation.slug
        )
    )
    assert "You answer for" not in page.content.decode()


def test_what_is_withdrawn_or_renewed_is_closed_at_once() -> None:
    round_ = Round()
    client, gone = round_.visitor(), round_.address()
    send_link_again(invitation=round_.invitation(), address=ADDRESS, by=CLI, at=NOON)
    assert client.get(gone).status_code == 404
    assert client.get(round_.page("consultation:read")).status_code == 404
    client, gone = round_.visitor(), round_.address()
    round_.remark(client, "Bleibt in der Sammlung.")
    withdraw_invitation(invitation=round_.invitation(), by=CLI, at=NOON)
    assert client.get(gone).status_code == 404
    assert client.post(round_.page("contributions:nil_return")).status_code == 404
    assert client.get(round_.page("contributions:basket")).status_code == 404
    assert Contribution.objects.count() == 0


def test_after_the_deadline_it_shows_what_was_sent_and_takes_nothing(set_clock: SetClock) -> None:
    round_ = Round()
    client = round_.visitor()
    round_.remark(client, "Rechtzeitig.")
    round_.send(client)
    round_.remark(client, "Nicht abgeschickt.", 2)
    set_clock(AFTER)
    page = client.get(round_.address()).content.decode()
    assert "Rechtzeitig." in page
    assert "The deadline is over." in page
    assert "1 comment was not sent" in page
    assert "Nicht abgeschickt." in client.get(round_.page("contributions:basket")).content.decode()
    late = client.post(round_.page("contributions:comment", 3), {"text": "Zu spät getippt."})
    assert late.status_code == 409
    assert "Zu spät getippt." in late.content.decode()
    client.post(round_.page("contributions:nil_return"))
    assert Contribution.objects.count() == 1


def test_after_the_deadline_the_address_opens_the_draft_no_more(set_clock: SetClock) -> None:
    round_ = Round()
    set_clock(AFTER)
    client = Client()
    page = client.get(round_.address())
    assert page.status_code == 200
    assert "Nothing came from your office" in page.content.decode()
    assert client.get(round_.page("consultation:read")).status_code == 404


def test_opening_is_noted_once_and_by_looking_alone(set_clock: SetClock) -> None:
    round_ = Round()
    assert Client().head(round_.address()).status_code == 200
    assert round_.invitation().opened_at is None
    round_.visitor()
    set_clock(NOON + timedelta(hours=3))
    round_.visitor()
    assert round_.invitation().opened_at == NOON
    assert Client().post(round_.address()).status_code == 405


def test_the_page_is_kept_from_caches_and_search_engines() -> None:
    round_ = Round()
    page = Client().get(round_.address())
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    assert page["Referrer-Policy"] == "strict-origin"
    cookie = page.cookies[f"richtschnur_invitation_{round_.consultation.pk}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "/participation/round/" in Client().get("/robots.txt").content.decode()


@pytest.mark.parametrize("count", [1, 12])
def test_the_page_keeps_its_queries(count: int) -> None:
    round_ = Round()
    client = round_.visitor()
    for number in range(count):
        round_.remark(client, f"Punkt {number}", number % 5 + 1)
    with at_most(9):
        client.get(round_.page("contributions:basket"))
    round_.send(client)
    with at_most(20):
        assert client.get(round_.address()).content.decode().count("Punkt") == count


@pytest.mark.django_db(transaction=True)
def test_many_clicks_on_nil_at_once_are_one() -> None:
    round_ = Round()
    invitation = round_.invitation()

    def click() -> str:
        try:
            return send_nil_return(invitation=invitation, at=NOON).contribution.number
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        numbers = {job.result() for job in [pool.submit(click) for _click in range(8)]}
    assert len(numbers) == 1
    assert Contribution.objects.count() == 1


def test_what_an_office_says_on_the_phone_is_its_answer_too() -> None:
    round_ = Round()
    client = logged_in(round_.world.officer)
    record = address("contributions:record", round_.consultation.slug)
    page = client.get(record)
    assert [label for _pk, label in page.context["form"].fields["invitation"].choices][1:] == [
        "Gesundheitsamt",
        "Jugendamt",
        "Kreisjugendring",
    ]
    rows = {f"{name}_{n}": "" for n in range(5) for name in ("passage", "text")}
    given = rows | {
        "received_at": "2026-11-02T11:00",
        "channel": "oral",
        "kind": "authority",
        "invitation": str(round_.invitation().pk),
        "is_nil_return": "on",
        "key": "phone",
        "rows": "5",
    }
    assert client.post(record, given | {"invitation": "999999"}).status_code == 200
    assert client.post(record, given).status_code == 302
    assert round_.invitation().state == "nil"
    assert Contribution.objects.get().sender.organisation == "Jugendamt"
    elsewhere = client.get(address("contributions:record", round_.world.consultation.slug))
    assert "invitation" not in elsewhere.context["form"].fields


def test_no_way_from_the_offices_pages_ends_at_a_wall() -> None:
    round_ = Round()
    client = round_.visitor()
    round_.remark(client, "Etwas.")
    pages = [round_.address(), *map(round_.page, ("consultation:read", "contributions:basket"))]
    found = {
        link
        for page in pages
        for link in re.findall(r'href="(/en/[^"#]*)', client.get(page).content.decode())
    }
    assert len(found) > 8
    walls = [link for link in sorted(found) if client.get(link).status_code >= 400]
    assert walls == []
