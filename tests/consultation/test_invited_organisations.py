"""Organisations of the register are asked by name or with their body; a merge moves their seats."""

from __future__ import annotations

import pytest

from richtschnur.consultation.forms import GuestsForm
from richtschnur.consultation.models import Invitation
from richtschnur.consultation.operations import Guest, invite_offices
from richtschnur.contributions.operations import kind_of
from richtschnur.contributions.states import PERSONS, Kind
from richtschnur.journal.actors import CLI
from richtschnur.network.models import Entry
from richtschnur.network.operations import (
    archive_organization,
    keep_body,
    keep_membership,
    merge_organizations,
)
from richtschnur.network.states import OrganizationKind
from tests.network.register import TREFF, keep
from tests.support.queries import at_most
from tests.support.round import ADDRESS, Round
from tests.support.world import NOON

pytestmark = pytest.mark.django_db


def form(**given: object) -> GuestsForm:
    return GuestsForm({"offices": [], "others": "", **given}, at=NOON)


def test_a_name_in_the_register_brings_its_mailbox() -> None:
    treff = keep()
    asked = form(others="frauentreff hagenwerth; Frau Blum\nNeue Gruppe")
    assert asked.is_valid()
    known, other = asked.guests
    assert known == Guest(TREFF.name, "Frau Blum", TREFF.emails[0], organization=treff)
    assert other == Guest("Neue Gruppe")
    given = form(others="Frauentreff Hagenwerth; ; eigene@post.example")
    assert given.is_valid()
    assert given.guests[0].email == "eigene@post.example"


def test_two_of_one_name_and_the_archive_are_not_guessed() -> None:
    first = keep()
    keep()
    asked = form(others="Frauentreff Hagenwerth")
    assert asked.is_valid()
    assert asked.guests[0].organization is None
    archive_organization(organization=first, by=CLI, at=NOON)
    again = form(others="Frauentreff Hagenwerth")
    assert again.is_valid()
    assert again.guests[0].organization not in (None, first)


def test_a_body_brings_all_that_sit_in_it_once() -> None:
    assert "bodies" not in form().fields
    treff, other = keep(), keep(Entry(name="Ohne Postfach"))
    gone = keep(Entry(name="Früher dabei"))
    body = keep_body(kind="advisory", name="Integrationsbeirat", by=CLI, at=NOON)
    for one in (treff, other, other):
        keep_membership(body=body, organization=one, by=CLI, at=NOON)
    keep_membership(
        body=body, organization=gone, until_on=NOON.date().replace(year=2020), by=CLI, at=NOON
    )
    with at_most(12):
        asked = form(bodies=[str(body.pk)], others="Frauentreff Hagenwerth")
        assert asked.is_valid()
    assert [guest.name for guest in asked.guests] == [TREFF.name, "Ohne Postfach"]
    assert not form(bodies=["999"]).is_valid()


def test_contributions_say_of_organisations_what_the_register_says() -> None:
    persons = {kind.value for kind in PERSONS}
    assert set(Kind.values) - persons == set(OrganizationKind.values)
    same = set(Kind.values) - persons - {"other"}
    assert all(str(Kind(v).label) == str(OrganizationKind(v).label) for v in same)


def test_invitations_follow_a_merge() -> None:
    round_ = Round()
    treff, kept = keep(), keep(Entry(name="Der andere"))
    invite_offices(
        consultation=round_.consultation,
        guests=[Guest(treff.name, organization=treff)],
        address=ADDRESS,
        by=CLI,
        at=NOON,
    )
    assert kind_of(Invitation.objects.get(name=treff.name)) == Kind.CLUB
    merge_organizations(kept=kept, gone=treff, entry=TREFF, by=CLI, at=NOON)
    assert Invitation.objects.get(name=treff.name).organization == kept
