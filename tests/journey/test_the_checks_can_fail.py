"""A check that cannot fail is a defect: each one must find what was planted for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.journey.atlas import ALL, OFFICER, VISITOR
from tests.journey.conftest import NewVisit
from tests.journey.keyboard import Keyboard
from tests.journey.test_pages_hold import (
    Windows,
    faults_of,
    forced_colours,
    in_print,
    reflow,
    size,
)
from tests.journey.town import Town
from tests.support.visits import Visit

pytestmark = pytest.mark.browser
PAGE = "<!DOCTYPE html><html lang=de><title>x</title><main><h1>Titel</h1>{}</main></html>"


def planted(new_visit: NewVisit, body: str, style: str = "") -> Visit:
    visit = new_visit("de", viewport={"width": 390, "height": 800})
    visit.page.set_content(PAGE.format(f"<style>{style}</style>{body}"))
    return visit


def test_what_is_too_wide_is_found(new_visit: NewVisit) -> None:
    wide = planted(new_visit, "<p style='width:330px'>breit</p>")
    assert wide.fits() == []
    assert "breit" in reflow(wide, 390)[0]
    scrolls = planted(new_visit, "<div style='overflow-x:auto'><p style='width:900px'>x</p></div>")
    assert reflow(scrolls, 390) == []


def test_pale_print_is_found(new_visit: NewVisit) -> None:
    style = "p { color: #222 } @media print { p { color: #eee } }"
    assert in_print(planted(new_visit, "<p>Text</p>", style).page) == ["pale in print: Text"]
    assert in_print(planted(new_visit, "<p>Text</p>").page) == []
    hidden = planted(new_visit, "<p>Text</p>", "@media print { main { display: none } }")
    assert in_print(hidden.page) == ["nothing is printed"]


def test_a_lost_focus_is_found(new_visit: NewVisit) -> None:
    assert forced_colours(planted(new_visit, "<a href=x>Weg</a>", "a { outline: 0 }").page)
    assert forced_colours(planted(new_visit, "<p>kein Ziel</p>").page)
    style = "a:focus { outline: 3px solid }"
    assert forced_colours(planted(new_visit, "<a href=x>Weg</a>", style).page) == []


@pytest.mark.parametrize(
    ("body", "style", "said"),
    [
        ("<a href=x>Weg</a>", "a { outline: 0 }", "not visible"),
        ("<a href=x>Weg</a>", "a { outline: 3px solid; position: fixed; left: -900px }", "outside"),
        (
            "<a href=x>a</a><i></i>",
            "i { position: fixed; inset: 0 } a { outline: 3px solid }",
            "cov",
        ),
        (
            "<a href=x tabindex=2>a</a><a href=y tabindex=1>b</a>",
            "a { outline: 3px solid }",
            "back",
        ),
    ],
)
def test_a_focus_that_nobody_can_follow_is_found(
    new_visit: NewVisit, body: str, style: str, said: str
) -> None:
    keyboard = Keyboard(planted(new_visit, body, style).page)
    with pytest.raises(AssertionError, match=said):
        keyboard.tab_to("not there")


def test_other_hosts_and_errors_in_the_console_are_noted(new_visit: NewVisit) -> None:
    visit = planted(new_visit, "<p>Text</p>")
    visit.page.evaluate("() => { console.error('kaputt'); fetch('http://127.0.0.1:9/x'); }")
    visit.page.wait_for_timeout(300)
    assert any("kaputt" in fault for fault in visit.faults)
    assert any("127.0.0.1:9" in fault for fault in visit.faults)
    visit.faults.clear()


def test_headings_and_languages_are_counted(new_visit: NewVisit) -> None:
    visit = planted(new_visit, "<h1>noch einer</h1>")
    found = faults_of(ALL[0], ("en", "light", 390), visit, lambda page: [])
    assert any("h1" in fault for fault in found)
    assert any("lang is de" in fault for fault in found)


def test_a_window_that_turns_is_dark_and_narrow_and_knows_nothing(new_visit: NewVisit) -> None:
    staff = new_visit("de", viewport=size(1280), color_scheme="light")
    windows = Windows(new_visit, staff.server, {}, ("de", "light", 1280), {OFFICER: staff})
    resident = windows(VISITOR)
    staff.open("accounts:login")
    staff.page.evaluate("() => localStorage.setItem('typed', 'a word')")
    windows.turn(("de", "dark", 390))
    seen = "[matchMedia('(prefers-color-scheme: dark)').matches, innerWidth, localStorage.length]"
    assert windows(OFFICER) is staff
    assert staff.page.evaluate(seen) == [True, 390, 0]
    assert windows(VISITOR) is not resident
    assert resident.page.is_closed()


@pytest.mark.django_db
def test_the_town_has_what_its_pages_show(tmp_path: Path) -> None:
    town = Town(tmp_path)
    assert town.third.number == 3
    assert {point.state for point in type(town.points[0]).objects.all()} == {
        "open",
        "draft",
        "handed_in",
        "released",
    }
