"""Is a page accessible and valid? `audit(page)` returns what is wrong, in readable lines.

axe takes joined letters for icons and leaves out their contrast, so it is told that no text is an
icon. The Nu checker runs as a server, one for all test processes when `./run test` starts it.
"""

from __future__ import annotations

import html
import json
import os
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.support.browser import source_of
from tools import page_tools

AXE = page_tools.MODULES / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

RUN_AXE = """async (tags) => {
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: tags},
    resultTypes: ['violations'],
    preload: {assets: ['media']},  // style sheets are for experimental rules only
  });
  return found.violations.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(
    ({target, html, failureSummary}) => ({target: target.join(' '), html, failureSummary}))}));
}"""
# axe draws a text and its first letter; a word that is narrower than its letters is an icon to it.
NO_TEXT_IS_AN_ICON = """() => {
  const inked = new Uint32Array([1]).buffer;
  const pen = {
    canvas: {}, fillText() {}, clearRect() {},
    measureText: (text) => ({width: 30 * text.length}),
    getImageData: () => ({data: {buffer: inked}}),
  };
  HTMLCanvasElement.prototype.getContext = () => pen;
}"""
Audit = Callable[[Page], list[str]]
Validate = Callable[[str], list[str]]


def keep_axe_ready(context: BrowserContext) -> None:
    """For many pages in a row: the browser keeps axe instead of being sent it for each page."""
    context.add_init_script(path=AXE)


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2, A and AA. The page can't draw afterwards."""
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # not a script tag: the policy forbids it
    page.evaluate(NO_TEXT_IS_AN_ICON)
    return _axe_lines(page.evaluate(RUN_AXE, TAGS))


def _axe_lines(violations: list[dict[str, Any]]) -> list[str]:
    return [
        f"axe {found['id']}: {found['help']} at {node['target']}: {node['html'][:200]}"
        f" ({' '.join(node['failureSummary'].split())[:300]})"
        for found in violations
        for node in found["nodes"]
    ]


@pytest.fixture(scope="session")
def validate() -> Iterator[Validate]:
    """Checks HTML text with the Nu checker: `validate(text)` returns errors as lines."""
    with ExitStack() as stack:
        address = os.environ.get(page_tools.CHECKER, "")

        def check(text: str) -> list[str]:
            nonlocal address
            address = address or stack.enter_context(page_tools.html_checker())
            request = urllib.request.Request(
                f"{address}?out=json",
                data=text.encode(),
                headers={"Content-Type": "text/html; charset=utf-8"},
            )
            with urllib.request.urlopen(request, timeout=60) as answer:
                return _vnu_lines(json.load(answer)["messages"])

        yield check


def _vnu_lines(messages: list[dict[str, Any]]) -> list[str]:
    return [
        f"vnu line {message.get('lastLine')}: {message['message']}"
        f" at {html.unescape(message.get('extract', '').strip())[:200]!r}"
        for message in messages
        if message["type"] != "info" or message.get("subType") == "warning"
    ]


@pytest.fixture(scope="session")
def aside() -> Iterator[ThreadPoolExecutor]:
    """Where the HTML checker is asked while axe runs. It ends with the thread that started it."""
    with ThreadPoolExecutor(1) as thread:
        yield thread


@pytest.fixture
def audit(validate: Validate, aside: ThreadPoolExecutor) -> Audit:
    """Everything at once: `assert audit(page) == []`. Ask last, the page can't draw afterwards."""

    def check(page: Page) -> list[str]:
        answer = aside.submit(validate, source_of(page))
        lines = axe(page)
        return answer.result() + lines

    return check
