"""Several rounds of one paper: numbered, listed, and the next one opened from the one before."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from richtschnur.consultation.models import Consultation
from richtschnur.consultation.operations import (
    NewQuestion,
    open_consultation,
    open_next_round,
    withdraw_invitation,
)
from richtschnur.consultation.queries.rounds import rounds_of
from richtschnur.journal.actors import CLI
from richtschnur.mail.models import Message
from richtschnur.strategy.operations import freeze_edition, start_edition
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.refusing import refused
from tests.support.round import ADDRESS, Round
from tests.support.staff import address, logged_in
from tests.support.survey import asked, survey
from tests.support.world import NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db
PERIOD = {"opens_at": NOON + timedelta(days=40), "closes_at": NOON + timedelta(days=60)}


def test_rounds_are_numbered_among_those_who_are_asked_alike() -> None:
    world = World()
    strategy = world.edition.strategy
    for n, audience in enumerate(("internal", "public", "public")):
        open_consultation(
            on=strategy,
            opens_at=NOON + timedelta(days=30 - n),
            closes_at=NOON + timedelta(days=50),
            audience=audience,
            by=CLI,
            at=NOON,
        )
    found = rounds_of(strategy.pk, NOON)
    rows = [(row.consultation.audience, row.number, row.phase.value) for row in found]
    assert rows == [
        ("public", 1, "open"),
        ("public", 2, "planned"),
        ("public", 3, "planned"),
        ("internal", 1, "planned"),
    ]


def test_questions_are_carried_over_with_the_passages_that_are_still_there() -> None:
    world = World()
    passages = list(world.edition.passages.order_by("number"))
    former = open_consultation(
        on=world.edition,
        opens_at=NOON,
        closes_at=NOON + timedelta(days=9),
        audience="public",
        questions=[
            NewQuestion("open", "Hier?", passage=passages[0]),
            NewQuestion("choice", "Wer?", options=("Amt", "Verein"), is_required=True),
        ],
        by=CLI,
        at=NOON,
    )
    draft = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    opened = open_next_round(
        former=former, on=draft, audience="public", with_questions=True, by=CLI, at=NOON, **PERIOD
    )
    here, who = asked(opened)
    assert here.passage is not None
    assert here.passage.edition == draft
    assert here.passage.identity == passages[0].identity
    assert (who.options, who.is_required) == (["Amt", "Verein"], True)
    assert opened.follows == former
    bare = open_next_round(
        former=former,
        on=world.edition.strategy,
        audience="public",
        with_questions=True,
        by=CLI,
        at=NOON,
        **PERIOD,
    )
    assert asked(bare)[0].passage is None


def test_guests_are_carried_over_with_new_addresses() -> None:
    round_ = Round()
    withdraw_invitation(invitation=round_.invitation("Gesundheitsamt"), by=CLI, at=NOON)
    draft = start_edition(predecessor=round_.edition, by=CLI, at=NOON)
    before = Message.objects.count()
    opened = open_next_round(
        former=round_.consultation,
        on=draft,
        audience="internal",
        with_invitations=True,
        address=ADDRESS,
        by=CLI,
        at=NOON,
        **PERIOD,
    )
    assert [row.name for row in opened.invitations.all()] == ["Jugendamt", "Kreisjugendring"]
    draft.refresh_from_db()
    assert draft.state == "circulated"
    (mail,) = Message.objects.order_by("pk")[before:]
    assert mail.to == "ja@kreis.example"
    former = set(round_.consultation.invitations.values_list("secret_digest", flat=True))
    assert former.isdisjoint(opened.invitations.values_list("secret_digest", flat=True))


def test_all_or_nothing() -> None:
    world, other = World(), survey()
    with refused("paper"):
        open_next_round(
            former=other, on=world.edition, audience="public", by=CLI, at=NOON, **PERIOD
        )
    draft = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    final = freeze_edition(edition=draft, state="for_decision", by=CLI, at=NOON)
    with refused("transition"):
        open_next_round(
            former=world.consultation, on=final, audience="public", by=CLI, at=NOON, **PERIOD
        )
    assert Consultation.objects.count() == 2


GIVEN = {
    "title": "Runde 2",
    "on": "2",
    "with_questions": "on",
    "opens_at": "2026-12-01T08:00",
    "closes_at": "2026-12-20T18:00",
    "audience": "public",
    "publication": "anonymised",
}


def test_staff_opens_the_second_from_the_first_and_everyone_finds_both(
    client: Client, set_clock: SetClock
) -> None:
    world = World()
    set_clock(NOON)
    start_edition(predecessor=world.edition, by=CLI, at=NOON)
    staff = logged_in(world.officer)
    where = address("consultation:next_round", world.consultation.slug)
    form = staff.get(where).context["form"]
    assert "round 2" in form["title"].value()
    assert form["on"].value() == "2"
    assert "with_invitations" not in form.fields
    assert staff.post(where, GIVEN).status_code == 302
    second = Consultation.objects.get(title="Runde 2")
    assert second.edition is not None
    assert second.edition.number == 2
    link = address("consultation:read", second.slug)
    first = client.get(address("consultation:read", world.consultation.slug)).content.decode()
    assert link in first
    edition = address("strategy:edition", world.edition.strategy.slug, 1)
    assert link in client.get(edition).content.decode()
    manage = staff.get(address("consultation:manage", world.consultation.slug)).content.decode()
    assert address("consultation:manage", second.slug) in manage
    with at_most(16):
        staff.get(address("consultation:manage", second.slug))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"on": "9"}, "choose one of these"),
        ({"title": ""}, "fill this in"),
        ({"closes_at": "2026-11-01"}, "lies before the start"),
    ],
)
def test_bad_input_opens_nothing(wrong: dict[str, str], says: str, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    start_edition(predecessor=world.edition, by=CLI, at=NOON)
    where = address("consultation:next_round", world.consultation.slug)
    page = logged_in(world.officer).post(where, GIVEN | wrong)
    assert says in page.content.decode()
    assert Consultation.objects.count() == 1
    assert logged_in(world.department).get(where).status_code == 403


def test_whoever_is_asked_by_name_is_not_asked_with_everyone(set_clock: SetClock) -> None:
    round_ = Round()
    set_clock(NOON)
    where = address("consultation:next_round", round_.consultation.slug)
    given = GIVEN | {"on": "", "with_invitations": "on"}
    page = logged_in(round_.world.officer).post(where, given).content.decode()
    assert "nobody needs a personal address" in page


def test_one_round_alone_makes_no_list(client: Client, set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    page = client.get(address("consultation:read", world.consultation.slug)).content.decode()
    assert "rounds of this paper" not in page
