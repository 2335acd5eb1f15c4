"""One person types for many, all see it on a screen, one act makes contributions of it."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from richtschnur.contributions.models import Contribution, Remark, Workshop
from richtschnur.contributions.operations import (
    end_workshop,
    open_workshop,
    screen_key,
    write_remark,
)
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from tests.evaluation.answering import logged_in
from tests.support.queries import at_most
from tests.support.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(world: World) -> Client:
    return logged_in(world.officer)


def words(response: HttpResponse) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def begun(staff: Client, world: World) -> str:
    address = reverse("contributions:workshops", args=[world.consultation.slug])
    answer = staff.post(address, {"name": "Zukunftswerkstatt", "held_on": "2026-11-02"})
    assert answer.status_code == 302
    return answer["Location"]


def say(staff: Client, address: str, text: str, **more: str) -> HttpResponse:
    return staff.post(address, {"text": text, "key": text[:60] or "k"} | more)


def screen(staff: Client, address: str) -> str:
    found = re.search(
        r'href="http://[^/"]+(/[^"]*/[0-9a-f]{40}/)\?renew=1"', words(staff.get(address))
    )
    assert found
    return found[1]


@pytest.mark.parametrize(
    "wrong",
    [{"text": ""}, {"text": " \n"}, {"text": "a\0b"}, {"passage": "99"}, {"passage": "x"}],
)
def test_what_cannot_be_noted_is_said_and_stays(
    staff: Client, world: World, wrong: dict[str, str]
) -> None:
    address = begun(staff, world)
    page = staff.post(address, {"text": "Mehr Busse", "key": "k", "speaker": "Ali"} | wrong)
    assert page.status_code == 422
    assert 'id="errors"' in words(page)
    assert 'value="Ali"' in words(page)
    assert not Remark.objects.exists()


def test_an_event_needs_a_name_and_a_day(staff: Client, world: World) -> None:
    address = reverse("contributions:workshops", args=[world.consultation.slug])
    for name, day in (("", "2026-11-02"), ("x" * 151, "2026-11-02"), ("Treffen", "morgen")):
        assert staff.post(address, {"name": name, "held_on": day}).status_code == 422
    assert not Workshop.objects.exists()


def test_from_the_first_remark_to_the_contributions(staff: Client, world: World) -> None:
    address = begun(staff, world)
    say(staff, address, "Mehr Busse", passage="2", speaker="Ali K.")
    next_page = staff.get(say(staff, address, "Und <b>abends</b>")["Location"])
    say(staff, address, "Und <b>abends</b>")
    say(staff, address, "Falsch verstanden")
    assert Remark.objects.count() == 3
    assert "Mehr Busse" in words(next_page)
    wrong = Remark.objects.get(text="Falsch verstanden")
    staff.post(address, {"strike": str(wrong.pk)})
    live = Client().get(screen(staff, address))
    assert "Mehr Busse" in words(live)
    assert "Ali K." not in words(live)
    assert "<b>abends" not in live.content.decode()
    asked = staff.post(address, {"end": "1"})
    assert not Contribution.objects.exists()
    assert asked.context["count"] == 2
    for _click in range(2):
        staff.post(address, {"end": "1", "sure": "1"})
    first, second = Contribution.objects.order_by("pk")
    assert {first.channel, second.channel} == {"event"}
    assert (first.sender.name, first.sender.organisation) == ("Ali K.", "Zukunftswerkstatt")
    comment = first.comments.get()
    assert comment.passage is not None
    assert (comment.text, comment.passage.number) == ("Mehr Busse", 2)
    assert not Remark.objects.exists()
    assert "Mehr Busse" not in words(Client().get(screen_of(live)))
    with pytest.raises(Refused):
        write_remark(workshop=Workshop.objects.get(), text="x", key="y", by=CLI, at=world.at)


def screen_of(page: HttpResponse) -> str:
    return str(page.wsgi_request.path)


def test_the_passage_of_the_last_remark_stands_there_again(staff: Client, world: World) -> None:
    address = begun(staff, world)
    answer = say(staff, address, "Mehr Busse", passage="2")
    assert staff.get(answer["Location"]).context["form"]["passage"].value() == "2"
    assert staff.get(address, {"passage": "9" * 50}).status_code == 200


def test_the_screen_renews_itself_when_asked(staff: Client, world: World) -> None:
    address = screen(staff, begun(staff, world))
    assert "Refresh" not in Client().get(address)
    answer = Client().get(address, {"renew": "1"})
    assert answer["Refresh"] == "10"
    assert answer["Cache-Control"] == "no-store, private"
    end_workshop(workshop=Workshop.objects.get(), by=CLI, at=world.at)
    assert "Refresh" not in Client().get(address, {"renew": "1"})


def test_the_key_is_the_same_before_and_after_storing(world: World) -> None:
    workshop = open_workshop(
        consultation=world.consultation, name="W", held_on=world.at.date(), by=CLI, at=world.at
    )
    assert screen_key(workshop) == screen_key(Workshop.objects.get())


def test_only_its_key_opens_a_screen(staff: Client, world: World) -> None:
    address = screen(staff, begun(staff, world))
    pk = Workshop.objects.get().pk
    for odd in ("x", "0" * 40, address[-41:-2]):
        assert Client().get(reverse("contributions:screen", args=[pk, odd])).status_code == 404
    far = reverse("contributions:screen", args=[10**30, "x"])
    assert Client().get(far).status_code == 404


def test_workshops_are_for_those_who_record(staff: Client, world: World) -> None:
    address = begun(staff, world)
    for who in (Client(), logged_in(world.department), logged_in(world.reviewer)):
        assert who.get(address).status_code in (302, 403)
        assert say(who, address, "Mehr").status_code in (302, 403)
    assert not Remark.objects.exists()
    odd = reverse("contributions:workshop", args=[world.consultation.slug, 10**30])
    assert staff.get(odd).status_code == 404


def test_all_become_contributions_or_none(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    workshop = open_workshop(
        consultation=world.consultation, name="W", held_on=world.at.date(), by=CLI, at=world.at
    )
    for number in range(3):
        write_remark(workshop=workshop, text=str(number), key=str(number), by=CLI, at=world.at)

    def dies(**_more: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("richtschnur.contributions.operations.workshop.record", dies)
        with pytest.raises(KeyboardInterrupt):
            end_workshop(workshop=workshop, by=CLI, at=world.at)
    assert not Contribution.objects.exists()
    assert Remark.objects.count() == 3
    assert end_workshop(workshop=workshop, by=CLI, at=world.at) == 3


def test_the_page_costs_the_same_however_long(staff: Client, world: World) -> None:
    address = begun(staff, world)
    for number in range(30):
        say(staff, address, f"Bemerkung {number}", passage="1")
    with at_most(7):
        staff.get(address)
    live = screen(staff, address)
    with at_most(6):
        Client().get(live)
