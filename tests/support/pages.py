"""Is a page accessible and valid? `audit(page)` returns what is wrong, in readable lines.

axe runs twice: it never looks at the contrast of Arabic script, so the second run sees x instead.
The Nu checker runs as a server of its own, started at the first question.
"""

from __future__ import annotations

import html
import json
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.support.browser import source_of
from tools import page_tools, processes

MODULES = Path(__file__).resolve().parents[2] / "frontend" / "node_modules"
AXE = MODULES / "axe-core" / "axe.min.js"
VNU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]

CONTRAST = ["color-contrast"]

RUN_AXE = """async ([type, values]) => {
  const found = await axe.run(document, {
    runOnly: {type, values},
    resultTypes: ['violations'],
    preload: {assets: ['media']},  // style sheets are for experimental rules only
  });
  return found.violations.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(
    ({target, html, failureSummary}) => ({target: target.join(' '), html, failureSummary}))}));
}"""
WRITE_X_FOR_ARABIC = r"""() => {
  const arabic = /[\u0600-\u06FF\u0750-\u077F\uFB50-\uFDFF\uFE70-\uFEFF]/g;
  const texts = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  let changed = 0;
  while (texts.nextNode()) {
    const text = texts.currentNode;
    if (text.data.search(arabic) < 0) continue;
    text.data = text.data.replace(arabic, 'x');
    changed += 1;
  }
  return changed;
}"""
Audit = Callable[[Page], list[str]]
Validate = Callable[[str], list[str]]


def axe(page: Page) -> list[str]:
    """What axe finds against WCAG 2.0 to 2.2, A and AA. Changes Arabic text in the page."""
    if not page.evaluate("() => typeof axe !== 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))  # not a script tag: the policy forbids it
    lines = _axe_lines(page.evaluate(RUN_AXE, ["tag", TAGS]))
    if page.evaluate(WRITE_X_FOR_ARABIC):
        contrast = _axe_lines(page.evaluate(RUN_AXE, ["rule", CONTRAST]))
        lines += [line for line in contrast if line not in lines]
    return lines


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
    server: list[tuple[subprocess.Popen[bytes], int]] = []

    def check(text: str) -> list[str]:
        if not server:
            server.append(_start_vnu())
        request = urllib.request.Request(
            f"http://127.0.0.1:{server[0][1]}/?out=json",
            data=text.encode(),
            headers={"Content-Type": "text/html; charset=utf-8"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            return _vnu_lines(json.load(answer)["messages"])

    yield check
    for process, _ in server:
        processes.stop(process)


def _start_vnu() -> tuple[subprocess.Popen[bytes], int]:
    port = processes.free_port()
    process = subprocess.Popen(
        [
            page_tools.java(),
            "-Dnu.validator.servlet.bind-address=127.0.0.1",
            "-cp",
            str(VNU),
            "nu.validator.servlet.Main",
            str(port),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=processes.end_with_parent,
    )
    if not processes.wait_until(lambda: processes.answers(port), seconds=60):
        processes.stop(process)
        raise RuntimeError("The HTML checker did not start within 60 seconds.")
    return process, port


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
    """Everything at once: `assert audit(page) == []`. Ask last, it changes Arabic text."""

    def check(page: Page) -> list[str]:
        answer = aside.submit(validate, source_of(page))
        lines = axe(page)
        return answer.result() + lines

    return check
