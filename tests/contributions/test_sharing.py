"""A contribution in progress: kept for the period, continued by a colleague, sent by one."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import (
    SHARED,
    Basket,
    BasketComment,
    Contribution,
    digest,
)
from richtschnur.contributions.operations import (
    forget_old_baskets,
    join_basket,
    put_comment,
    share_basket,
)
from richtschnur.journal.refusals import Refused
from tests.support.clock import SetClock
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = pytest.mark.django_db


def address(world: World, name: str, *more: object) -> str:
    return reverse(f"contributions:{name}", args=[world.consultation.slug, *more])


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def write(client: Client, world: World, text: str, number: int = 1, **more: str) -> HttpResponse:
    return client.post(address(world, "comment", number), {"text": text} | more)


def link(client: Client, world: World) -> str:
    page = client.post(address(world, "share"))
    found = re.search(r"(/[^\"< ]+/[0-9a-f]{40}/)", words(page))
    assert found, words(page)
    return found[1]


def together(world: World) -> tuple[Client, Client, str]:
    one, other = Client(), Client()
    write(one, world, "Von mir.")
    way = link(one, world)
    other.post(way)
    return one, other, way


def hidden(page: HttpResponse, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', words(page))
    assert found
    return found[1]


def texts() -> set[str]:
    return set(BasketComment.objects.values_list("text", flat=True))


def test_only_a_digest_of_a_long_key_is_kept(world: World) -> None:
    _one, _other, way = together(world)
    key = way.rstrip("/").rpartition("/")[2]
    assert len(bytes.fromhex(key)) * 8 >= 128
    assert key not in str(list(Basket.objects.values_list()))
    stranger = Client()
    for odd in ("0" * 40, "x", key[:-1], key.upper(), "9" * 300):
        page = stranger.get(address(world, "carry_on", odd))
        assert page.status_code == 410
        assert "Von mir." not in words(page)
        assert stranger.post(address(world, "carry_on", odd)).status_code == 410
    assert stranger.cookies.get(f"richtschnur_basket_{world.consultation.pk}") is None


def test_the_link_is_shown_once_and_kept_out_of_caches_and_searches(world: World) -> None:
    client = Client()
    write(client, world, "Gut")
    page = client.post(address(world, "share"))
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "strict-origin"
    assert "noindex" in page["X-Robots-Tag"]
    way = link(client, world)
    assert way not in words(client.get(address(world, "basket")))
    assert client.get(address(world, "share")).status_code == 405


def test_looking_at_the_link_changes_nothing(world: World) -> None:
    one = Client()
    write(one, world, "Von mir.")
    way = link(one, world)
    robot = Client()
    page = robot.get(way)
    assert page.status_code == 200
    assert "Von mir." not in words(page)
    assert f"richtschnur_basket_{world.consultation.pk}" not in robot.cookies


def test_both_see_the_same_and_one_sends_it(world: World) -> None:
    one, other, _way = together(world)
    assert "Von mir." in words(other.get(address(world, "basket")))
    write(other, world, "Von der Kollegin.", 2)
    page = one.get(address(world, "basket"))
    assert "Von der Kollegin." in words(page)
    form = {name: hidden(page, name) for name in ("key", "seen")} | {"kind": "club"}
    sent = one.post(address(world, "basket"), form)
    assert sent.status_code == 303
    again = other.post(address(world, "basket"), form)
    assert again["Location"] == sent["Location"]
    assert Contribution.objects.get().comments.count() == 2
    after = other.get(address(world, "basket"))
    assert after.context["was_shared"]
    write(other, world, "Noch etwas.")
    assert texts() == {"Noch etwas."}
    assert Basket.objects.get().share_digest is None


def test_ones_own_comments_come_along(world: World) -> None:
    one, other = Client(), Client()
    write(one, world, "Von mir.")
    write(other, world, "Schon geschrieben.", 2)
    way = link(one, world)
    assert other.get(way).context["own_count"] == 1
    other.post(way)
    assert Basket.objects.count() == 1
    assert "Schon geschrieben." in words(one.get(address(world, "basket")))
    other.post(way)
    assert texts() == {"Von mir.", "Schon geschrieben."}


def test_ones_own_answers_come_along_and_of_two_the_shared_one_holds(world: World) -> None:
    about = {"consultation": world.consultation, "created_at": world.at, "touched_at": world.at}
    Basket.objects.create(secret_digest=digest("mine"), answers={"1": ["2"], "2": ["4"]}, **about)
    shared = Basket.objects.create(secret_digest=digest("ours"), answers={"2": ["3"]}, **about)
    key = share_basket(consultation=world.consultation, secret="ours", at=world.at)
    join_basket(consultation=world.consultation, key=key, own_secret="mine", at=world.at)
    shared.refresh_from_db()
    assert shared.answers == {"1": ["2"], "2": ["3"]}
    assert Basket.objects.count() == 1


def test_two_who_change_one_comment_lose_nothing(world: World) -> None:
    one, other, _way = together(world)
    pages = [client.get(address(world, "comment", 1)) for client in (one, other)]
    forms = [{name: hidden(page, name) for name in ("replaces", "seen")} for page in pages]
    write(one, world, "Eins geändert.", **forms[0])
    write(other, world, "Zwei geändert.", **forms[1])
    assert texts() == {"Eins geändert.", "Zwei geändert."}


def test_what_was_changed_meanwhile_is_neither_taken_out_nor_sent_unseen(world: World) -> None:
    one, other, _way = together(world)
    page = one.get(address(world, "basket"))
    remove = hidden(page, "remove")
    comment = BasketComment.objects.get()
    write(other, world, "Anders.", replaces=str(comment.pk), seen=comment.version)
    one.post(address(world, "basket"), {"remove": remove})
    assert texts() == {"Anders."}
    form = {name: hidden(page, name) for name in ("key", "seen")} | {"kind": "club"}
    refused = one.post(address(world, "basket"), form)
    assert refused.status_code == 409
    assert "Anders." in words(refused)
    assert not Contribution.objects.exists()
    form["seen"] = hidden(refused, "seen")
    assert one.post(address(world, "basket"), form).status_code == 303


def test_a_comment_taken_out_by_another_is_not_lost(world: World) -> None:
    one, other, _way = together(world)
    comment = BasketComment.objects.get()
    one.post(address(world, "basket"), {"remove": str(comment.pk)})
    write(other, world, "Lange überlegt.", replaces=str(comment.pk), seen=comment.version)
    assert texts() == {"Lange überlegt."}


def test_a_link_taken_back_opens_nothing_anywhere(world: World) -> None:
    one, other, way = together(world)
    write(other, world, "Von der Kollegin.", 2)
    other.post(address(world, "share"), {"stop": "1"})
    assert other.post(address(world, "share")).status_code == 302
    assert Client().get(way).status_code == 200
    one.post(address(world, "share"), {"stop": "1"})
    assert Client().get(way).status_code == 410
    assert "Von mir." not in words(other.get(address(world, "basket")))
    assert texts() == {"Von mir.", "Von der Kollegin."}
    write(other, world, "Danach.", 3)
    assert "Danach." not in words(one.get(address(world, "basket")))


def test_a_new_link_ends_the_old_one(world: World) -> None:
    one, _other, way = together(world)
    new = link(one, world)
    assert Client().get(way).status_code == 410
    assert Client().get(new).status_code == 200


def test_there_is_nothing_to_share_without_a_basket(world: World) -> None:
    assert Client().post(address(world, "share")).status_code == 302
    for secret in ("", "x", SHARED, f"{SHARED}x"):
        with pytest.raises(Refused):
            share_basket(consultation=world.consultation, secret=secret, at=world.at)
    with pytest.raises(Refused):
        put_comment(consultation=world.consultation, secret=f"{SHARED}x", text="x", at=world.at)


def test_after_the_deadline_the_link_says_so(world: World, set_clock: SetClock) -> None:
    _one, other, way = together(world)
    set_clock(world.consultation.closes_at + timedelta(hours=1))
    assert Client().get(way).status_code == 410
    assert "Von mir." in words(other.get(address(world, "basket")))


def test_it_is_kept_through_the_period_and_two_weeks(world: World) -> None:
    one = Client()
    write(one, world, "Gut")
    cookie = one.cookies[f"richtschnur_basket_{world.consultation.pk}"]
    left = world.consultation.closes_at - world.at
    assert int(cookie["max-age"]) == int((left + timedelta(days=14)).total_seconds())
    end = world.consultation.closes_at + timedelta(days=14)
    assert forget_old_baskets(at=end) == 0
    assert forget_old_baskets(at=end + timedelta(seconds=1)) > 0


def test_whoever_follows_the_link_may_read_an_invited_draft(set_clock: SetClock) -> None:
    world = World(audience="invited")
    set_clock(world.at)
    one, other = Client(), Client()
    key = world.consultation.key
    one.get(reverse("consultation:invitation", args=[world.consultation.slug, key]))
    write(one, world, "Von mir.")
    way = link(one, world)
    assert other.get(address(world, "basket")).status_code == 404
    assert other.post(way).status_code == 303
    assert "Von mir." in words(other.get(address(world, "basket")))


def test_sharing_costs_few_queries(world: World) -> None:
    _one, other, way = together(world)
    with at_most(8):
        other.get(address(world, "basket"))
    with at_most(6):
        Client().get(way)
