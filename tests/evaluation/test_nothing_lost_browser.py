"""A bad line and two open tabs lose nothing that was typed; keys can be turned off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from richtschnur.evaluation.models import Point, Response
from tests.evaluation.answering import REASON
from tests.evaluation.test_desk_browser import page_of
from tests.support.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_english"),
]
NewContext = Callable[..., BrowserContext]
KEPT = "() => Object.keys(localStorage).filter((name) => name.includes('answer-')).length"


@pytest.fixture
def address(live_server: LiveServer) -> tuple[World, str]:
    world = World()
    world.contribute("Mehr Kurse.")
    slug, point = world.consultation.slug, Point.objects.get()
    return world, f"{live_server.url}/en/answers/work/{slug}/{point.pk}/"


def test_what_was_typed_outlives_a_closed_tab_and_goes_when_it_is_saved(
    new_context: NewContext, live_server: LiveServer, address: tuple[World, str]
) -> None:
    world, point = address
    page = page_of(new_context(), live_server, world.officer)
    page.goto(point)
    page.get_by_label("Reason").fill(REASON)
    page.get_by_label("accepted", exact=True).check()
    page.close()
    again = page_of(page.context, live_server, world.officer)
    again.goto(point)
    assert again.get_by_label("Reason").input_value() == REASON
    assert again.get_by_label("accepted", exact=True).is_checked()
    again.context.set_offline(True)
    again.get_by_role("button", name="Save draft").click()
    again.context.set_offline(False)
    again.goto(point)
    assert again.get_by_label("Reason").input_value() == REASON
    again.get_by_role("button", name="Save draft").click()
    again.get_by_text("The draft is saved.").wait_for()
    assert Response.objects.get().reason == REASON
    assert again.evaluate(KEPT) == 0


def test_two_tabs_lose_neither_text(
    new_context: NewContext, live_server: LiveServer, address: tuple[World, str]
) -> None:
    world, point = address
    one = page_of(new_context(), live_server, world.officer)
    other = page_of(one.context, live_server, world.officer)
    for page, words in ((one, "Aus dem ersten Fenster."), (other, "Aus dem zweiten.")):
        page.goto(point)
        page.get_by_label("Reason").fill(words)
    one.get_by_role("button", name="Save draft").click()
    one.get_by_text("The draft is saved.").wait_for()
    other.get_by_role("button", name="Save draft").click()
    theirs = other.get_by_role("region", name="What was saved in the meantime")
    mine = other.get_by_role("region", name="What you wrote")
    assert "Aus dem ersten Fenster." in theirs.inner_text()
    assert "Aus dem zweiten." in mine.inner_text()
    left, right = theirs.bounding_box(), mine.bounding_box()
    assert left
    assert right
    assert other.get_by_label("Reason").input_value() == "Aus dem zweiten."
    other.goto(point)  # without saving: it stands beside what is stored, never over it
    assert other.get_by_label("Reason").input_value() == "Aus dem ersten Fenster."
    other.get_by_role("button", name="Put it behind").click()
    both = "Aus dem ersten Fenster.\n\nAus dem zweiten."
    assert other.get_by_label("Reason").input_value() == both


def test_keys_are_listed_and_can_be_turned_off(
    new_context: NewContext, live_server: LiveServer, address: tuple[World, str]
) -> None:
    world, point = address
    page = page_of(new_context(), live_server, world.officer)
    page.goto(point)
    page.keyboard.press("?")
    off = page.get_by_role("button", name="Turn the keys off")
    off.wait_for()
    off.click()
    page.keyboard.press("u")
    page.keyboard.press("e")
    assert page.url == point
    page.get_by_role("button", name="Turn the keys on").click()
    with page.expect_navigation():
        page.keyboard.press("u")
    page.wait_for_url("**/work/*/?all=1")
