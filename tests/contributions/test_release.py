"""Inside an invited office: colleagues write along, one releases, nobody's words are lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from richtschnur.consultation.models import Invitation
from richtschnur.consultation.operations import (
    colleague_secret_of,
    send_link_again,
    shared_basket_secret,
    withdraw_invitation,
)
from richtschnur.consultation.queries import invitation_by_secret
from richtschnur.contributions.models import Basket, BasketComment, Contribution, Sender
from richtschnur.contributions.operations import send_basket, send_nil_return, sending_key, state_of
from richtschnur.journal.actors import CLI
from tests.support.clock import SetClock, set_clock
from tests.support.refusing import refused
from tests.support.round import ADDRESS, Round
from tests.support.world import NOON

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def during(set_clock: SetClock) -> None:
    set_clock(NOON + timedelta(hours=1))


def colleague_address(round_: Round) -> str:
    with override("en"):
        secret = colleague_secret_of(round_.invitation())
        return reverse("consultation:office", args=[secret])


def colleague(round_: Round) -> Client:
    client = Client()
    assert client.get(colleague_address(round_)).status_code == 200
    return client


def test_colleagues_write_into_one_basket_and_one_releases_it() -> None:
    round_ = Round()
    head, other = round_.visitor(), colleague(round_)
    round_.remark(other, "Aus dem Fachdienst.")
    round_.remark(head, "Von der Leitung.", 2)
    review = other.get(round_.page("contributions:basket")).content.decode()
    assert "Von der Leitung." in review
    assert 'name="key"' not in review
    assert "Frau Blum" in review
    sent = round_.send(head, name="Amtsleiterin Kern")
    assert sent.status_code == 303  # type: ignore[attr-defined]
    contribution = Contribution.objects.get()
    assert contribution.comments.count() == 2
    assert Sender.objects.get(contribution=contribution).name == "Amtsleiterin Kern"
    assert "Aus dem Fachdienst." in other.get(colleague_address(round_)).content.decode()


def test_who_writes_along_can_send_nothing_whatever_is_posted() -> None:
    round_ = Round()
    other = colleague(round_)
    other.post(round_.page("contributions:nil_return"))
    round_.remark(other, "Nur ein Entwurf.")
    secret = shared_basket_secret(round_.invitation())
    basket = Basket.objects.get()
    seen, key = state_of(basket, basket.comments.all(), []), sending_key(basket)
    typed = {"key": key, "seen": seen, "name": "x"}
    answer = other.post(round_.page("contributions:basket"), typed)
    assert answer.status_code == 409
    invitation = invitation_by_secret(colleague_secret_of(round_.invitation()))
    assert invitation is not None
    with refused("not-released"):
        send_nil_return(invitation=invitation, at=NOON)
    with refused("not-released"):
        send_basket(
            consultation=round_.consultation,
            secret=secret,
            key=key,
            seen=seen,
            kind="authority",
            invitation=invitation,
            at=NOON,
        )
    assert not Contribution.objects.exists()
    assert Basket.objects.count() == 1


def test_only_what_was_looked_at_is_released() -> None:
    round_ = Round()
    head, other = round_.visitor(), colleague(round_)
    round_.remark(head, "Gesehen.")
    shown = head.get(round_.page("contributions:basket")).context
    typed = {"key": shown["key"], "seen": shown["seen"], "name": "Kern"}
    round_.remark(other, "Noch nicht gesehen.", 2)
    answer = head.post(round_.page("contributions:basket"), typed)
    assert answer.status_code == 409
    typed.pop("seen")
    assert head.post(round_.page("contributions:basket"), typed).status_code == 409
    assert "Noch nicht gesehen." in answer.content.decode()
    assert not Contribution.objects.exists()
    round_.send(head, name="Kern")
    assert Contribution.objects.get().comments.count() == 2


def test_two_who_change_the_same_comment_both_keep_their_words() -> None:
    round_ = Round()
    head, other = round_.visitor(), colleague(round_)
    round_.remark(head, "Erste Fassung.")
    where = round_.page("contributions:comment", 1)
    forms = [client.get(where).context["form"].initial for client in (head, other)]
    for client, form, text in zip((head, other), forms, ("Kopf.", "Fachdienst."), strict=True):
        client.post(where, form | {"text": text})
    assert set(BasketComment.objects.values_list("text", flat=True)) == {"Kopf.", "Fachdienst."}


def test_the_address_for_colleagues_is_shown_to_who_releases_and_dies_with_the_other() -> None:
    round_ = Round()
    page = round_.visitor().get(round_.address()).content.decode()
    assert colleague_address(round_) in page
    theirs = Client().get(colleague_address(round_)).content.decode()
    assert round_.address() not in theirs
    former = colleague_address(round_)
    send_link_again(invitation=round_.invitation(), address=ADDRESS, by=CLI, at=NOON)
    assert Client().get(former).status_code == 404
    renewed = colleague_address(round_)
    withdraw_invitation(invitation=round_.invitation(), by=CLI, at=NOON)
    with override("en"):
        assert Client().get(renewed).status_code == 404


def test_what_was_begun_stays_when_the_address_is_sent_again() -> None:
    round_ = Round()
    round_.remark(round_.visitor(), "Schon begonnen.")
    send_link_again(invitation=round_.invitation(), address=ADDRESS, by=CLI, at=NOON)
    review = round_.visitor().get(round_.page("contributions:basket")).content.decode()
    assert "Schon begonnen." in review


def test_offices_do_not_see_each_others_baskets() -> None:
    round_ = Round()
    round_.remark(round_.visitor(), "Nur für uns.")
    other = round_.visitor("Gesundheitsamt")
    assert "Nur für uns." not in other.get(round_.page("contributions:basket")).content.decode()


def test_an_invitation_from_before_gets_its_second_address_when_it_is_opened() -> None:
    round_ = Round()
    Invitation.objects.update(colleague_digest=None)
    assert Client().get(colleague_address(round_)).status_code == 404
    round_.visitor()
    assert Client().get(colleague_address(round_)).status_code == 200


def test_who_releases_is_named() -> None:
    round_ = Round()
    letter = round_.visitor("Kreisjugendring")
    round_.remark(letter, "Gut so.")
    assert round_.send(letter).status_code == 422  # type: ignore[attr-defined]
    assert not Contribution.objects.exists()
    assert round_.send(letter, name="Frau Sommer").status_code == 303  # type: ignore[attr-defined]
    assert Sender.objects.get().name == "Frau Sommer"
    known = round_.visitor("Gesundheitsamt")
    round_.remark(known, "Auch gut.")
    round_.send(known)
    assert Sender.objects.filter(name="Frau Blum").exists()


def test_after_the_deadline_nobody_is_shown_the_second_address(set_clock: SetClock) -> None:
    round_ = Round()
    set_clock(NOON + timedelta(days=15))
    assert colleague_address(round_) not in Client().get(round_.address()).content.decode()
