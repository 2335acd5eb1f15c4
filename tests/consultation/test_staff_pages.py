"""Opening, sharing and closing a consultation."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from richtschnur.consultation.models import Consultation
from richtschnur.journal.actors import CLI
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import start_edition
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import BERLIN, NOON, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db

GIVEN = {
    "title": "Was meinen Sie?",
    "introduction": "Der Entwurf ist offen.",
    "opens_at": "2026-11-03T08:00",
    "closes_at": "2026-12-01T18:00",
    "audience": "public",
    "publication": "anonymised",
    "answers_by_on": "2027-01-31",
}


def _working(world: World) -> tuple[Edition, str]:
    edition = start_edition(predecessor=world.edition, by=CLI, at=NOON)
    return edition, address("consultation:open", edition.strategy.slug, edition.number)


def test_opening_freezes_publishes_and_leads_to_the_address_to_share() -> None:
    world = World()
    edition, where = _working(world)
    client = logged_in(world.officer)
    answer = client.post(where, GIVEN)
    opened = Consultation.objects.get(edition=edition)
    assert answer["Location"] == address("consultation:manage", opened.slug)
    assert opened.closes_at == datetime(2026, 12, 1, 18, 0, tzinfo=BERLIN)
    edition.refresh_from_db()
    assert edition.is_published
    page = client.get(answer["Location"]).content.decode()
    assert f"http://testserver{address('consultation:read', opened.slug)}" in page
    assert 'src="data:image/svg+xml' in page


@pytest.mark.parametrize(
    ("wrong", "field", "says"),
    [
        ({"closes_at": "2026-11-01T18:00"}, "closes_at", "lies before the start"),
        ({"closes_at": "bald"}, "closes_at", "is not a date"),
        ({"opens_at": "2026-03-29T02:30"}, "opens_at", "summer time"),
        ({"answers_by_on": "2026-11-20"}, "answers_by_on", "before the deadline"),
        ({"title": ""}, "title", ""),
        ({"title": "x" * 301}, "title", ""),
        ({"introduction": "Glocke \x07"}, "introduction", "invisible"),
        ({"audience": "mars"}, "audience", ""),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_typed_values_stay(
    wrong: dict[str, str], field: str, says: str
) -> None:
    world = World()
    edition, where = _working(world)
    page = logged_in(world.officer).post(where, GIVEN | wrong)
    words = page.content.decode()
    assert page.status_code == 200
    assert field in page.context["form"].errors
    assert says in words
    kept = {"introduction": "Der Entwurf ist offen.", "title": "Was meinen Sie?"}
    for name, value in kept.items():
        assert name in wrong or value in words
    edition.refresh_from_db()
    assert edition.is_working


def test_german_dates_are_understood() -> None:
    world = World()
    edition, where = _working(world)
    typed = {"opens_at": "3.11.2026 8:00", "closes_at": "01.12.2026"}
    assert logged_in(world.officer).post(where, GIVEN | typed).status_code == 302
    opened = Consultation.objects.get(edition=edition)
    assert opened.closes_at == datetime(2026, 12, 1, 23, 59, 59, tzinfo=BERLIN)


def test_an_edition_of_another_state_is_refused_with_a_sentence() -> None:
    world = World()
    Edition.objects.filter(pk=world.edition.pk).update(state="repealed")
    where = address("consultation:open", world.edition.strategy.slug, 1)
    page = logged_in(world.officer).post(where, GIVEN)
    assert "Please start the next edition" in page.content.decode()


def test_an_invitation_has_its_own_address() -> None:
    world = World(audience="invited")
    manage = address("consultation:manage", world.consultation.slug)
    page = logged_in(world.officer).get(manage).content.decode()
    assert world.consultation.key in page


def test_closing_early_is_asked_once(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    client = logged_in(world.officer)
    close = address("consultation:close", world.consultation.slug)
    assert "undone" in client.get(close).content.decode()
    assert client.post(close).status_code == 302
    world.consultation.refresh_from_db()
    assert world.consultation.closed_at == NOON
    set_clock(NOON + timedelta(minutes=1))
    assert client.get(close).status_code == 404
    assert client.post(close).status_code == 409


def test_departments_see_but_cannot_close(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    world.contribute("Mehr Kurse")
    client = logged_in(world.department)
    with at_most(14):
        page = client.get(address("consultation:manage", world.consultation.slug))
    assert page.status_code == 200
    assert page.context["may_close"] is False
    assert address("contributions:inbox", world.consultation.slug) not in page.content.decode()
    assert client.get(address("consultation:work")).status_code == 200
