"""Every page is accessible, valid and readable: eight languages, both themes, phone and desk.

By default every page of residents comes in every language, in turns of theme and width: each pair
of page, language, theme and width is looked at. A page of the staff comes in four languages, once
in each turn, its neighbour in the other four. `full` looks at every combination of all pages; that
takes an hour. Content and browsers are made once for each language.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page
from pytest_django.live_server_helper import LiveServer

from richtschnur.ui.languages import LANGUAGES, language_of
from tests.journey.atlas import ALL, EMPTY, VISITOR, Stop
from tests.journey.conftest import NewVisit
from tests.journey.town import NOW, Town
from tests.support.clock import SetClock
from tests.support.pages import Audit, keep_axe_ready
from tests.support.visits import Visit, let_in
from tests.support.world import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TURNS = (("light", 390), ("dark", 1280), ("light", 1280), ("dark", 390))
CODES = [language.code for language in LANGUAGES]
LOOKS = [(code, theme, width) for code in CODES for theme, width in TURNS]
HALVES = (("de", "ar", "uk", "en"), ("de-simple", "fa", "ru", "tr"))
Visitors = Callable[[str], Visit]
Look = tuple[str, str, int]

HEAD = """() => [
  document.querySelectorAll('h1').length, document.documentElement.lang, document.title
]"""
PRINTED = """() => {
  const dark = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b < 150;
  };
  const texts = [...document.querySelectorAll('main :is(h1, h2, p, td, th, li, label)')]
    .filter((one) => one.innerText.trim() && one.getClientRects().length);
  if (!texts.length) return ['nothing is printed'];
  return texts.filter((one) => !one.closest('.kern-btn') && !dark(getComputedStyle(one).color))
    .slice(0, 3).map((one) => `pale in print: ${one.innerText.slice(0, 60)}`);
}"""
FOCUS = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement !== document.body && style.outlineStyle !== 'none'
    && parseFloat(style.outlineWidth) >= 2;
}"""


def looks_of(place: int, stop: Stop) -> set[Look]:
    """How the page at this place of the atlas is looked at: each language in one turn."""
    codes = CODES if stop.who == VISITOR else HALVES[place % 2]
    return {(code, *TURNS[(place // 2 + turn) % len(TURNS)]) for turn, code in enumerate(codes)}


def sample(stops: tuple[Stop, ...], look: Look) -> list[Stop]:
    """The pages that are looked at in this way."""
    return [stop for place, stop in enumerate(stops) if look in looks_of(place, stop)]


@pytest.fixture
def visitors(
    new_visit: NewVisit, live_server: LiveServer, request: pytest.FixtureRequest
) -> Callable[[Look, dict[str, object]], Visitors]:
    """A browser for each role, opened when it is needed first."""

    def with_look(look: Look, users: dict[str, object]) -> Visitors:
        language, theme, width = look
        open_now: dict[str, Visit] = {}

        def of(who: str) -> Visit:
            if who not in open_now:
                viewport = {"width": width, "height": 844 if width < 500 else 800}
                visit = new_visit(language, viewport=viewport, color_scheme=theme, traced=False)
                keep_axe_ready(visit.page.context)
                if who != VISITOR:
                    let_in(visit.page.context, live_server.url, users[who])  # type: ignore[arg-type]
                open_now[who] = visit
            return open_now[who]

        return of

    return with_look


def faults_of(stop: Stop, look: Look, visit: Visit, audit: Audit) -> list[str]:
    """Everything that is wrong with the page where the visitor now stands."""
    page = visit.page
    headings, language, title = page.evaluate(HEAD)
    found = [] if headings == 1 else ["not exactly one h1"]
    if language != language_of(look[0]).tag:
        found.append(f"lang is {language}")
    if not title.strip(" –"):
        found.append("no title")
    found += in_print(page) + (reflow(visit, look[2]) if look[2] < 500 else forced_colours(page))
    return [f"{stop.name} {look}: {fault}" for fault in found + audit(page)]


def in_print(page: Page) -> list[str]:
    page.emulate_media(media="print")
    pale: list[str] = page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    return pale


def reflow(visit: Visit, width: int) -> list[str]:
    """Nothing is wider than a window of 320 pixels."""
    size = visit.page.viewport_size or {"width": width, "height": 800}
    visit.page.set_viewport_size({"width": 320, "height": 640})
    wide = visit.fits()
    visit.page.set_viewport_size(size)
    return [f"at 320 px: {wide}"] if wide else []


def forced_colours(page: Page) -> list[str]:
    """With colours of the system's own the focus can still be seen."""
    page.emulate_media(forced_colors="active")
    page.keyboard.press("Tab")
    shown = page.evaluate(FOCUS)
    page.emulate_media(forced_colors="none")
    return [] if shown else ["no focus outline with forced colours"]


def walk(
    stops: list[Stop], look: Look, who: Visitors, town: Town | None, audit: Audit
) -> list[str]:
    faults = []
    for stop in stops:
        visit = who(stop.who)
        try:
            stop.way(visit, town)  # type: ignore[arg-type]
        except Error as lost:
            faults.append(f"{stop.name} {look}: not reached, {lost.message}")
        else:
            faults += faults_of(stop, look, visit, audit)
    return faults


def users_of(town: Town) -> dict[str, object]:
    return {name: getattr(town, name) for name in ("officer", "reviewer", "department")}


def town_with(visitors, look: Look, folder: Path) -> tuple[Town, Visitors]:  # type: ignore[no-untyped-def]
    town = Town(folder)
    return town, visitors(look, users_of(town))


@pytest.mark.parametrize("code", CODES)
def test_a_sample_of_pages_holds(
    code: str,
    visitors: Callable[..., Visitors],
    tmp_path: Path,
    audit: Audit,
    set_clock: SetClock,
) -> None:
    set_clock(NOW)
    town = Town(tmp_path)
    users = users_of(town)
    faults = []
    for theme, width in TURNS:
        look = (code, theme, width)
        faults += walk(sample(ALL, look), look, visitors(look, users), town, audit)
    assert faults == []


@pytest.mark.full
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_holds(
    look: Look,
    visitors: Callable[..., Visitors],
    tmp_path: Path,
    audit: Audit,
    set_clock: SetClock,
) -> None:
    set_clock(NOW)
    town, who = town_with(visitors, look, tmp_path)
    assert walk(list(ALL), look, who, town, audit) == []


@pytest.mark.parametrize("look", [("de", "light", 390), ("ar", "dark", 1280)], ids=str)
def test_pages_without_content_hold(
    look: Look, visitors: Callable[..., Visitors], audit: Audit, set_clock: SetClock
) -> None:
    set_clock(NOW)
    who = visitors(look, {"officer": person("sommer", "administration")})
    assert walk(list(EMPTY), look, who, None, audit) == []


def test_the_sample_misses_nothing() -> None:
    """Every pair of language, theme and width; every page in each theme and width, and mirrored."""
    assert sorted(code for half in HALVES for code in half) == sorted(CODES)
    for place, stop in enumerate(ALL):
        looks = looks_of(place, stop)
        seen = {look[0] for look in looks}
        assert seen == set(CODES) or stop.who != VISITOR, stop.name
        assert {look[1:] for look in looks} == set(TURNS), stop.name
        assert seen & {"ar", "fa"}, stop.name
    assert set().union(*(looks_of(place, stop) for place, stop in enumerate(ALL))) == set(LOOKS)
