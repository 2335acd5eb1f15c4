"""The draft's page and the list of contributions, with none and with a million contributions.

`page_p95_ms` and `list_p95_ms` are of pages that are made anew (a reader with a basket), one after
the other, in turns with the same pages of an installation without contributions (`…_to_empty`);
`narrow_p95_ms` is that of the slowest way to search, narrow, sort and page the list.
`pages_per_s` and `lists_per_s` are of readers without cookies, 8 at once, in turns with the peer's
hello. `worker_mb` is the larger worker's share of the memory (PSS, see processes.py) after all of
it; `first_load_kb` what a browser on a phone fetches for the draft's page in German, and for
Arabic, and the heaviest of all languages.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from statistics import median
from typing import Any

from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.first_load import chromium, first_load
from richtschnur.bench.load import Post, send_all
from richtschnur.bench.processes import serving, share_of_memory
from richtschnur.bench.servers import peer, product

Progress = Callable[[str], None]
SIZES = (0, 1_000, 100_000, 1_000_000)
AT_ONCE = 100_000  # contributions that are added in one transaction
TURNS = 5
CLIENTS = 8
STEPS = "richtschnur.bench.pages_steps"
FILLING = "richtschnur.bench.pages_filling"
NARROWED = (
    "sort=oldest",
    "sort=passage",
    "kind=club&answered=yes",
    "language=ar",
    "passage=3",
    "passage=3&kind=club&sort=oldest",
    "after={middle}",
    "q=Rathaus",
    "q=Rathaus&sort=oldest&language=ar",
    "q=Nummer&kind=resident",
    "q=Bahnhof+Kinder+Busse&sort=passage",
    "q=nirgends",
)


@dataclass(frozen=True)
class Pages:
    """What is asked for on the two installations, and how often."""

    ours: int  # port
    empty: int  # port of the one without contributions
    hello: int  # port of the peer
    page: str
    list: str
    cookie: str
    count: int
    size: int

    def anew(self, port: int, path: str, count: int) -> float:
        """The 95th percentile in ms of readers with a basket, one after the other."""
        posts = [Post(path, cookie=self.cookie)] * count
        return send_all(port, posts, clients=1).percentile_ms(95)


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """One run for each database and number of contributions."""
    sizes = SIZES[:2] if is_quick else SIZES
    runs = []
    for database in DATABASES:
        with installed(database) as place, installed(database) as empty:
            progress(f"{database}: two installations, one stays empty")
            made = place.call(f"{STEPS}:prepared", seed=seed)
            empty.call(f"{STEPS}:prepared", seed=seed)
            present = 0
            for size in sizes:
                present = _filled(place, present, size, seed, progress)
                progress(f"{database}, {size:,} contributions: measuring")
                figures = _measured(place, empty, made, size, 20 if is_quick else 100)
                runs.append({"database": database, "contributions": size, **figures})
    return runs


def _filled(place: Installed, present: int, wanted: int, seed: int, progress: Progress) -> int:
    while present < wanted:
        goal = min(wanted, present + AT_ONCE)
        progress(f"{place.database}: {goal:,} of {wanted:,} contributions")
        present = place.call(f"{FILLING}:fill", present=present, wanted=goal, seed=seed)
    place.call(f"{FILLING}:finish")
    return present


def _measured(
    place: Installed, empty: Installed, made: dict[str, Any], size: int, count: int
) -> dict[str, Any]:
    with ExitStack() as servers:
        ports = [servers.enter_context(one) for one in (product(place), product(empty))]
        hello = servers.enter_context(peer(place))
        asked = {name: made[name] for name in ("page", "list", "cookie")}
        pages = Pages(ports[0], ports[1], hello, **asked, count=count, size=size)
        figures = _anew(pages) | _narrowed(pages) | _anonymous(pages) | _memory(pages)
        figures |= _first_loads(pages, made["pages"])
    for name in ("page", "list"):
        figures[f"{name}_queries"] = place.call(f"{STEPS}:queries", path=made[name])
    return figures


def _anew(pages: Pages) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    for name, path in (("page", pages.page), ("list", pages.list)):
        for port in (pages.ours, pages.empty):
            pages.anew(port, path, CLIENTS)  # awake
        turns = [
            (pages.anew(pages.ours, path, pages.count), pages.anew(pages.empty, path, pages.count))
            for _turn in range(TURNS)
        ]
        figures[f"{name}_p95_ms"] = median(ours for ours, _empty in turns)
        figures[f"{name}_to_empty"] = round(median(ours / empty for ours, empty in turns), 3)
    return figures


def _narrowed(pages: Pages) -> dict[str, Any]:
    """In turns with the list as it opens; the slowest of all ways."""
    found = {}
    for narrow in NARROWED if pages.size else ():
        path = f"{pages.list}?{narrow.format(middle=pages.size // 2)}"
        turns = [
            (
                pages.anew(pages.ours, path, pages.count // 4),
                pages.anew(pages.ours, pages.list, pages.count // 4),
            )
            for _turn in range(3)
        ]
        found[narrow] = (median(way for way, _list in turns), median(a / b for a, b in turns))
    slowest = max(found, key=lambda way: found[way][0], default="")
    took, ratio = found.get(slowest, (None, None))
    return {
        "narrow_p95_ms": took,
        "narrow_to_list": round(ratio, 3) if ratio else None,
        "slowest": slowest,
    }


def _anonymous(pages: Pages) -> dict[str, Any]:
    figures: dict[str, Any] = {"errors": 0}
    hellos = [Post("/hello")] * pages.count * 5
    for name, path in (("page", pages.page), ("list", pages.list)):
        posts = [Post(path)] * pages.count * 5
        send_all(pages.ours, posts[: pages.count], clients=CLIENTS)  # all awake
        send_all(pages.hello, hellos[: pages.count], clients=CLIENTS)
        turns = [
            (
                send_all(pages.ours, posts, clients=CLIENTS),
                send_all(pages.hello, hellos, clients=CLIENTS),
            )
            for _turn in range(TURNS)
        ]
        rates = [(ours.per_second, hello.per_second) for ours, hello in turns]
        figures[f"{name}s_per_s"] = round(median(ours for ours, _hello in rates), 1)
        figures[f"{name}s_to_hello"] = round(median(ours / hello for ours, hello in rates), 3)
        figures["hello_per_s"] = round(median(hello for _ours, hello in rates), 1)
        figures["errors"] += sum(len(tally.errors) for turn in turns for tally in turn)
    return figures


def _memory(pages: Pages) -> dict[str, Any]:
    """Of the worker that holds most, after it has answered all of the above."""
    shares = [share_of_memory(pid) for pid in serving(pages.ours)]
    most = max(shares, key=lambda share: share["pss"])
    return {
        "worker_mb": round(most["pss"], 1),
        "worker_own_mb": round(most["uss"], 1),
        "worker_rss_mb": round(most["rss"], 1),
    }


def _first_loads(pages: Pages, addresses: dict[str, str]) -> dict[str, Any]:
    here = f"http://127.0.0.1:{pages.ours}"
    with chromium() as browser:
        weights = {
            language: sum(first_load(browser, here + path).values()) / 1000
            for language, path in addresses.items()
        }
    return {
        "first_load_kb": round(weights["de"], 1),
        "first_load_ar_kb": round(weights["ar"], 1),
        "first_load_most_kb": round(max(weights.values()), 1),
    }
