"""The draft's page and the list of contributions, with none and with a million contributions.

`page_p95_ms` and `list_p95_ms` are of pages that are made anew (a reader with a basket), one after
the other; `pages_per_s` is of readers without cookies, 8 at once, in turns with the peer's hello.
"""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any
from urllib.parse import urljoin

from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.load import Post, send_all
from richtschnur.bench.processes import megabytes, serving
from richtschnur.bench.servers import peer, product

SIZES = (0, 1_000, 100_000, 1_000_000)
TURNS = 5
CLIENTS = 8
STEPS = "richtschnur.bench.pages_steps"
LINKED = re.compile(r'<(?:link|script|img)\b[^>]*?(?:href|src)="([^"]+)"[^>]*>')
LOADED = re.compile(r"<script|<img|rel=\"(?:stylesheet|icon|preload|modulepreload)\"")
IN_STYLE = re.compile(r"url\([\"']?([^)\"']+)[\"']?\)")


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for each database and number of contributions."""
    sizes = SIZES[:2] if is_quick else SIZES
    runs = []
    for database in DATABASES:
        with installed(database) as place:
            made = place.call(f"{STEPS}:prepared", seed=seed)
            if not made["list"]:
                progress("this release has no public list of contributions yet: left out")
            runs += _measured(place, made, sizes, is_quick, progress)
    return runs


def _measured(
    place: Installed,
    made: dict[str, str],
    sizes: tuple[int, ...],
    is_quick: bool,
    progress: Callable[[str], None],
) -> list[dict[str, Any]]:
    runs: list[dict[str, Any]] = []
    present = 0
    for size in sizes:
        progress(f"{place.database}: {size} contributions")
        present = place.call(f"{STEPS}:fill", present=present, wanted=size)
        with ExitStack() as servers:
            ours = servers.enter_context(product(place))
            theirs = servers.enter_context(peer(place))
            figures = _figures(ours, theirs, made, 20 if is_quick else 200)
        for name in ("page", "list"):
            path = made[name]
            figures[f"{name}_queries"] = (
                path and place.call(f"{STEPS}:queries", path=path)
            ) or None
        runs.append({"database": place.database, "contributions": size, **figures})
    return runs


def _figures(ours: int, theirs: int, made: dict[str, str], count: int) -> dict[str, Any]:
    hellos, pages = [Post("/hello")] * count * 5, [Post(made["page"])] * count * 5
    send_all(ours, pages[: count * 2], clients=CLIENTS)  # all awake
    send_all(theirs, hellos[:count], clients=CLIENTS)
    turns = [
        (send_all(ours, pages, clients=CLIENTS), send_all(theirs, hellos, clients=CLIENTS))
        for _turn in range(TURNS)
    ]
    rates = [(page.per_second, hello.per_second) for page, hello in turns]
    return {
        "page_p95_ms": _p95(ours, made["page"], made["cookie"], count),
        "list_p95_ms": _p95(ours, made["list"], made["cookie"], count) if made["list"] else None,
        "pages_per_s": round(median(page for page, _hello in rates), 1),
        "hello_per_s": round(median(hello for _page, hello in rates), 1),
        "ratio": round(median(page / hello for page, hello in rates), 3),
        "worker_mb": round(max(map(megabytes, serving(ours))), 1),
        "first_load_kb": round(first_load(ours, made["page"]) / 1000, 1),
        "errors": sum(len(tally.errors) for turn in turns for tally in turn),
    }


def _p95(port: int, path: str, cookie: str, count: int) -> float:
    """Of single readers, one after the other; the median of three such rounds."""
    posts = [Post(path, cookie=cookie)] * count
    return median(send_all(port, posts, clients=1).percentile_ms(95) for _round in range(3))


def first_load(port: int, path: str) -> int:
    """Bytes over the wire of a page and all that it loads, headers included."""
    page, size = _fetched(port, path)
    html = page.decode()
    wanted = [found.group(1) for found in LINKED.finditer(html) if LOADED.search(found.group(0))]
    seen: set[str] = set()
    while wanted:
        address = urljoin(path, wanted.pop())
        if address in seen or not address.startswith("/"):
            continue
        seen.add(address)
        body, its_size = _fetched(port, address)
        size += its_size
        if ".css" in address:
            inside = IN_STYLE.findall(body.decode())
            wanted += [urljoin(address, one) for one in inside if not one.startswith("data:")]
    return size


def _fetched(port: int, path: str) -> tuple[bytes, int]:
    """A body as it reads, and how much of it travelled."""
    sizes, body = [], b""
    for accepted in ("br, gzip", "identity"):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", path, headers={"Accept-Encoding": accepted})
        answer = connection.getresponse()
        body = answer.read()
        head = sum(len(name) + len(value) + 4 for name, value in answer.getheaders())
        sizes.append(len(body) + head)
        connection.close()
    return body, sizes[0]
