"""The topics page with words and a summary: accessible and valid, narrow and mirrored, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import BrowserContext
from pytest_django.live_server_helper import LiveServer

from richtschnur.evaluation.models import Point, Summary, Topic
from richtschnur.evaluation.operations import suggest_topics, tag_point
from richtschnur.journal.actors import SYSTEM
from tests.evaluation.answering import acting, logged_in
from tests.support.pages import Audit
from tests.support.world import World

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NewContext = Callable[..., BrowserContext]
SAID = "Mehrere wünschen sich Busse am Abend und am Wochenende, auch in die Ortsteile."


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, settings: Any) -> World:
    monkeypatch.setattr("richtschnur.analysis.topics.nano.is_installed", lambda: False)
    settings.SUMMARY = {"url": "http://127.0.0.1:9/v1"}
    made = World()
    for n in range(2):
        made.contribute(f"Der Bus fährt abends nicht zur Haltestelle {'ABC'[n]}.", key=f"k{n}")
    points = list(Point.objects.order_by("pk").select_related("comment__contribution"))
    by = acting(made, made.officer)
    for point in points:
        tag_point(point=point, topics=["Verkehr"], by=by, at=made.at)
    suggest_topics(consultation=made.consultation, by=SYSTEM, at=made.at)
    Summary.objects.create(
        topic=Topic.objects.get(),
        consultation=made.consultation,
        problem="uncited",
        sentences=[
            {"text": SAID, "cites": [[p.comment.contribution.number, p.pk] for p in points]}
        ],
        read=[point.pk for point in points],
        total=2,
        method="summaries/1 (/chat/completions)",
        model="model-7b",
        made_at=made.at,
    )
    return made


@pytest.mark.parametrize(
    ("language", "theme", "width"),
    [("en", "light", 1280), ("de", "dark", 390), ("ar", "light", 320)],
)
def test_the_page_holds(
    world: World, new_context: NewContext, live_server: LiveServer, audit: Audit,
    language: str, theme: str, width: int,
) -> None:  # fmt: skip
    context = new_context(viewport={"width": width, "height": 800}, color_scheme=theme)
    session = logged_in(world.officer).cookies["richtschnur_session"].value
    cookie = {"name": "richtschnur_session", "value": session, "url": live_server.url}
    context.add_cookies([cookie])
    page = context.new_page()
    with override(language):
        page.goto(live_server.url + reverse("evaluation:topics", args=[world.consultation.slug]))
    assert page.get_by_text(SAID).is_visible()
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert (wide, audit(page)) == (False, [])
