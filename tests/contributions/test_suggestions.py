"""Other words for a passage: suggested beside a comment, shown as a change, carried out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import Basket, BasketComment, Comment, Contribution
from richtschnur.contributions.operations import (
    NewComment,
    import_contributions,
    publish_comment,
    submit_contribution,
)
from richtschnur.contributions.rules import say_why
from richtschnur.evaluation.models import Change
from richtschnur.evaluation.queries import synopsis_points, synopsis_rows
from richtschnur.journal import commitments
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.operations import change_passage, start_edition
from tests.evaluation.answering import acting, logged_in, released, the_point
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = pytest.mark.django_db
BEFORE = "Absatz 1: Der Kreis zählt 1 Vereine."
AFTER = "Absatz 1: Der Kreis zählt 2 Vereine."


def place(world: World, number: int = 1) -> str:
    return reverse("contributions:comment", args=[world.consultation.slug, number])


def basket(world: World) -> str:
    return reverse("contributions:basket", args=[world.consultation.slug])


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def shows_change(page: HttpResponse) -> bool:
    text = words(page)
    return bool(
        re.search(r"<del>.{0,80}1 </del>", text) and re.search(r"<ins>.{0,90}2 </ins>", text)
    )


def suggest(client: Client, world: World, **more: str) -> HttpResponse:
    return client.post(place(world), {"text": "Es sind zwei.", "suggestion": AFTER} | more)


def sent(client: Client, world: World) -> HttpResponse:
    suggest(client, world)
    key = re.search(r'name="key" value="(\w+)"', words(client.get(basket(world))))
    assert key
    return client.post(basket(world), {"kind": "resident", "key": key[1]})


def test_without_a_reason_it_is_asked_for_and_the_words_stay(client: Client, world: World) -> None:
    for text in ("", "  \n "):
        page = suggest(client, world, text=text)
        assert page.status_code == 422
        assert page.context["form"].errors["text"] == [say_why()]
        assert AFTER in words(page)
        assert re.search(r'<details class="rewording" open>', words(page))
    assert not Basket.objects.exists()


@pytest.mark.parametrize("bad", ["Zwei\x00Vereine", "x" * 200_001, "Stra\ufffde"])
def test_words_that_cannot_be_stored_are_shown_again(
    client: Client, world: World, bad: str
) -> None:
    page = suggest(client, world, suggestion=bad)
    assert page.status_code == 422
    assert bad.replace("\x00", "␀") in words(page)
    assert "Es sind zwei." in words(page)
    assert not Basket.objects.exists()


def test_neither_the_whole_paper_nor_a_table_is_reworded(client: Client, world: World) -> None:
    whole = reverse("contributions:whole", args=[world.consultation.slug])
    assert 'name="suggestion"' not in words(client.get(whole))
    client.post(whole, {"text": "Gut", "suggestion": "Anders"})
    assert BasketComment.objects.get().suggestion == ""
    with pytest.raises(ValidationError):
        submitted(world, NewComment("Gut", None, suggestion="Anders"))
    passage = world.edition.passages.get(number=1)
    passage.kind = "table"
    with pytest.raises(ValidationError):
        submitted(world, NewComment("Gut", passage, suggestion="Anders"))


def test_a_suggestion_without_a_word_beside_it_is_refused_not_dropped(world: World) -> None:
    passage = world.edition.passages.get(number=1)
    with pytest.raises(Refused):
        submitted(world, NewComment("Gut", passage), NewComment(" ", passage, suggestion=AFTER))
    assert not Contribution.objects.exists()


def submitted(world: World, *comments: NewComment) -> Contribution:
    return submit_contribution(
        consultation=world.consultation,
        comments=comments,
        kind="resident",
        idempotency_key="s",
        by=CLI,
        at=world.at,
    ).contribution


def test_the_passage_as_it_stands_is_no_suggestion(client: Client, world: World) -> None:
    assert BEFORE in words(client.get(place(world)))
    suggest(client, world, suggestion=f" {BEFORE}\r\n")
    assert BasketComment.objects.get().suggestion == ""
    assert 'class="suggestion"' not in words(client.get(basket(world)))


def test_it_is_shown_as_a_change_from_the_basket_to_the_desk(client: Client, world: World) -> None:
    answer = sent(client, world)
    receipt = client.get(answer["Location"])
    assert shows_change(receipt)
    comment = Comment.objects.get()
    assert (comment.text, comment.suggestion) == ("Es sind zwei.", AFTER)
    staff = logged_in(world.officer)
    number = comment.contribution.number
    assert shows_change(staff.get(reverse("contributions:original", args=[number])))
    point = the_point()
    desk = reverse("evaluation:point", args=[world.consultation.slug, point.pk])
    assert shows_change(staff.get(desk))
    released(world, point)
    overview = reverse("evaluation:overview", args=[world.consultation.slug])
    assert not shows_change(Client().get(overview))
    publish_comment(comment=comment, by=acting(world, world.officer), at=world.at)
    assert shows_change(Client().get(overview))
    published = reverse("contributions:published", args=[world.consultation.slug])
    assert shows_change(Client().get(published))
    row = next(synopsis_rows(world.consultation, synopsis_points(world.consultation)))
    assert row.content()["suggestion"] == AFTER


def test_the_basket_shows_it_and_lets_it_be_changed(client: Client, world: World) -> None:
    suggest(client, world)
    suggest(client, world)
    assert BasketComment.objects.count() == 1
    assert shows_change(client.get(basket(world)))
    again = words(client.get(place(world)))
    assert AFTER in again
    assert '<details class="rewording" open>' in again
    pk = str(BasketComment.objects.get().pk)
    suggest(client, world, suggestion="Absatz 1: Der Kreis zählt 3 Vereine.", replaces=pk)
    assert "3 Vereine" in BasketComment.objects.get().suggestion


def test_the_commitment_holds_it_and_earlier_ones_stay_valid(world: World) -> None:
    passage = world.edition.passages.get(number=1)
    plain, reworded = (
        NewComment("Gut", passage),
        NewComment("Es sind zwei.", passage, suggestion=AFTER),
    )
    contribution = submitted(world, plain, reworded)
    first, second = (comment.content() for comment in contribution.comments.all())
    assert "suggestion" not in first
    assert second["suggestion"] == AFTER
    content = contribution.content(contribution.comments.all())
    salt = bytes(contribution.salt)
    assert commitments.commit(content, salt=salt) == contribution.commitment
    content["comments"][1]["suggestion"] = BEFORE
    assert commitments.commit(content, salt=salt) != contribution.commitment


def test_rows_of_a_table_bring_it_in_once(world: World) -> None:
    row = {"text": "Es sind zwei.", "passage": "1"}
    with_words = row | {"suggestion": AFTER}
    about = {"consultation": world.consultation, "by": CLI, "at": world.at}
    assert import_contributions(rows=[row], **about).imported == 1
    assert import_contributions(rows=[row | {"suggestion": ""}], **about).duplicates == 1
    assert import_contributions(rows=[with_words, with_words], **about).imported == 1
    assert Comment.objects.exclude(suggestion="").get().suggestion == AFTER


def carrying(world: World) -> tuple[Client, str, int]:
    passage = world.edition.passages.get(number=1)
    submitted(world, NewComment("Es sind zwei.", passage, suggestion=AFTER))
    response = released(world, the_point())
    start_edition(predecessor=world.edition, by=CLI, at=world.at)
    address = reverse("evaluation:change", args=[world.consultation.slug, passage.identity])
    return logged_in(world.officer), address, response.pk


def field(page: HttpResponse) -> str:
    found = re.search(r'<textarea name="text"[^>]*>\s*([^<]*)</textarea>', words(page))
    assert found
    return found[1].strip()


def test_carrying_out_offers_the_words(world: World) -> None:
    staff, address, answer = carrying(world)
    page = staff.get(address)
    assert shows_change(page)
    assert field(page) == BEFORE
    taken = staff.get(address, {"answer": answer, "suggested": "1"})
    assert field(taken) == AFTER
    revision = re.search(r'name="revision" value="(\d+)"', words(taken))
    assert revision
    form = {"responses": [answer], "text": AFTER, "revision": revision[1]}
    assert staff.post(address, form).status_code == 302
    assert Change.objects.get().edition.passages.get(number=1).text == AFTER
    for odd in ("", "x", "9" * 40, "-1"):
        assert staff.get(address, {"answer": odd, "suggested": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("meanwhile", "offered"),
    [
        ("Absatz 1: Der Landkreis zählt 1 Vereine.", "Absatz 1: Der Landkreis zählt 2 Vereine."),
        ("Absatz 1: Der Kreis zählt 5 Vereine.", AFTER),
    ],
)
def test_what_was_changed_meanwhile_is_kept_or_said(
    world: World, meanwhile: str, offered: str
) -> None:
    staff, address, answer = carrying(world)
    working = world.edition.strategy.editions.get(number=2)
    passage = working.passages.get(number=1)
    change_passage(passage=passage, text=meanwhile, by=CLI, at=world.at)
    taken = staff.get(address, {"answer": answer, "suggested": "1"})
    assert field(taken) == offered
    assert taken.context["taken"].is_clash == (offered == AFTER)


def test_suggestions_cost_no_further_queries(client: Client, world: World) -> None:
    for number in (1, 2, 3):
        client.post(place(world, number), {"text": "Gut", "suggestion": "Ganz anders."})
    with at_most(8):
        page = client.get(basket(world))
    assert words(page).count('class="suggestion"') == 3
