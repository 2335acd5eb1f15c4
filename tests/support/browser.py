"""A real browser: one for the whole run, a fresh context for each test, a trace when it fails.

@pytest.mark.browser
def test_comment(page, live_server): page.goto(live_server.url + "/de/")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import pytest
from playwright.sync_api import Browser, BrowserContext, Frame, Page, Response, sync_playwright

from tools import page_tools

TRACES = Path(__file__).resolve().parents[2] / "build" / "traces"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Each page's scripts run once: what optimising them costs is never earned back.
    "--js-flags=--always-sparkplug --no-maglev --no-turbofan --single-threaded-gc",
]
OUTCOME = pytest.StashKey[bool]()
_last_document: WeakKeyDictionary[Frame, Response] = WeakKeyDictionary()
NewContext = Callable[..., BrowserContext]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, Any, Any]:
    """Remembers whether a test failed, so that its trace can be kept."""
    report = yield
    item.stash[OUTCOME] = item.stash.get(OUTCOME, False) or report.failed
    return report


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=page_tools.chromium(), args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def new_context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[NewContext]:
    """Makes contexts: `new_context(java_script_enabled=False, viewport={…}, color_scheme=…)`.

    `traced=False` for hundreds of pages in one test: a trace costs more than looking at them.
    """
    made: list[BrowserContext] = []
    recorded: set[BrowserContext] = set()

    def make(*, traced: bool = True, **options: Any) -> BrowserContext:
        context = browser.new_context(**{"locale": "de-DE", "timezone_id": "UTC"} | options)
        context.set_default_timeout(15_000)
        if traced:
            context.tracing.start(snapshots=True)  # a film strip would cost more than the test
            recorded.add(context)
        context.on("response", _remember)
        made.append(context)
        return context

    yield make
    has_failed = request.node.stash.get(OUTCOME, False)
    for number, context in enumerate(made):
        if context in recorded:
            context.tracing.stop(path=_trace(request.node.nodeid, number) if has_failed else None)
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    """A page of 1280 by 800 pixels in a context of its own."""
    return new_context(viewport={"width": 1280, "height": 800}).new_page()


def source_of(page: Page) -> str:
    """The HTML as the server sent it (also in answer to a form), before scripts and parser."""
    response = _last_document.get(page.main_frame)
    if response is None or response.url != page.url.partition("#")[0]:
        return page.content()
    return response.text()


def _remember(response: Response) -> None:
    """Navigations only; a page that was set by hand leaves no response."""
    if response.request.is_navigation_request() and not 300 <= response.status < 400:
        _last_document[response.frame] = response


def _trace(name: str, number: int) -> Path:
    TRACES.mkdir(parents=True, exist_ok=True)
    return TRACES / f"{re.sub(r'[^A-Za-z0-9]+', '-', name).strip('-')}-{number}.zip"
