"""The round of the offices in a real browser: started, answered on a phone and by keyboard."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from richtschnur.accounts.models import Office
from richtschnur.consultation.models import Invitation
from richtschnur.contributions.models import Contribution
from richtschnur.journal.actors import CLI
from richtschnur.mail.models import Message
from richtschnur.strategy.models import Edition
from richtschnur.strategy.operations import keep_outline
from tests.journey import residents, staff
from tests.journey.conftest import NewVisit
from tests.journey.keyboard import Keyboard
from tests.support.clock import SetClock
from tests.support.visits import Visit, counted
from tests.support.world import BERLIN, outline, person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BEGIN = datetime(2026, 11, 2, 9, 0, tzinfo=BERLIN)
REMARK = "Bitte „zwei Werktage“ schreiben, sonst schaffen wir es nicht."


def started(visit: Visit, edition: Edition) -> None:
    """Two steps: whom and until when, then all of it once more."""
    visit.open("strategy:act", edition.strategy.slug, edition.number)
    visit.link("Start the round of the offices").click()
    for office in ("Jugendamt", "Gesundheitsamt"):
        visit.page.get_by_label(office).check()
    visit.page.locator("textarea[name=others]").fill("Kreisjugendring")
    visit.button("Look at it before it is sent").click()
    assert visit.sees("Kreisjugendring")
    assert not Invitation.objects.exists()
    visit.button("Freeze the edition and send the invitations").click()
    assert visit.reads("The round runs. The invitations are on their way.")


def address_in_mail(to: str, server: str) -> str:
    body = Message.objects.get(to=to).body
    found = re.search(r"https?://\S+", body)
    assert found is not None
    return server + re.sub(r"^https?://[^/]+", "", found.group())


def on_a_small_phone(visit: Visit, address: str) -> None:
    """Five minutes, 360 pixels, no scripts: read, remark, look at it, send, come back."""
    visit.page.goto(address)
    assert visit.fits() == []
    visit.follow(visit.link("Read and write remarks"))
    assert visit.fits() == []
    residents.open_comment_on(visit, 4)
    assert visit.fits() == []
    visit.field("Your comment").fill(REMARK)
    visit.follow(visit.button("Put it into the basket and go to sending"))
    assert visit.fits() == []
    assert visit.sees(REMARK)
    visit.field("Who releases it").fill("Frau Kern")
    send = counted("de", "Send %(n)s comment", "Send %(n)s comments", 1)
    visit.page.get_by_role("button", name=send).click(click_count=2)
    visit.page.get_by_text(visit.say("We have your remarks.")).wait_for()
    assert visit.page.url == address
    assert visit.sees(REMARK)
    assert visit.fits() == []


def by_keyboard_alone(visit: Visit, address: str) -> None:
    keyboard = Keyboard(visit.page)
    visit.page.goto(address)
    assert keyboard.tab()["name"] == visit.say("Skip to the content")
    keyboard.tab_to(visit.say("We have no remarks (nil return)"), "button")
    keyboard.press("Enter")
    visit.page.get_by_text(visit.say("You have told us that you have no remarks.")).wait_for()


def test_a_round_from_its_start_to_the_table(new_visit: NewVisit, set_clock: SetClock) -> None:
    set_clock(BEGIN)
    for short, name in (("JA", "Jugendamt"), ("GA", "Gesundheitsamt")):
        Office.objects.create(short=short, name=name, email=f"{short.lower()}@kreis.example")
    edition = keep_outline(outline=outline(), by=CLI, at=BEGIN)
    officer = staff.log_in(new_visit(), person("sommer", "administration"))
    started(officer, edition)
    round_page = officer.page.url

    set_clock(BEGIN + timedelta(days=3))
    phone = {"viewport": {"width": 360, "height": 640}, "java_script_enabled": False}
    youth = new_visit(**phone)
    on_a_small_phone(youth, address_in_mail("ja@kreis.example", youth.server))
    health = new_visit()
    by_keyboard_alone(health, address_in_mail("ga@kreis.example", health.server))
    assert Contribution.objects.count() == 2

    officer.page.goto(round_page)
    rows = officer.page.locator("tbody tr")
    said = {
        row.locator("th").inner_text(): row.locator(".state").inner_text() for row in rows.all()
    }
    assert said == {
        "Gesundheitsamt": "Fehlanzeige",
        "Jugendamt": "mit Bemerkungen beantwortet",
        "Kreisjugendring": "noch nicht geöffnet",
    }
    officer.open("desk:today")
    assert officer.sees("1 von 3 Ämtern hat noch nicht geantwortet.")
