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
    wire = context.new_cdp_session(page)
    asked: dict[str, str] = {}
    weighed: dict[str, int] = {}
    failed: list[str] = []
    wire.on(
        "Network.requestWillBeSent", lambda e: asked.update({e["requestId"]: e["request"]["url"]})
    )
    wire.on(
        "Network.loadingFinished",
        lambda e: weighed.update({e["requestId"]: int(e["encodedDataLength"])}),
    )
    wire.on("Network.loadingFailed", lambda e: failed.append(e["requestId"]))
    wire.send("Network.enable")
    try:
        page.goto(address, wait_until="networkidle")
        page.evaluate("document.fonts.ready.then(() => 1)")
    finally:
        context.close()
    missed = [asked.get(one, one) for one in failed]
    if missed:
        raise Refused(f"{missed[0]} could not be loaded")
    found: dict[str, int] = {}
    for name, size in weighed.items():
        found[asked[name]] = found.get(asked[name], 0) + size
    return found
