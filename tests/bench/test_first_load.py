"""The first page that somebody opens weighs 100 kB at most, in each language, as it is served."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from richtschnur.bench.databases import installed
from richtschnur.bench.first_load import first_load
from richtschnur.bench.servers import product
from richtschnur.ui.languages import LANGUAGES

pytestmark = pytest.mark.browser
MOST = 100_000  # bytes


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_any: object) -> None:
        """Nobody reads it."""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which it is served."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_all_that_a_page_fetches_is_counted(browser: Browser, folder: tuple[Path, str]) -> None:
    place, address = folder
    style = (
        '@import "b.css"; body { background: url(c.svg) } /* never */ .no { background: url(d) }'
    )
    (place / "index.html").write_text(f'<link rel="stylesheet" href="a.css">{"x" * 1000}')
    (place / "a.css").write_text(style)
    (place / "b.css").write_text("/*" + "y" * 100_000 + "*/")
    (place / "c.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>" + " " * 20_000)
    found = first_load(browser, f"{address}/index.html")
    assert {one.rpartition("/")[2] for one in found} >= {"index.html", "a.css", "b.css", "c.svg"}
    assert 121_000 < sum(found.values()) < 125_000


def test_the_first_page_is_light_in_every_language(browser: Browser) -> None:
    with installed("sqlite") as place:
        made = place.call("richtschnur.bench.pages_steps:prepared", seed=1)
        with product(place, "--no-worker") as port:
            here = f"http://127.0.0.1:{port}"
            weights = {
                language.code: first_load(browser, here + made["pages"][language.code])
                for language in LANGUAGES
            }
    heavy = {code: found for code, found in weights.items() if sum(found.values()) > MOST}
    assert heavy == {}
    assert all(len(found) >= 8 for found in weights.values())  # fonts and sheets are among them
