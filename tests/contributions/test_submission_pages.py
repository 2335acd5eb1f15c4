"""From the first word to the receipt, in a browser without JavaScript."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from richtschnur.contributions.models import Basket, Comment, Consent, Contribution
from richtschnur.contributions.rules import TEXT_LIMIT
from richtschnur.mail.models import Message
from tests.support.clock import SetClock
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = pytest.mark.django_db


def place(world: World, number: int | None) -> str:
    slug = world.consultation.slug
    if number is None:
        return reverse("contributions:whole", args=[slug])
    return reverse("contributions:comment", args=[slug, number])


def basket(world: World) -> str:
    return reverse("contributions:basket", args=[world.consultation.slug])


def words(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def key(client: Client, world: World) -> str:
    found = re.search(r'name="key" value="(\w+)"', words(client.get(basket(world))))
    assert found
    return found[1]


def send(client: Client, world: World, **more: str) -> HttpResponse:
    return client.post(basket(world), {"kind": "resident", "key": key(client, world)} | more)


def test_the_whole_way(client: Client, world: World) -> None:
    first = client.post(place(world, 2), {"text": "Der Bus fehlt.\r\nAbends."})
    read = reverse("consultation:read", args=[world.consultation.slug])
    assert (first.status_code, first["Location"]) == (302, f"{read}#p2")
    cookie = client.cookies[f"richtschnur_basket_{world.consultation.pk}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) >= 43
    second = client.post(place(world, None), {"text": "Gut so.", "then": "basket"})
    assert second["Location"] == basket(world)
    assert "Der Bus fehlt." in words(client.get(basket(world)))
    sent = send(client, world, email="erika@post.example", contact="on")
    assert sent.status_code == 303
    contribution = Contribution.objects.get()
    assert [c.text for c in contribution.comments.all()] == ["Gut so.", "Der Bus fehlt.\nAbends."]
    assert Consent.objects.get().purpose == "contact"
    assert not Basket.objects.exists()
    assert sent["Location"] in Message.objects.get().body
    assert mail.outbox == []
    receipt = Client().get(sent["Location"])
    assert contribution.number in words(receipt)
    assert "Der Bus fehlt." in words(receipt)
    assert receipt["Referrer-Policy"] == "strict-origin"
    assert receipt["Cache-Control"] == "no-store, private"
    assert "noindex" in receipt["X-Robots-Tag"]


def test_sending_takes_eleven_questions_however_much_is_sent(client: Client, world: World) -> None:
    for number in (1, 2, 3):
        client.post(place(world, number), {"text": f"Nummer {number}"})
    form = {"kind": "resident", "key": key(client, world)}
    with at_most(11):
        assert client.post(basket(world), form).status_code == 303


def test_a_retry_leads_to_the_same_receipt(client: Client, world: World) -> None:
    client.post(place(world, 1), {"text": "Einmal"})
    form = {"kind": "resident", "key": key(client, world)}
    first = client.post(basket(world), form)
    client.post(place(world, 1), {"text": "Später"})
    again = client.post(basket(world), form)
    assert first["Location"] == again["Location"]
    assert Contribution.objects.count() == 1
    assert "Später" in words(client.get(basket(world)))
    assert send(client, world)["Location"] != first["Location"]
    assert Contribution.objects.count() == 2


def test_a_retry_after_the_deadline_still_finds_its_receipt(
    client: Client, world: World, set_clock: SetClock
) -> None:
    client.post(place(world, 1), {"text": "Einmal"})
    form = {"kind": "resident", "key": key(client, world)}
    first = client.post(basket(world), form)
    set_clock(world.consultation.closes_at + timedelta(hours=1))
    assert client.post(basket(world), form)["Location"] == first["Location"]


def test_a_second_click_puts_one_comment_into_the_basket(client: Client, world: World) -> None:
    for _click in range(2):
        client.post(place(world, 1), {"text": "Einmal"})
    assert words(client.get(basket(world))).count("Einmal") == 1


def test_comments_can_be_changed_and_taken_out(client: Client, world: World) -> None:
    client.post(place(world, 1), {"text": "Alt"})
    pk = str(Basket.objects.get().comments.get().pk)
    assert "Alt" in words(client.get(place(world, 1), {"comment": pk}))
    client.post(place(world, 1), {"text": "Neu", "replaces": pk})
    assert [c.text for c in Basket.objects.get().comments.all()] == ["Neu"]
    Client().post(basket(world), {"remove": pk})
    assert Basket.objects.get().comments.exists()
    client.post(basket(world), {"remove": pk})
    assert not Basket.objects.get().comments.exists()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("", ""),
        (" \n ", ""),
        ("x" * 2_000_000, "x" * 2_000_000),
        ("Bus\x00fehlt", "Bus␀fehlt"),
        ("Bus\x1bfehlt", "Bus␛fehlt"),
        ("Stra\ufffde", "Stra\ufffde"),
    ],
)
def test_what_cannot_be_kept_is_said_and_stays_in_the_form(
    client: Client, world: World, text: str, kept: str
) -> None:
    response = client.post(place(world, 1), {"text": text})
    assert response.status_code == 422
    assert 'id="errors"' in words(response)
    assert kept in words(response)
    assert not Basket.objects.exists()


def test_text_in_another_encoding_is_named(client: Client, world: World) -> None:
    body = "text=" + "Stra%DFe"
    response = client.post(place(world, 1), body, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422
    assert "Stra\ufffde" in words(response)


def test_long_texts_fit(client: Client, world: World) -> None:
    assert client.post(place(world, 1), {"text": "ä" * 20_000}).status_code == 302
    assert TEXT_LIMIT >= 20_000


def test_after_the_deadline_the_text_is_shown_to_be_copied(
    client: Client, world: World, set_clock: SetClock
) -> None:
    client.post(place(world, 1), {"text": "Im Korb"})
    form = {"kind": "resident", "key": key(client, world), "name": "Erika"}
    set_clock(world.consultation.closes_at + timedelta(seconds=1))
    late = client.post(place(world, 2), {"text": "Zu spät geschrieben"})
    assert late.status_code == 409
    assert "Zu spät geschrieben" in words(late)
    assert client.get(place(world, 2)).status_code == 200
    refused = client.post(basket(world), form)
    assert refused.status_code == 409
    assert "Im Korb" in words(refused)
    assert not Contribution.objects.exists()


def test_the_last_second_counts(client: Client, world: World, set_clock: SetClock) -> None:
    set_clock(world.consultation.closes_at + timedelta(milliseconds=999))
    client.post(place(world, 1), {"text": "Knapp"})
    assert send(client, world).status_code == 303
    assert not Contribution.objects.get().is_late


@pytest.mark.parametrize("purpose", ["contact", "newsletter", "take_part"])
def test_consents_that_need_an_address_say_so(client: Client, world: World, purpose: str) -> None:
    client.post(place(world, 1), {"text": "Hallo"})
    response = send(client, world, name="Erika <b>", **{purpose: "on"})
    assert response.status_code == 422
    assert "Erika <b>" in words(response)
    assert "Erika <b>" not in response.content.decode()
    assert re.search(rf'name="{purpose}"[^>]*checked', words(response))
    assert not Contribution.objects.exists()


def test_no_consent_is_ticked_and_nobody_must_be_named(client: Client, world: World) -> None:
    client.post(place(world, 1), {"text": "Hallo"})
    assert "checked" not in words(client.get(basket(world)))
    response = client.post(basket(world), {"key": key(client, world)})
    assert response.status_code == 422
    assert send(client, world).status_code == 303
    assert not Consent.objects.exists()


def test_a_consent_is_taken_back_at_the_receipt(client: Client, world: World) -> None:
    client.post(place(world, 1), {"text": "Hallo"})
    address = send(client, world, name="Erika", publish_name="on")["Location"]
    response = client.post(address, {"consent": "publish_name"})
    assert response.status_code == 303
    assert Consent.objects.get().revoked_at is not None
    assert client.post(address, {"consent": "nonsense"}).status_code == 303


def test_unknown_receipts_answer_alike(client: Client) -> None:
    first = client.get(reverse("contributions:receipt", args=["0" * 48]))
    second = client.get(reverse("contributions:receipt", args=["abc"]))
    assert first.status_code == second.status_code == 404


def test_an_empty_basket_says_what_to_do(client: Client, world: World) -> None:
    assert client.get(basket(world)).status_code == 200
    form = {"kind": "resident", "key": "0" * 64}
    assert client.post(basket(world), form).status_code == 409


def test_queries_are_few(client: Client, world: World) -> None:
    for number in (1, 2, 3):
        client.post(place(world, number), {"text": f"Zu {number}"})
    form = {"kind": "resident", "key": key(client, world)}
    with at_most(12):
        sent = client.post(basket(world), form)
    assert sent.status_code == 303
    with at_most(15):
        client.get(sent["Location"])
    assert Comment.objects.count() == 3


@pytest.mark.parametrize("publication", ["not", "anonymised", "names_by_consent"])
def test_a_name_is_asked_for_publication_only_where_names_are_published(
    client: Client, publication: str, set_clock: SetClock
) -> None:
    world = World()
    set_clock(world.at)
    type(world.consultation).objects.update(publication=publication)
    with translation.override("en"):
        place = reverse("contributions:whole", args=[world.consultation.slug])
        client.post(place, {"text": "Gut so."})
        page = client.get(reverse("contributions:basket", args=[world.consultation.slug]))
    assert ('name="publish_name"' in page.content.decode()) == (publication == "names_by_consent")
