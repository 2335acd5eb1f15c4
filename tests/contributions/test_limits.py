"""Sending very often asks for one more step; nobody is rejected, nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from richtschnur.contributions.models import Comment, Contribution, Suspicion
from richtschnur.contributions.operations import publish_clean
from richtschnur.journal.refusals import Refused
from richtschnur.ui import limits
from richtschnur.ui.buckets import MOST_BUCKETS, Buckets
from tests.support.clock import SetClock, set_clock
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def open_basket(world: World, client: Client, text: str = "Mehr Busse, bitte.") -> dict[str, str]:
    """Write a comment; what the review page's form holds."""
    slug = world.consultation.slug
    client.post(address("contributions:whole", slug), {"text": text})
    key = client.get(address("contributions:basket", slug)).context["key"]
    return {"kind": "resident", "key": key, "name": "Erika Beispiel"}


def drained(at: object) -> None:
    while limits.SENDING.take("127.0.0.1", at):  # type: ignore[arg-type]
        pass


def test_beyond_the_limit_one_more_step_keeps_what_was_typed(set_clock: SetClock) -> None:
    set_clock(NOON)
    world, client = World(), Client()
    typed = open_basket(world, client)
    drained(NOON)
    basket = address("contributions:basket", world.consultation.slug)
    asked = client.post(basket, typed | {"about-age": "30_44"})
    assert asked.status_code == 429
    words = asked.content.decode()
    assert 'value="Erika Beispiel"' in words
    assert '<option value="30_44" selected>' in words
    assert "Mehr Busse, bitte." in words
    assert not Contribution.objects.exists()
    typed["confirm"] = asked.context["confirm"]
    again = client.post(basket, typed)
    assert again.status_code == 429  # too quick; the same confirmation is kept
    assert again.context["confirm"] == typed["confirm"]
    set_clock(NOON + timedelta(seconds=limits.WAIT))
    assert client.post(basket, typed).status_code == 303
    assert Contribution.objects.count() == 1


@pytest.mark.parametrize(
    "forged", ["", "x", "1.2", "\0", "9" * 40, "1793610000." + "0" * 40, "٣.٤", "-5.abc", "ü.ü"]
)
def test_a_forged_confirmation_confirms_nothing(forged: str, set_clock: SetClock) -> None:
    set_clock(NOON)
    world, client = World(), Client()
    typed = open_basket(world, client)
    drained(NOON)
    answer = client.post(
        address("contributions:basket", world.consultation.slug), typed | {"confirm": forged}
    )
    assert answer.status_code == 429


def test_a_confirmation_holds_for_its_own_form_only(set_clock: SetClock) -> None:
    set_clock(NOON)
    world, mine, other = World(), Client(), Client()
    drained(NOON)
    basket = address("contributions:basket", world.consultation.slug)
    confirm = mine.post(basket, open_basket(world, mine)).context["confirm"]
    set_clock(NOON + timedelta(seconds=5))
    typed = open_basket(world, other) | {"confirm": confirm}
    assert other.post(basket, typed).status_code == 429


def test_ten_thousand_bot_posts_hold_out_none_of_a_hundred_people(set_clock: SetClock) -> None:
    """All from one address, as behind one proxy; the bot never confirms."""
    moment = NOON
    set_clock(moment)
    world = World()
    basket = address("contributions:basket", world.consultation.slug)
    rejected = slowed = 0
    for person in range(100):
        for _post in range(100):  # the bot's posts, as far as the limit sees them
            limits.SENDING.take("127.0.0.1", moment)
        client = Client()
        typed = open_basket(world, client, f"Von Mensch {person}.")
        answer = client.post(basket, typed)
        if answer.status_code == 429:
            slowed += 1
            moment += timedelta(seconds=4)
            set_clock(moment)
            answer = client.post(basket, typed | {"confirm": answer.context["confirm"]})
        rejected += answer.status_code != 303
    assert slowed > 90
    assert rejected == 0
    assert Contribution.objects.count() == 100


def test_a_class_of_thirty_behind_one_address_is_not_even_asked(set_clock: SetClock) -> None:
    set_clock(NOON)
    world = World()
    for child in range(30):
        client = Client()
        typed = open_basket(world, client, f"Kind {child} wünscht sich einen Bus.")
        sent = client.post(address("contributions:basket", world.consultation.slug), typed)
        assert sent.status_code == 303


def test_buckets_fill_again_forget_addresses_and_stay_small() -> None:
    buckets = Buckets(burst=2, seconds=10)
    taken = [buckets.take("203.0.113.7", NOON) for _try in range(3)]
    assert taken == [True, True, False]
    assert buckets.take("203.0.113.8", NOON)
    assert buckets.take("203.0.113.7", NOON + timedelta(seconds=10))
    assert buckets.take("203.0.113.7", NOON - timedelta(hours=2)) in (True, False)  # clock jumps
    assert "203.0.113.7" not in repr(buckets.__dict__)
    for number in range(MOST_BUCKETS + 500):
        buckets.take(str(number), NOON)
    assert len(buckets._levels) <= MOST_BUCKETS
    assert buckets.take("203.0.113.7", NOON + timedelta(days=1))
    assert len(buckets._levels) == 1


def test_the_trap_holds_for_review_and_drops_nothing(set_clock: SetClock) -> None:
    set_clock(NOON)
    world, client = World(), Client()
    typed = open_basket(world, client) | {"website": "https://buy.example"}
    sent = client.post(address("contributions:basket", world.consultation.slug), typed)
    assert sent.status_code == 303
    assert Suspicion.objects.get().contribution == Contribution.objects.get()
    by = world.officer.actor(world.at.date())
    with pytest.raises(Refused):
        publish_clean(comments=list(Comment.objects.all()), by=by, at=world.at)
    page = logged_in(world.officer).get(address("contributions:review", world.consultation.slug))
    assert "perhaps a machine has sent this" in page.content.decode()
    assert page.context["clean"] == []
