"""A sender objects to a comment's not being published; another person decides, and says why."""

from __future__ import annotations

from html import escape

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils.translation import override

from richtschnur.contributions.models import Comment, WithheldComment
from richtschnur.contributions.operations import (
    ask_erasure,
    confirm_erasure,
    object_to_withholding,
    publish_comment,
    uphold_withholding,
    withhold_comment,
)
from richtschnur.contributions.operations.submission import receipt_secret
from richtschnur.contributions.states import Ground
from richtschnur.journal.actors import VISITOR
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.refusals import Forbidden, Refused
from richtschnur.mail.models import Message
from tests.evaluation.answering import acting, logged_in
from tests.support.log import fresh_log
from tests.support.queries import at_most
from tests.support.staff import address
from tests.support.world import World

__all__ = ["fresh_log"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_log", "in_english")]
WORDS = "Ich habe niemanden beleidigt, das ist ein Zitat."


def withheld(world: World, **more: object) -> Comment:
    comment = world.contribute("Das ist doch alles Unsinn.", **more).comments.get()
    by = acting(world, world.officer)
    withhold_comment(comment=comment, ground="insult", by=by, at=world.at)
    return comment


def objected(world: World, **more: object) -> Comment:
    comment = withheld(world, **more)
    object_to_withholding(comment=comment, text=WORDS, by=VISITOR, at=world.at)
    return comment


def place(name: str = "objection", *more: object) -> str:
    args = more or (receipt_secret("k1"), 1)
    return address(f"contributions:{name}", *args)


def uphold(world: World, comment: Comment, who: str, note: str = "Es trifft Menschen.") -> None:
    by = acting(world, getattr(world, who))
    uphold_withholding(comment=comment, note=note, by=by, at=world.at)


# Refusals first


@pytest.mark.parametrize("text", ["", "  \n", "x" * 2001])
def test_an_objection_needs_words_that_fit(text: str, world: World) -> None:
    comment = withheld(world)
    with pytest.raises(Refused):
        object_to_withholding(comment=comment, text=text, by=VISITOR, at=world.at)
    with pytest.raises(ValidationError):
        object_to_withholding(comment=comment, text="a\0b", by=VISITOR, at=world.at)
    answer = Client().post(place(), {"text": text})
    assert answer.status_code == 422
    assert WithheldComment.objects.get().objected_at is None


def test_one_objects_once_and_only_to_what_is_withheld(world: World) -> None:
    comment = objected(world)
    with pytest.raises(Refused) as refusal:
        object_to_withholding(comment=comment, text=WORDS, by=VISITOR, at=world.at)
    assert refusal.value.code == "repeated"
    other = world.contribute("Mehr Busse.", key="k2").comments.get()
    with pytest.raises(Refused) as refusal:
        object_to_withholding(comment=other, text=WORDS, by=VISITOR, at=world.at)
    assert refusal.value.code == "stale"
    for odd in (place("objection", receipt_secret("k2"), 1), place("objection", "0" * 26, 1)):
        assert Client().get(odd).status_code == 404
    assert Client().get(place("objection", receipt_secret("k1"), 99)).status_code == 404


def test_whoever_decided_first_does_not_decide_again(world: World) -> None:
    comment = objected(world)
    with pytest.raises(Refused) as refusal:
        uphold(world, comment, "officer")
    assert refusal.value.code == "own"
    with pytest.raises(Forbidden):
        uphold(world, comment, "department")
    with pytest.raises(Refused) as refusal:
        uphold(world, comment, "reviewer", note=" ")
    assert refusal.value.code == "empty"
    assert WithheldComment.objects.get().is_contested


def test_without_an_objection_there_is_nothing_to_turn_down(world: World) -> None:
    comment = withheld(world)
    with pytest.raises(Refused) as refusal:
        uphold(world, comment, "reviewer")
    assert refusal.value.code == "transition"


# From the mail to the answer


def test_the_whole_way_in_the_senders_language(world: World) -> None:
    comment = withheld(world, language="uk")
    (mail,) = Message.objects.filter(about=f"contribution:{comment.contribution_id}")
    with override("uk"):
        assert str(Ground.INSULT.label) in mail.body, "the reason in the sender's language"
    client = Client()
    receipt = client.get(place("receipt", receipt_secret("k1"))).content.decode()
    assert place() in receipt
    form = client.get(place()).content.decode()
    assert address("publishing:page", "netiquette") in form
    assert address("publishing:page", "netiquette") in receipt
    assert "Das ist doch alles Unsinn." in form
    assert str(Ground.INSULT.label) in form
    assert client.post(place(), {"text": WORDS}).status_code == 303
    receipt = client.get(place("receipt", receipt_secret("k1"))).content.decode()
    assert "You objected on" in receipt
    assert place() not in receipt
    today = logged_in(world.reviewer).get(address("desk:today")).content.decode()
    assert "1 objection waits" in today
    review = place("review", world.consultation.slug)
    staff = logged_in(world.reviewer)
    page = staff.get(review, {"show": "contested"}).content.decode()
    assert WORDS in page
    about = {"act": "uphold", "comment": comment.pk}
    assert staff.post(f"{review}?show=contested", about).status_code == 422
    given = about | {f"c{comment.pk}-answer": "Es trifft einzelne Menschen."}
    own = logged_in(world.officer).post(f"{review}?show=contested", given)
    assert own.status_code == 409
    assert "let another person look" in own.content.decode()
    assert staff.post(f"{review}?show=contested", given).status_code == 303
    receipt = client.get(place("receipt", receipt_secret("k1"))).content.decode()
    assert "Es trifft einzelne Menschen." in receipt
    mails = Message.objects.filter(about=f"contribution:{comment.contribution_id}")
    assert "Es trifft einzelne Menschen." in mails.order_by("pk").last().body  # type: ignore[union-attr]
    today = logged_in(world.reviewer).get(address("desk:today")).content.decode()
    assert "objection waits" not in today
    acts = JournalEntry.objects.filter(act__endswith="_withholding").values_list("act", flat=True)
    assert sorted(acts) == ["contributions.object_withholding", "contributions.uphold_withholding"]


def test_followed_it_is_published_and_the_sender_told(world: World) -> None:
    comment = objected(world, language="en")
    publish_comment(comment=comment, by=acting(world, world.reviewer), at=world.at)
    assert not WithheldComment.objects.exists()
    mails = Message.objects.filter(about=f"contribution:{comment.contribution_id}").order_by("pk")
    assert [mail.subject.partition(": ")[2] for mail in mails] == [
        "a comment is not published",
        "our answer to your objection",
    ]


def test_an_objection_is_never_public_and_goes_with_the_contribution(
    world: World,
) -> None:
    comment = objected(world)
    slug = world.consultation.slug
    for name in ("contributions:published", "consultation:read", "evaluation:overview"):
        assert WORDS not in Client().get(address(name, slug)).content.decode()
    assert not any(WORDS in str(entry.data) for entry in JournalEntry.objects.all())
    contribution, by = comment.contribution, acting(world, world.officer)
    ask_erasure(contribution=contribution, ground="own-wish", by=by, at=world.at)
    confirm_erasure(contribution=contribution, by=acting(world, world.reviewer), at=world.at)
    assert not WithheldComment.objects.exists()
    assert Client().get(place()).status_code == 404


def test_the_rules_name_the_reasons(world: World) -> None:
    page = Client().get(address("publishing:page", "netiquette")).content.decode()
    assert all(escape(str(label)) in page for label in Ground.labels)
    assert "may object" in page


def test_few_questions(world: World) -> None:
    objected(world)
    with at_most(12):
        Client().get(place())
