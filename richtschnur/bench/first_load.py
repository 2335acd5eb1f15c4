"""What travels when somebody opens a page for the first time, counted by a browser on a phone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from richtschnur.journal.refusals import Refused

PHONE = {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]


@contextmanager
def chromium() -> Iterator[Any]:
    """A browser of a checkout's development tools."""
    try:
        playwright, tools = import_module("playwright.sync_api"), import_module("tools.page_tools")
    except ModuleNotFoundError:
        raise Refused(
            "the browser for measurements comes with the development tools of a checkout: please"
            " run the benchmarks there"
        ) from None
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=tools.chromium(), args=ARGUMENTS)
        try:
            yield browser
        finally:
            browser.close()


def first_load(browser: Any, address: str) -> dict[str, int]:
    """Bytes over the wire of a page and of all that the browser fetches for it, heads included.

    Address → bytes, with an empty cache; fonts count when letters on the page need them. Raises
    Refused when something cannot be fetched: it would weigh nothing.
    """
    context = browser.new_context(
        viewport=PHONE, device_scale_factor=3, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    wire = Wire(context.new_cdp_session(page))
    try:
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => 1)")
    finally:
        context.close()
    return wire.weighed()


class Wire:
    """Listens to what a page's browser fetches, by the DevTools protocol."""

    def __init__(self, session: Any) -> None:
        self._asked: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._failed: list[str] = []
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.loadingFinished", self._weigh)
        session.on("Network.loadingFailed", lambda event: self._failed.append(event["requestId"]))
        session.send("Network.enable")

    def _ask(self, event: dict[str, Any]) -> None:
        self._asked[event["requestId"]] = event["request"]["url"]

    def _weigh(self, event: dict[str, Any]) -> None:
        self._sizes[event["requestId"]] = int(event["encodedDataLength"])

    def weighed(self) -> dict[str, int]:
        """Address → bytes. Raises Refused for what could not be fetched."""
        if self._failed:
            address = self._asked.get(self._failed[0], self._failed[0])
            raise Refused(f"{address} could not be loaded")
        found: dict[str, int] = {}
        for name, size in self._sizes.items():
            found[self._asked[name]] = found.get(self._asked[name], 0) + size
        return found
