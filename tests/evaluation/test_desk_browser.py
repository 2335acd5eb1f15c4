"""The desk by keyboard alone, and without JavaScript; its pages are accessible and valid."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from richtschnur.accounts.models import User
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import keep_boilerplate
from richtschnur.journal.actors import CLI
from richtschnur.strategy.operations import start_edition
from tests.evaluation.answering import REASON, logged_in, released
from tests.support.pages import Audit
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewContext = Callable[..., BrowserContext]


def page_of(context: BrowserContext, server: LiveServer, user: User) -> Page:
    session = logged_in(user).cookies["richtschnur_session"].value
    context.add_cookies([{"name": "richtschnur_session", "value": session, "url": server.url}])
    return context.new_page()


def test_an_answer_by_keyboard_alone(new_context: NewContext, live_server: LiveServer) -> None:
    world = World()
    world.contribute("Mehr Kurse am Abend.", "Mehr Busse.")
    page = page_of(new_context(), live_server, world.officer)
    page.goto(f"{live_server.url}/en/answers/work/{world.consultation.slug}/")
    page.keyboard.press("j")
    page.wait_for_url("**/work/*/*/")
    page.keyboard.press("e")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type(REASON)
    page.keyboard.press("Escape")
    page.keyboard.press("h")
    page.get_by_text("The answer waits for release.").wait_for()
    first = Point.objects.order_by("pk")[0]
    assert (first.state, first.responses.get().reason) == ("handed_in", REASON)
    page.keyboard.press("j")
    page.get_by_role("heading", name="Passage 2 of the draft").wait_for()

    reviewer = page_of(new_context(), live_server, world.reviewer)
    reviewer.goto(f"{live_server.url}/en/answers/work/{world.consultation.slug}/?state=handed_in")
    reviewer.keyboard.press("j")
    reviewer.wait_for_url("**/work/*/*/*")
    reviewer.keyboard.press("r")
    reviewer.get_by_text("The answer is released.").wait_for()
    first.refresh_from_db()
    assert first.state == "released"


def test_an_ordinary_answer_from_a_boilerplate_is_three_keys(
    new_context: NewContext, live_server: LiveServer
) -> None:
    world = World()
    for n in range(3):
        world.contribute(f"Mehr Kurse am Abend ({n}).", key=f"k{n}")
    keep_boilerplate(
        strategy=world.consultation.strategy,
        name="Schon enthalten",
        decision="already_contained",
        reason="Das steht in {Absatz}.",
        by=world.officer.actor(world.at.date()),
        at=world.at,
    )
    page = page_of(new_context(), live_server, world.officer)
    page.goto(f"{live_server.url}/en/answers/work/{world.consultation.slug}/")
    page.keyboard.press("j")
    page.wait_for_url("**/work/*/*/")
    for _each in range(2):
        page.keyboard.press("1")
        page.get_by_text("Das steht in Absatz 1.").wait_for()
        page.keyboard.press("h")
        page.get_by_text("The answer waits for release.").wait_for()
        with page.expect_navigation():
            page.keyboard.press("j")
    reasons = Response.objects.values_list("decision", "reason")
    assert list(reasons) == [("already_contained", "Das steht in Absatz 1.")] * 2


def test_splitting_without_scripts(new_context: NewContext, live_server: LiveServer) -> None:
    world = World()
    world.contribute("Mehr Kurse. Mehr Busse.")
    page = page_of(new_context(java_script_enabled=False), live_server, world.officer)
    page.goto(f"{live_server.url}/en/answers/work/{world.consultation.slug}/")
    page.get_by_role("link", name="Erika Beispiel").click()
    page.get_by_role("link", name="Split this point").click()
    page.get_by_role("button", name="Split here").click()
    assert page.get_by_text("Point 2 of 2 in this comment").is_visible()
    assert Point.objects.count() == 2


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("language", ["de", "en"])
def test_the_pages_are_accessible_and_valid(
    new_context: NewContext, live_server: LiveServer, audit: Audit, language: str, theme: str
) -> None:
    world = World()
    world.contribute("Mehr Kurse. Mehr Busse.", "نحتاج إلى دروس مسائية.", language="de")
    points = list(Point.objects.order_by("pk"))
    released(world, points[0])
    working = start_edition(predecessor=world.edition, by=CLI, at=world.at)
    passage = working.passages.order_by("position")[0]
    page = page_of(new_context(color_scheme=theme), live_server, world.officer)
    slug = world.consultation.slug
    faults = []
    with override(language):
        addresses = [
            reverse("evaluation:consultations"),
            reverse("evaluation:queue", args=[slug]),
            reverse("evaluation:point", args=[slug, points[0].pk]),
            reverse("evaluation:point", args=[slug, points[1].pk]) + "?split=1",
            reverse("evaluation:changes", args=[slug]),
            reverse("evaluation:change", args=[slug, passage.identity]),
            reverse("evaluation:overview", args=[slug]),
        ]
    for address in addresses:
        answer = page.goto(f"{live_server.url}{address}")
        assert answer
        assert answer.status == 200, address
        assert page.locator("h1").count() == 1, address
        faults += [f"{address}: {fault}" for fault in audit(page)]
    assert faults == []
