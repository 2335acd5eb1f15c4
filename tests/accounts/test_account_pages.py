"""Login, passwords, people, deputies, the county's settings, the journal."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from richtschnur.accounts.models import Deputy, User
from richtschnur.accounts.operations import add_user
from richtschnur.accounts.rules import seconds_to_wait
from richtschnur.county.models import Page
from richtschnur.county.operations import set_up_county
from richtschnur.county.queries import the_county
from richtschnur.journal.actors import CLI
from richtschnur.journal.models import JournalEntry
from richtschnur.journal.operations import seal_pending
from tests.support.clock import SetClock, set_clock
from tests.support.queries import at_most
from tests.support.staff import address, logged_in
from tests.support.world import NOON, PASSWORD, World

__all__ = ["set_clock"]
pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>'
COUNTY = {
    "mails_kept_days": "90",
    "name": "Kreis",
    "accent": "#1f6b3a",
    "office": "",
    "email": "",
    "phone": "",
}


def test_login_leads_to_today_or_where_one_wanted_to_go(client: Client) -> None:
    World()
    answer = client.post(address("accounts:login"), {"login": "OFFICER", "password": PASSWORD})
    assert answer["Location"] == address("desk:today")
    wanted = address("strategy:desk")
    other = Client()
    data = {"login": "officer", "password": PASSWORD, "next": wanted}
    assert other.post(address("accounts:login"), data)["Location"] == wanted
    data["next"] = "https://elsewhere.example/"
    assert Client().post(address("accounts:login"), data)["Location"] == address("desk:today")


def test_guessing_is_slowed_down_but_nobody_is_locked_out_for_long(
    client: Client, set_clock: SetClock
) -> None:
    World()
    set_clock(NOON)
    for _attempt in range(5):
        page = client.post(address("accounts:login"), {"login": "officer", "password": "wrong"})
        assert "do not belong together" in page.content.decode()
    right = {"login": "officer", "password": PASSWORD}
    page = client.post(address("accounts:login"), right)
    assert "Please wait 2 seconds" in page.content.decode()
    set_clock(NOON + timedelta(seconds=61))
    assert client.post(address("accounts:login"), right).status_code == 302


def test_the_wait_never_grows_beyond_a_minute() -> None:
    assert seconds_to_wait([NOON] * 4, NOON) == 0
    assert seconds_to_wait([NOON] * 5, NOON) == 2
    assert seconds_to_wait([NOON] * 500, NOON) == 60
    assert seconds_to_wait([NOON] * 500, NOON + timedelta(seconds=60)) == 0


def test_logout_is_a_post() -> None:
    client = logged_in(World().officer)
    assert client.get(address("accounts:logout")).status_code == 405
    assert client.post(address("accounts:logout")).status_code == 302
    assert client.get(address("desk:today")).status_code == 302


def test_a_one_time_password_is_changed_first(client: Client) -> None:
    add_user(login="new", role="department", password="once-only-12345", by=CLI, at=NOON)
    client.post(address("accounts:login"), {"login": "new", "password": "once-only-12345"})
    assert client.get(address("desk:today"))["Location"] == address("accounts:password")
    change = address("accounts:password")
    for new, again in (("short", "short"), ("once-only-12345",) * 2, ("a" * 13, "b" * 13)):
        page = client.post(change, {"new": new, "again": again})
        assert page.status_code == 200
        assert 'id="errors"' in page.content.decode()
    good = "blaue Linde im Regen"
    assert client.post(change, {"new": good, "again": good}).status_code == 302
    assert client.get(address("desk:today")).status_code == 200


def test_a_new_person_gets_a_password_that_is_shown_once() -> None:
    world = World()
    client = logged_in(world.officer)
    data = {"login": "a-sommer", "name": "A. Sommer", "email": "", "role": "department"}
    page = client.post(address("accounts:person_add"), data | {"office": world.office.pk})
    user = User.objects.get(login="a-sommer")
    password = page.context["password"]
    assert user.check_password(password)
    assert user.must_change_password
    assert "no-store" in page["Cache-Control"]
    assert password not in client.get(address("accounts:people")).content.decode()
    again = client.post(address("accounts:person_add"), data)
    assert "A. Sommer" in again.content.decode()
    assert User.objects.filter(login="a-sommer").count() == 1


def test_the_last_administration_account_stays_open() -> None:
    world = World()
    client = logged_in(world.officer)
    data = {"name": "Officer", "email": "", "role": "reviewer", "office": "", "is_active": "on"}
    page = client.post(address("accounts:person", world.officer.pk), data)
    assert "last account of the administration" in page.content.decode()
    world.officer.refresh_from_db()
    assert world.officer.role == "administration"


def test_deputies_have_a_period_and_end_early(set_clock: SetClock) -> None:
    world = World()
    set_clock(NOON)
    client = logged_in(world.department)
    data = {"stands_in": world.reviewer.pk, "from_on": "2026-11-01", "until_on": "2026-10-01"}
    page = client.post(address("accounts:deputies"), data)
    assert "last day lies before the first" in page.content.decode()
    assert 'value="2026-11-01"' in page.content.decode()
    data["until_on"] = "2026-11-20"
    assert client.post(address("accounts:deputies"), data).status_code == 302
    deputy = Deputy.objects.get()
    assert deputy.absent == world.department
    stranger = logged_in(world.reviewer)
    end = address("accounts:deputy_end", deputy.pk)
    assert stranger.post(end).status_code == 403
    assert client.post(end).status_code == 302
    deputy.refresh_from_db()
    assert str(deputy.until_on) == "2026-11-01"


def test_only_the_administration_names_deputies_of_others() -> None:
    world = World()
    days = {"from_on": "2026-11-01", "until_on": "2026-11-03"}
    data = {"absent": world.officer.pk, "stands_in": world.reviewer.pk} | days
    logged_in(world.department).post(address("accounts:deputies"), data)
    assert Deputy.objects.get().absent == world.department
    logged_in(world.officer).post(address("accounts:deputies"), data)
    assert Deputy.objects.filter(absent=world.officer).exists()


@pytest.mark.parametrize("accent", ["#ffff00", "red", "#12345"])
def test_an_accent_that_cannot_be_read_is_refused_with_the_reason(accent: str) -> None:
    client = logged_in(World().officer)
    page = client.post(address("accounts:county"), COUNTY | {"accent": accent})
    words = page.content.decode()
    assert "4.5 is needed" in words or "#00508c" in words
    assert f'value="{accent}"' in words
    assert the_county().name != "Kreis"


@pytest.mark.parametrize(
    "data",
    [
        b"GIF89a",
        b"\x89PNG\r\n\x1a\nbroken",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>",
        b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
        b"<svg xmlns='http://www.w3.org/2000/svg'><image href='https://x.example/a.png'/></svg>",
        b"<svg" + b" " * 600_000,
    ],
)
def test_a_coat_of_arms_is_judged_by_its_content(data: bytes) -> None:
    client = logged_in(World().officer)
    upload = SimpleUploadedFile("wappen.svg", data)
    page = client.post(address("accounts:county"), COUNTY | {"coat_of_arms": upload})
    assert page.status_code == 200
    assert 'id="errors"' in page.content.decode()
    assert the_county().coat_of_arms is None


def test_a_drawing_becomes_the_coat_of_arms() -> None:
    client = logged_in(World().officer)
    upload = SimpleUploadedFile("anything.exe", SVG)
    client.post(address("accounts:county"), COUNTY | {"coat_of_arms": upload})
    image = the_county().coat_of_arms
    assert image is not None
    assert image.media_type == "image/svg+xml"
    served = Client().get(address("ui:coat_of_arms"))
    assert b"".join(served.streaming_content) == SVG


def test_own_pages_have_a_preview_that_stores_nothing() -> None:
    client = logged_in(World().officer)
    edit = address("accounts:page_edit", "imprint", "de")
    data = {"title": "Impressum", "body": "## Wer\n\n<script>x</script> **wir**"}
    page = client.post(edit, data | {"preview": "1"}).content.decode()
    assert "<strong>wir</strong>" in page
    assert "<script>x" not in page
    assert not Page.objects.exists()
    assert client.post(edit, data).status_code == 302
    assert Page.objects.get().body == data["body"]
    assert client.get(address("accounts:page_edit", "imprint", "xx")).status_code == 404


def test_the_journal_is_paged_filtered_and_checked() -> None:
    world = World()
    for number in range(60):
        set_up_county(name=f"Kreis {number}", by=CLI, at=NOON)
    seal_pending()
    client = logged_in(world.reviewer)
    with at_most(12):
        page = client.get(address("accounts:journal"))
    assert len(page.context["entries"]) == 50
    assert page.context["entries"][0].subject == "county:1"
    found = client.get(address("accounts:journal"), {"subject": "edition:", "check": "1"})
    assert {e.subject for e in found.context["entries"]} == {f"edition:{world.edition.ref}"}
    assert "The chain holds" in found.content.decode()


def test_a_broken_chain_is_told() -> None:
    world = World()
    seal_pending()
    JournalEntry.objects.filter(position=1).update(chain="0" * 64)
    page = logged_in(world.officer).get(address("accounts:journal"), {"check": "1"})
    assert "The chain does not hold" in page.content.decode()


def test_odd_addresses_lead_to_no_page_never_to_an_error() -> None:
    client = logged_in(World().officer)
    huge = 9**25
    for path in (
        address("accounts:person", huge),
        address("strategy:edit", "integrationskonzept", huge),
        address("contributions:inbox", "no-such"),
        address("consultation:manage", "no-such"),
    ):
        assert client.get(path).status_code == 404
    assert client.post(address("desk:tick", huge)).status_code == 404
    assert (
        client.get(address("accounts:journal"), {"subject": "x\0y", "page": "x"}).status_code == 200
    )
