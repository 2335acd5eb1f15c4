"""What breaks on odd requests is found, and what runs in a browser is counted."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser

from richtschnur.bench import hostile_exports, payloads
from richtschnur.bench.hostile import _faults
from richtschnur.bench.hostile_browser import Walker, control
from richtschnur.bench.hostile_requests import all_addresses, fuzz, hostile, upload
from richtschnur.documents.attachments import Rejected, kind_of

MADE = {
    "known": ["papier"],
    "cookies": {"a": "b"},
    "sessions": {"sommer": "x"},
    "paths": {"basket": "/korb", "whole": "/ganz"},
}
Respond = Callable[[str], tuple[int, str, dict[str, str]]]


@contextmanager
def served(respond: Respond) -> Iterator[int]:
    """A server that answers every request as `respond(path)` says: status, body, headers."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body, more = respond(self.path + asked.decode("latin-1"))
            data = body.encode("utf-8", "replace")
            self.send_response(status)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **more}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(data)

        do_POST = do_PUT = do_DELETE = do_HEAD = do_OPTIONS = do_PATCH = do_GET  # noqa: N815

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_a_page_that_breaks_is_counted() -> None:
    """Planted: the portal answers 500 to everyone."""
    with served(lambda path: (500 if path.partition("?")[0] == "/de/" else 200, "", {})) as port:
        found = fuzz(port, MADE, 600, 1)
    assert found.tried == 600
    assert found.where
    assert all(where.endswith(" /de/") for where in found.where)
    assert found.reflected == []


def test_a_page_that_gives_back_markup_is_counted() -> None:
    """Planted: what stands in the address or the form is written into the page as it is."""
    with served(lambda path: (200, unquote_plus(path), {})) as port:
        assert fuzz(port, MADE, 60, 1).reflected
    with served(lambda path: (200, escape(unquote_plus(path)), {})) as port:
        assert fuzz(port, MADE, 60, 1).reflected == []


def test_a_connection_that_breaks_is_counted() -> None:
    with served(lambda path: (200, "", {"Content-Length": "9", "Connection": "close"})) as port:
        assert fuzz(port, MADE, 3, 1).where


def test_a_file_that_is_not_looked_at_is_counted() -> None:
    """Planted: every upload is answered with 404, as an address is that does not exist."""
    with served(lambda path: (404, "", {})) as port:
        assert len(upload(port, MADE, 4, 1).where) == 4
    with served(lambda path: (422, "", {})) as port:
        assert upload(port, MADE, 4, 1).where == []


def test_every_address_gets_a_language_once() -> None:
    found = all_addresses()
    assert len(found) > 100
    assert not [path for path in found if path.startswith("/de/de/") or not path.startswith("/")]


def test_hostile_files_are_of_many_kinds() -> None:
    random, codes = Random(1), set()
    for number in range(200):
        try:
            codes.add(kind_of(hostile(number, random)))
        except Rejected as rejected:
            codes.add(rejected.code)
    assert {"unknown", "damaged", "program"} <= codes


def test_each_field_gets_each_try() -> None:
    count = len(payloads.WORDS)
    for name in payloads.FIELDS:
        tries = {payloads.words(name, number) for number in range(count)}
        assert len(tries) == count
        assert all(payloads.mark(name) in one for one in tries)
    assert all(len(payloads.line("name", n)) <= 200 for n in range(count))


@pytest.mark.parametrize(
    ("body", "kind", "fault"),
    [
        (b"a,b\r\n=1+1,x\r\n", "text/csv", "formula"),
        (b"a,b\r\n'=1+1,-5\r\n", "text/csv", ""),
        (b"<p>x</p>", "text/html", "opens in the browser"),
    ],
)
def test_files_that_do_more_than_be_read_are_found(body: bytes, kind: str, fault: str) -> None:
    headers = {"content-type": kind, "x-content-type-options": "nosniff"}
    found = hostile_exports.faults_in("x", headers, body)
    assert bool(found) == bool(fault)
    assert fault in "".join(found)


def test_errors_in_the_log_are_found(tmp_path: Path) -> None:
    log = tmp_path / "log"
    line = "2026-11-28 17:52:34,595 {} django.request Forbidden\n"
    log.write_text(line.format("WARNING"), "utf-8")
    assert _faults(log, lambda said: None) == 0
    log.write_text(line.format("ERROR") + "Traceback (most recent call last):\n", "utf-8")
    assert _faults(log, lambda said: None) == 2


@pytest.mark.browser
def test_the_browser_counts_what_runs(browser: Browser) -> None:
    wide_open = control(browser, payloads.MARKUP, str)
    assert len(wide_open.runs) > 10
    assert any(one.startswith("request to elsewhere.invalid") for one in wide_open.runs)
    assert wide_open.markup
    closed = control(browser, payloads.WORDS, escape)
    assert (closed.runs, closed.markup) == ([], [])


@pytest.mark.browser
@pytest.mark.parametrize("words", ["<script>hit=1</script>", "<script>alert(1)</script>"])
def test_what_a_policy_stops_is_counted_too(browser: Browser, words: str) -> None:
    """Planted: a page that forgets to escape, once with a policy that saves it, once without."""
    policy = {"Content-Security-Policy": "default-src 'self'"}
    for headers, said in ((policy, "policy"), ({}, "hit" if "hit" in words else "dialog")):
        with served(lambda path, h=headers: (200, f"<p>{words}</p>", h)) as port:  # type: ignore[misc]
            walker = Walker(browser, f"http://127.0.0.1:{port}", {})
            assert walker.open(f"http://127.0.0.1:{port}/de/")
            walker.context.close()
        assert [one for one in walker.seen.runs if one.startswith(said)]
