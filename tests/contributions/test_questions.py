"""Answering: into the basket, reviewed, sent once, part of what the commitment stands for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from richtschnur.consultation.operations import NewQuestion
from richtschnur.contributions.models import Answer, Basket, Comment, Contribution
from richtschnur.contributions.operations import NewAnswer, NewComment, submit_contribution
from richtschnur.contributions.queries import comments_of
from richtschnur.evaluation.models import Point
from richtschnur.journal import commitments
from richtschnur.journal.actors import CLI, VISITOR
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.refusing import refused
from tests.support.staff import address, logged_in
from tests.support.survey import ASKED, answer, asked, fill_in, page, survey
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


def sent(client: Client, consultation: object) -> Contribution:
    """Send what lies in the basket, and give what was stored."""
    review = client.get(page("basket", consultation))  # type: ignore[arg-type]
    given = {"key": review.context["key"], "kind": "club"}
    answer = client.post(page("basket", consultation), given)  # type: ignore[arg-type]
    assert answer.status_code == 303, answer.content.decode()
    return Contribution.objects.get()


def test_answers_wait_in_the_basket_and_are_sent_once(client: Client, set_clock: SetClock) -> None:
    opened = survey()
    set_clock(NOON)
    read = client.get(address("consultation:read", opened.slug)).content.decode()
    assert page("questions", opened) in read
    form = client.get(page("questions", opened)).content.decode()
    assert "Ein Satz genügt &lt;b&gt;." in form
    assert fill_in(client, opened, "Zeit & Raum", "3", "", ["1", "3"])["Location"] == page(  # type: ignore[index]
        "basket", opened
    )
    review = client.get(page("basket", opened)).content.decode()
    assert "3 – gut" in review
    assert "Beratung<br>Sport" in review
    assert "Zeit &amp; Raum" in review
    stored = sent(client, opened)
    values = stored.answers.values_list("question__position", "value")
    assert list(values) == [(2, "3"), (4, "Beratung"), (4, "Sport")]
    comment = stored.comments.get()
    assert comment.question == asked(opened)[0]
    assert Point.objects.get().comment == comment
    assert not Basket.objects.exists()


def test_what_was_answered_before_stands_in_the_form_and_can_be_changed(
    client: Client, set_clock: SetClock
) -> None:
    opened = survey()
    set_clock(NOON)
    fill_in(client, opened, "Zeit", "1", "2", ["2"])
    form = client.get(page("questions", opened)).context["form"]
    q = asked(opened)
    initial = [form[f"question_{each.pk}"].value() for each in q]
    assert initial == ["Zeit", "1", "2", ["2"]]
    fill_in(client, opened, "", "", "1", [])
    assert Basket.objects.get().answers == {str(q[2].pk): ["bis 20"]}
    assert list(sent(client, opened).answers.values_list("value", flat=True)) == ["bis 20"]


def test_answers_alone_are_a_contribution_and_no_point(client: Client, set_clock: SetClock) -> None:
    opened = survey()
    set_clock(NOON)
    fill_in(client, opened, "", "2", "", [])
    stored = sent(client, opened)
    assert not stored.comments.exists()
    assert not Point.objects.exists()
    assert not stored.is_nil_return


def test_the_commitment_stands_for_the_answers_too() -> None:
    stored = answer(survey(), "k", "3", "Kurse", text="Mehr Raum.")
    stored = Contribution.objects.get(pk=stored.pk)
    comments, answers = list(comments_of(stored)), list(stored.answers.all())
    salt = bytes(stored.salt)
    whole = stored.content(comments, answers=answers)
    assert whole["answers"] == [{"question": 2, "value": "3"}, {"question": 4, "value": "Kurse"}]
    assert whole["comments"][0]["question"] == 1
    assert commitments.commit(whole, salt=salt) == stored.commitment
    answers[0].value = "1"
    assert (
        commitments.commit(stored.content(comments, answers=answers), salt=salt)
        != stored.commitment
    )
    assert commitments.commit(stored.content(comments), salt=salt) != stored.commitment


def test_the_database_keeps_answers() -> None:
    stored = answer(survey(), "k", "3")
    for act in (lambda: Answer.objects.update(value="1"), lambda: stored.answers.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


@pytest.mark.parametrize("given", [("x" * 200_001,), ("a\0b",), ("", "4"), ("", "0"), ("", "x")])
def test_bad_answers_are_told_and_nothing_is_kept(
    given: tuple[object, ...], client: Client, set_clock: SetClock
) -> None:
    opened = survey()
    set_clock(NOON)
    told = fill_in(client, opened, *given)
    assert told.status_code == 422  # type: ignore[attr-defined]
    assert 'id="errors"' in told.content.decode()  # type: ignore[attr-defined]
    assert not Basket.objects.exists()


def test_the_operation_takes_only_what_can_be_answered() -> None:
    opened, other = survey(), survey()
    open_, scale, choice, _many = asked(opened)

    def send(*answers: NewAnswer, comment: NewComment | None = None) -> None:
        submit_contribution(
            consultation=opened,
            comments=[comment] if comment else [],
            answers=answers,
            kind="club",
            idempotency_key="k",
            by=VISITOR,
            at=NOON,
        )

    with refused("no-such-answer"):
        send(NewAnswer(scale, "9"))
    with refused("no-such-answer"):
        send(NewAnswer(choice, "bis 20"), NewAnswer(choice, "mehr"))
    with refused("no-such-answer"):
        send(NewAnswer(open_, "frei"))
    with refused("stale"):
        send(NewAnswer(asked(other)[1], "1"))
    with refused("stale"):
        send(comment=NewComment("x", question=asked(other)[0]))
    with refused("empty"):
        send()
    assert not Contribution.objects.exists()


def test_what_must_be_answered_holds_back_the_sending_and_not_a_letter(
    client: Client, set_clock: SetClock
) -> None:
    must = NewQuestion("choice", "Wo?", options=("Stadt", "Dorf"), is_required=True)
    opened = survey(questions=(must, ASKED[0]))
    set_clock(NOON)
    assert fill_in(client, opened, "", "Text").status_code == 422  # type: ignore[attr-defined]
    client.post(page("whole", opened), {"text": "Nur das."})
    review = client.get(page("basket", opened))
    told = client.post(page("basket", opened), {"key": review.context["key"], "kind": "club"})
    assert told.status_code == 409
    assert "Wo?" in told.content.decode()
    submit_contribution(
        consultation=opened,
        comments=[NewComment("Ein Brief.")],
        kind="club",
        channel="letter",
        idempotency_key="letter",
        by=CLI,
        at=NOON,
    )
    assert Contribution.objects.count() == 1


def test_before_and_after_the_period_nothing_can_be_answered(
    client: Client, set_clock: SetClock
) -> None:
    opened = survey(NOON + timedelta(days=1))
    set_clock(NOON)
    assert client.get(page("questions", opened)).status_code == 404
    set_clock(opened.closes_at + timedelta(seconds=1))
    told = fill_in(client, opened, "Zu spät")
    assert told.status_code == 409  # type: ignore[attr-defined]
    assert "Zu spät" in told.content.decode()  # type: ignore[attr-defined]
    assert client.get(page("questions", survey(questions=()))).status_code == 404


def test_comments_on_the_paper_and_answers_do_not_mix(client: Client, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    passage = world.edition.passages.get(number=1)
    from richtschnur.consultation.models import Consultation
    from richtschnur.consultation.operations import open_consultation

    opened = open_consultation(
        on=world.edition,
        opens_at=NOON,
        closes_at=NOON + timedelta(days=5),
        audience="public",
        publication="anonymised",
        questions=[NewQuestion("open", "Stimmt das?", passage=passage), ASKED[0]],
        by=CLI,
        at=NOON,
    )
    fill_in(client, opened, "Ja.", "Nichts.")
    written = client.get(address("contributions:comment", opened.slug, 1))
    assert written.context["typed"] == ""
    assert client.get(page("whole", opened)).context["typed"] == ""
    client.post(address("contributions:comment", opened.slug, 1), {"text": "Ja."})
    stored = sent(client, opened)
    rows = stored.comments.values_list("text", "passage__number", "question__text")
    assert list(rows) == [
        ("Ja.", 1, None),
        ("Ja.", 1, "Stimmt das?"),
        ("Nichts.", None, "Was fehlt?"),
    ]
    read = client.get(address("consultation:read", opened.slug)).content.decode()
    assert "A question on this passage" in read
    assert Consultation.objects.count() == 2
    staff = logged_in(world.officer)
    point = Point.objects.get(comment=Comment.objects.get(question__text="Was fehlt?"))
    shown = staff.get(address("evaluation:point", opened.slug, point.pk)).content.decode()
    assert "Was fehlt?" in shown
    assert staff.get(address("evaluation:queue", opened.slug)).status_code == 200
    assert (
        "Stimmt das?"
        in staff.get(address("contributions:original", stored.number)).content.decode()
    )


def test_staff_records_answers_from_paper(set_clock: SetClock) -> None:
    opened, world = survey(), World()
    set_clock(NOON)
    staff = logged_in(world.officer)
    where = page("record", opened)
    assert "Wie gut klappt es?" in staff.get(where).content.decode()
    q = asked(opened)
    given = {
        "received_at": "2026-11-02T10:00",
        "channel": "letter",
        "kind": "club",
        "key": "k" * 20,
        "rows": "5",
        f"question_{q[0].pk}": "Räume.",
        f"question_{q[1].pk}": "2",
    }
    assert staff.post(where, given).status_code == 302
    stored = Contribution.objects.get()
    assert stored.answers.get().value == "2"
    assert stored.comments.get().question == q[0]


def test_queries_are_few(client: Client, set_clock: SetClock) -> None:
    opened = survey()
    set_clock(NOON)
    fill_in(client, opened, "Zeit", "1", "2", ["2"])
    with at_most(8):
        client.get(page("questions", opened))
    with at_most(8):
        client.get(page("basket", opened))
    review = client.get(page("basket", opened))
    with at_most(15):
        client.post(page("basket", opened), {"key": review.context["key"], "kind": "club"})
