"""Fifty contributions by keyboard: answered, released by another person, exported, opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from richtschnur.documents.tables import read_rows
from richtschnur.evaluation.models import Point, Response
from richtschnur.evaluation.operations import keep_boilerplate
from richtschnur.evaluation.states import PointState
from tests.evaluation.answering import logged_in
from tests.evaluation.test_desk_browser import page_of
from tests.support.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("in_english"),
]
NewContext = Callable[..., BrowserContext]
COUNT = 50
GOAL = 6  # keys for an ordinary answer from a boilerplate


@dataclass
class Keys:
    """A keyboard that counts; what a key leads to is waited for."""

    page: Page
    pressed: int = field(default=0)

    def press(self, key: str, *, leads_on: bool = False) -> None:
        self.pressed += 1
        if not leads_on:
            self.page.keyboard.press(key)
            return
        with self.page.expect_navigation():
            self.page.keyboard.press(key)


def test_fifty_contributions_by_keyboard_alone(
    new_context: NewContext, live_server: LiveServer, tmp_path: Path
) -> None:
    world = World()
    for n in range(COUNT):
        world.contribute(f"Mehr Kurse am Abend, zum Beispiel in Ort {n:02}.", key=f"k{n}")
    for name, decision in (("Schon enthalten", "already_contained"), ("Ja", "accepted")):
        keep_boilerplate(
            strategy=world.consultation.strategy,
            name=name,
            decision=decision,
            reason="Das steht in {Absatz}.",
            by=world.officer.actor(world.at.date()),
            at=world.at,
        )
    desk = f"{live_server.url}/en/answers/work/{world.consultation.slug}/"

    officer = Keys(page_of(new_context(), live_server, world.officer))
    officer.page.goto(f"{desk}?state=open")
    officer.press("j", leads_on=True)
    for n in range(COUNT):
        officer.press("2" if n % 2 else "1", leads_on=True)
        officer.press("n" if n < COUNT - 1 else "h", leads_on=True)
    each = officer.pressed / COUNT
    print(f"{officer.pressed} keys for {COUNT} contributions, {each:.2f} for each")
    assert each <= GOAL
    assert Point.objects.filter(state=PointState.HANDED_IN).count() == COUNT
    decisions = Response.objects.values_list("decision", flat=True)
    assert sorted(set(decisions)) == ["accepted", "already_contained"]

    reviewer = Keys(page_of(new_context(), live_server, world.reviewer))
    reviewer.page.goto(f"{desk}?state=handed_in")
    reviewer.press("a", leads_on=True)
    reviewer.press("r", leads_on=True)
    reviewer.page.get_by_text(f"All {COUNT} answers are released.").wait_for()
    assert Point.objects.filter(state=PointState.RELEASED).count() == COUNT

    answer = logged_in(world.reviewer).get(f"{desk}export/xlsx/".removeprefix(live_server.url))
    file = tmp_path / "overview.xlsx"
    file.write_bytes(b"".join(answer.streaming_content))
    cells = [cell for row in read_rows(file) for cell in row]
    texts = {f"Mehr Kurse am Abend, zum Beispiel in Ort {n:02}." for n in range(COUNT)}
    assert texts <= set(cells)
    assert cells.count("Das steht in Absatz 1.") == COUNT
