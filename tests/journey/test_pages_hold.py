"""Every page is accessible, valid and readable: eight languages, both themes, phone and desk.

By default every page of residents comes in every language, in turns of theme and width: each pair
of page, language, theme and width is looked at. A page of the staff comes in four languages, once
in each turn, its neighbour in the other four. `full` looks at every combination of all pages; that
takes an hour. Content is made once for each language; staff keep their windows over the turns,
residents get a new one, so that nothing of theirs is left over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Error, Page, ViewportSize
from pytest_django.live_server_helper import LiveServer

from richtschnur.accounts.models import User
from richtschnur.ui.languages import LANGUAGES, language_of
from tests.journey.atlas import ALL, DEPARTMENT, EMPTY, OFFICER, REVIEWER, VISITOR, Stop
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


@dataclass
class Windows:
    """A window for each role, opened when it is needed first."""

    new_visit: NewVisit
    server: str
    users: dict[str, User]
    look: Look
    open_now: dict[str, Visit] = field(default_factory=dict)

    def __call__(self, who: str) -> Visit:
        if who not in self.open_now:
            language, theme, width = self.look
            visit = self.new_visit(language, viewport=size(width), color_scheme=theme, traced=False)
            keep_axe_ready(visit.page.context)
            if who != VISITOR:
                let_in(visit.page.context, self.server, self.users[who])
            self.open_now[who] = visit
        return self.open_now[who]

    def turn(self, look: Look) -> None:
        """Staff keep their windows, with nothing typed in them; residents get a new one."""
        self.look = look
        if resident := self.open_now.pop(VISITOR, None):
            resident.page.close()
        for visit in self.open_now.values():
            visit.page.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
            visit.page.set_viewport_size(size(look[2]))
            visit.page.emulate_media(color_scheme=look[1])


@pytest.fixture
def windows(new_visit: NewVisit, live_server: LiveServer) -> Callable[..., Windows]:
    return partial(Windows, new_visit, live_server.url)


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


def size(width: int) -> ViewportSize:
    return {"width": width, "height": 844 if width < 500 else 800}


def in_print(page: Page) -> list[str]:
    page.emulate_media(media="print")
    pale: list[str] = page.evaluate(PRINTED)
    page.emulate_media(media="screen")
    return pale


def reflow(visit: Visit, width: int) -> list[str]:
    """Nothing is wider than a window of 320 pixels."""
    visit.page.set_viewport_size({"width": 320, "height": 640})
    wide = visit.fits()
    visit.page.set_viewport_size(size(width))
    return [f"at 320 px: {wide}"] if wide else []


def forced_colours(page: Page) -> list[str]:
    """With colours of the system's own the focus can still be seen."""
    page.emulate_media(forced_colors="active")
    page.keyboard.press("Tab")
    shown = page.evaluate(FOCUS)
    page.emulate_media(forced_colors="none")
    return [] if shown else ["no focus outline with forced colours"]


def walk(stops: list[Stop], windows: Windows, town: Town | None, audit: Audit) -> list[str]:
    faults = []
    for stop in stops:
        visit = windows(stop.who)
        try:
            stop.way(visit, town)  # type: ignore[arg-type]
        except Error as lost:
            faults.append(f"{stop.name} {windows.look}: not reached, {lost.message}")
        else:
            faults += faults_of(stop, windows.look, visit, audit)
    return faults


def users_of(town: Town) -> dict[str, User]:
    return {name: getattr(town, name) for name in (OFFICER, REVIEWER, DEPARTMENT)}


@pytest.mark.parametrize("code", CODES)
def test_a_sample_of_pages_holds(
    code: str,
    windows: Callable[..., Windows],
    tmp_path: Path,
    audit: Audit,
    set_clock: SetClock,
) -> None:
    set_clock(NOW)
    town = Town(tmp_path)
    looks = [(code, *turn) for turn in TURNS]
    people, faults = windows(users_of(town), looks[0]), []
    for look in looks:
        people.turn(look)
        faults += walk(sample(ALL, look), people, town, audit)
    assert faults == []


@pytest.mark.full
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_page_holds(
    look: Look,
    windows: Callable[..., Windows],
    tmp_path: Path,
    audit: Audit,
    set_clock: SetClock,
) -> None:
    set_clock(NOW)
    town = Town(tmp_path)
    assert walk(list(ALL), windows(users_of(town), look), town, audit) == []


@pytest.mark.parametrize("look", [("de", "light", 390), ("ar", "dark", 1280)], ids=str)
def test_pages_without_content_hold(
    look: Look, windows: Callable[..., Windows], audit: Audit, set_clock: SetClock
) -> None:
    set_clock(NOW)
    people = windows({OFFICER: person("sommer", "administration")}, look)
    assert walk(list(EMPTY), people, None, audit) == []


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
