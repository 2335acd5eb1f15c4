"""The staff's pages of a round: two steps to start it, one table to watch it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from richtschnur.accounts.models import Office
from richtschnur.consultation.models import Consultation, Invitation
from richtschnur.consultation.operations import (
    Guest,
    answer_invitation,
    invite_offices,
    open_invitation,
    secret_of,
)
from richtschnur.journal.actors import CLI
from richtschnur.mail.models import Message
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline, start_edition
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.round import ADDRESS, Round
from tests.support.staff import address, logged_in
from tests.support.world import NOON, World, outline

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon(set_clock: SetClock) -> None:
    set_clock(NOON)


def _draft(world: World) -> tuple[Edition, str, dict[str, object]]:
    edition = keep_outline(outline=outline(2), by=CLI, at=NOON)
    given: dict[str, object] = {
        "title": "Abstimmung",
        "introduction": "Bitte auf die Fristen achten.",
        "closes_at": "2026-11-16T18:00",
        "answers_by_on": "2026-12-01",
        "offices": [str(world.office.pk)],
        "others": "Kreisjugendring; Frau Blum; blum@example.org\nSeniorenbeirat",
    }
    return edition, address("consultation:round_start", edition.strategy.slug, 1), given


def test_two_steps_and_only_the_second_does_it() -> None:
    world = World()
    edition, where, given = _draft(world)
    client = logged_in(world.officer)
    first = client.get(where)
    assert first.context["form"]["offices"].value() == [str(world.office.pk)]
    assert first.context["form"]["title"].value().endswith(edition.title)
    second = client.post(where, given)
    assert second.status_code == 200
    assert [g.name for g in second.context["form"].guests] == [
        "Jugendamt",
        "Kreisjugendring",
        "Seniorenbeirat",
    ]
    assert not Invitation.objects.exists()
    edition.refresh_from_db()
    assert edition.is_working
    typed = dict(given)
    hidden = second.context["typed"]
    assert {name for name, _value in hidden} == set(typed)
    back = client.post(where, given | {"back": "1"})
    assert back.context["form"]["others"].value() == given["others"]
    done = client.post(where, given | {"confirmed": "1"})
    opened = Consultation.objects.get(edition=edition)
    assert done["Location"] == address("consultation:round", opened.slug)
    assert opened.invitations.count() == 3
    again = client.post(where, given | {"confirmed": "1"})
    assert "already" in again.content.decode()
    assert Consultation.objects.filter(edition=edition).count() == 1


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"offices": [], "others": ""}, "offices", "at least one office"),
        ({"offices": ["999999"]}, "offices", "choose one"),
        ({"others": "Amt; ; kein-at-zeichen"}, "others", "Line 1"),
        ({"others": "B\nA; b; c@example.org; d"}, "others", "Line 2"),
        ({"others": "; Frau Blum"}, "others", "Line 1"),
        ({"others": "x" * 201}, "others", "Line 1"),
        ({"others": "jugendamt"}, "others", "named twice"),
        ({"others": "A\na"}, "others", "named twice"),
        ({"others": "Amt \x07"}, "others", "invisible"),
        ({"others": "\n".join(f"Stelle {n}" for n in range(301))}, "others", "At most 300"),
        ({"closes_at": "2026-11-01T18:00"}, "closes_at", "in the past"),
        ({"closes_at": "bald"}, "closes_at", "not a date"),
        ({"answers_by_on": "2026-11-10"}, "answers_by_on", "before the deadline"),
        ({"title": ""}, "title", "fill this in"),
    ],
)
def test_what_does_not_fit_is_said_and_nothing_is_lost(
    wrong: dict[str, object], field: str, says: str
) -> None:
    world = World()
    _edition, where, given = _draft(world)
    page = logged_in(world.officer).post(where, given | wrong | {"confirmed": "1"})
    assert page.status_code == 200
    assert says in str(page.context["form"].errors[field])
    assert "Bitte auf die Fristen achten." in page.content.decode()
    assert not Invitation.objects.exists()


def test_an_office_by_its_abbreviation_in_a_line_is_that_office() -> None:
    world = World()
    _edition, where, given = _draft(world)
    typed = given | {"offices": [], "others": "JA; neu@kreis.example", "confirmed": "1"}
    logged_in(world.officer).post(where, typed)
    invitation = Invitation.objects.get()
    assert (invitation.office, invitation.email) == (world.office, "neu@kreis.example")


def test_it_is_offered_where_it_can_be_done() -> None:
    world = World()
    edition = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    client = logged_in(world.officer)
    act = address("strategy:act", edition.strategy.slug, edition.number)
    offered = address("consultation:round_start", edition.strategy.slug, edition.number)
    assert offered in client.get(act).content.decode()
    frozen = address("strategy:act", edition.strategy.slug, 1)
    assert "/round/" not in client.get(frozen).content.decode()
    consulted = address("consultation:round_start", edition.strategy.slug, 1)
    typed = {
        "title": "T",
        "closes_at": "2026-11-16",
        "offices": [str(world.office.pk)],
        "confirmed": "1",
    }
    assert "next edition" in client.post(consulted, typed).content.decode()


def test_the_table_says_how_far_each_office_is() -> None:
    round_ = Round()
    answer_invitation(invitation=round_.invitation(), remarks=2, at=NOON)
    open_invitation(invitation=round_.invitation("Gesundheitsamt"), at=NOON)
    client = logged_in(round_.world.officer)
    where = address("consultation:round", round_.consultation.slug)
    page = client.get(where)
    words = page.content.decode()
    assert "2 of 3 offices have not answered yet." in words
    for state in ("answered with remarks", "opened, no answer yet", "not opened yet"):
        assert state in words
    found = {
        state: [row.name for row in client.get(where, {"state": state}).context["rows"]]
        for state in ("answered", "opened", "invited", "waiting", "nil", "nonsense\0")
    }
    assert found == {
        "answered": ["Jugendamt"],
        "opened": ["Gesundheitsamt"],
        "invited": ["Kreisjugendring"],
        "waiting": ["Gesundheitsamt", "Kreisjugendring"],
        "nil": [],
        "nonsense\0": [],
    }


@pytest.mark.parametrize("count", [1, 40])
def test_the_table_keeps_its_queries(count: int) -> None:
    round_ = Round()
    invite_offices(
        consultation=round_.consultation,
        guests=[Guest(f"Stelle {n}") for n in range(count)],
        address=ADDRESS,
        by=CLI,
        at=NOON,
    )
    client = logged_in(round_.world.officer)
    with at_most(10):
        client.get(address("consultation:round", round_.consultation.slug))


def test_departments_watch_and_change_nothing() -> None:
    round_ = Round()
    client = logged_in(round_.world.department)
    page = client.get(address("consultation:round", round_.consultation.slug))
    assert page.status_code == 200
    words = page.content.decode()
    assert "/invited/" not in words
    assert "round/remind" not in words
    pk = round_.invitation().pk
    for closed in (
        address("consultation:invited", pk),
        address("consultation:letter", pk),
        address("consultation:round_invite", round_.consultation.slug),
    ):
        assert client.get(closed).status_code == 403
    assert (
        client.post(address("consultation:round_remind", round_.consultation.slug)).status_code
        == 403
    )
    assert "login" in Client().get(address("consultation:invited", pk))["Location"]


def test_remind_all_and_more_offices(set_clock: SetClock) -> None:
    round_ = Round()
    client = logged_in(round_.world.officer)
    set_clock(NOON + timedelta(days=2))
    where = address("consultation:round_remind", round_.consultation.slug)
    assert "2 offices are reminded." in client.post(where, follow=True).content.decode()
    assert "Nobody is left" in client.post(where, follow=True).content.decode()
    assert client.get(where).status_code == 405
    Office.objects.create(short="HA", name="Hauptamt", email="ha@kreis.example")
    more = address("consultation:round_invite", round_.consultation.slug)
    form = client.get(more).context["form"]
    assert [label for _key, label in form.fields["offices"].choices] == [
        "Hauptamt – ha@kreis.example"
    ]
    key = form.fields["offices"].choices[0][0]
    client.post(more, {"offices": [key], "others": ""})
    assert round_.invitation("Hauptamt").email == "ha@kreis.example"
    said = client.post(more, {"others": "Jugendamt"}).content.decode()
    assert "is asked already" in said


def test_one_invitation_reminded_renewed_withdrawn(set_clock: SetClock) -> None:
    round_ = Round()
    set_clock(NOON + timedelta(days=2))
    client = logged_in(round_.world.officer)
    invitation = round_.invitation()
    where = address("consultation:invited", invitation.pk)
    old = secret_of(invitation)
    assert old not in client.get(where).content.decode()
    client.post(where, {"remind": "1"})
    assert round_.invitation().reminded_at == NOON + timedelta(days=2)
    wrong = client.post(where, {"again": "1", "email": "kein-at"})
    assert wrong.context["form"].errors
    client.post(where, {"again": "1", "email": "neu@kreis.example"})
    assert secret_of(round_.invitation()) != old
    assert Message.objects.filter(to="neu@kreis.example").count() == 1
    client.post(where, {"withdraw": "1"})
    twice = client.post(where, {"withdraw": "1"}, follow=True)
    assert "withdrawn already" in twice.content.decode()
    assert client.post(where).status_code == 200


def test_without_an_e_mail_there_is_a_letter() -> None:
    round_ = Round()
    client = logged_in(round_.world.officer)
    club = round_.invitation("Kreisjugendring")
    letter = client.get(address("consultation:letter", club.pk))
    assert secret_of(club) in letter.content.decode()
    assert "no-store" in letter["Cache-Control"]
    assert client.get(address("consultation:letter", round_.invitation().pk)).status_code == 404


def test_a_public_consultation_has_no_round() -> None:
    world = World()
    client = logged_in(world.officer)
    for name in ("round", "round_invite"):
        where = address(f"consultation:{name}", world.consultation.slug)
        assert client.get(where).status_code == 404


def test_after_the_round_person_and_address_are_forgotten(set_clock: SetClock) -> None:
    round_ = Round()
    client = logged_in(round_.world.officer)
    where = address("consultation:invited", round_.invitation().pk)
    assert "still runs" in client.post(where, {"forget": "1"}, follow=True).content.decode()
    assert round_.invitation().email == "ja@kreis.example"
    set_clock(NOON + timedelta(days=15))
    assert "Delete for good" in client.get(where).content.decode()
    client.post(where, {"forget": "1"})
    invitation = round_.invitation()
    assert (invitation.contact, invitation.email, invitation.name) == ("", "", "Jugendamt")
    assert not Message.objects.filter(to="ja@kreis.example").exists()
    assert client.get(address("consultation:letter", invitation.pk)).status_code == 404
