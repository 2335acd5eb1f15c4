"""Split by proposal on a phone, by keyboard alone and without JavaScript; then joined again."""

from __future__ import annotations

import os

import pytest
from pytest_django.live_server_helper import LiveServer

from richtschnur.evaluation.models import Point
from tests.evaluation.answering import the_point
from tests.evaluation.test_desk_browser import NewContext, page_of
from tests.evaluation.test_splitting import PAPER, starts
from tests.support.pages import Audit
from tests.support.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.both_databases,
    pytest.mark.django_db(transaction=True),
]
PHONE = {"width": 390, "height": 844}
NARROWEST = {"width": 320, "height": 640}


def test_on_a_phone_by_keyboard_without_scripts(
    new_context: NewContext, live_server: LiveServer
) -> None:
    world = World()
    world.contribute(PAPER)
    context = new_context(java_script_enabled=False, viewport=PHONE)
    page = page_of(context, live_server, world.officer)
    page.goto(f"{live_server.url}/en/answers/work/{world.consultation.slug}/{the_point().pk}/")
    page.get_by_role("link", name="Split by proposal").press("Enter")
    page.get_by_role("button", name="Propose how to split").press("Enter")
    first, second, third = starts("1. Vereine", "2. Frühes", "3. Elternabende")
    page.locator(f"input[name=border][value='{second}']").focus()
    page.keyboard.press("Space")
    page.locator(f"input[name='place-{third}']").first.focus()
    page.keyboard.press("Space")
    chosen = page.locator(f"input[name='place-{third}']:checked").get_attribute("value")
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=f"{folder}/phone.png", full_page=True)
    page.get_by_role("button", name="Split as ticked").press("Enter")
    page.get_by_text("There are 3 points now.").wait_for()
    points = list(Point.objects.order_by("start"))
    assert [point.start for point in points] == [0, first, third]
    assert str(points[2].place_id) == chosen
    page.get_by_role("button", name="Join with the next point").press("Enter")
    page.get_by_text("The two points are one again.").wait_for()
    assert [point.start for point in Point.objects.order_by("start")] == [0, third]


def test_the_page_is_accessible_and_fits(
    new_context: NewContext, live_server: LiveServer, audit: Audit
) -> None:
    world = World()
    world.contribute(PAPER)
    page = page_of(new_context(viewport=NARROWEST), live_server, world.officer)
    address = f"/answers/work/{world.consultation.slug}/{the_point().pk}/"
    page.goto(f"{live_server.url}/en{address}proposal/")
    page.get_by_role("button", name="Propose how to split").click()
    page.get_by_role("button", name="Split as ticked").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROWEST["width"]
    assert audit(page) == []
    if folder := os.environ.get("SHOTS"):
        for name, width, scheme, language in (
            ("desktop", 1280, "light", "en"),
            ("dark", 1280, "dark", "en"),
            ("arabic", 390, "light", "ar"),
        ):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            page.goto(f"{live_server.url}/{language}{address}proposal/")
            page.screenshot(path=f"{folder}/{name}.png", full_page=True)
