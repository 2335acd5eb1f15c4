"""The desk of someone who answers, with a thousand and with a million contributions.

`p95_ms` is of pages that are made anew for an officer who is logged in, one after the other, in
turns with the peer's hello (`hello_p95_ms`, `to_hello`); the queue is opened all over the list, a
point in its middle. `queries` counts what the page asks the database, sessions included.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from statistics import median
from typing import Any

from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.load import Post, send_all
from richtschnur.bench.servers import peer, product
from richtschnur.journal.refusals import Refused

Progress = Callable[[str], None]
SIZES = (1_000, 100_000, 1_000_000)
AT_ONCE = 100_000  # contributions that are added in one transaction
FILLING = "richtschnur.bench.pages_filling"
STEPS = "richtschnur.bench.desk_steps"


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """One run for each database, number of contributions and page."""
    runs = []
    for database in DATABASES:
        with installed(database) as place:
            progress(f"{database}: an installation")
            place.call("richtschnur.bench.pages_steps:prepared", seed=seed)
            present = 0
            for size in SIZES[:1] if is_quick else SIZES:
                while present < size:
                    goal = min(size, present + AT_ONCE)
                    progress(f"{database}: {goal:,} of {size:,} contributions")
                    present = place.call(f"{FILLING}:fill", present=present, wanted=goal, seed=seed)
                made = place.call(f"{STEPS}:prepared", seed=seed)
                progress(f"{database}, {size:,} contributions: measuring")
                about = {"database": database, "contributions": size}
                turns = (3, 10) if is_quick else (5, 100)
                for page, figures in _measured(place, made, *turns):
                    runs.append(about | {"page": page} | figures)
    return runs


def _measured(
    place: Installed, made: dict[str, Any], turns: int, count: int
) -> list[tuple[str, dict[str, Any]]]:
    with ExitStack() as servers:
        ours = servers.enter_context(product(place))
        hello = servers.enter_context(peer(place))
        found = [
            (page, _page(ours, hello, paths, made["cookie"], turns, count))
            for page, paths in made["pages"].items()
        ]
    asked = place.call(f"{STEPS}:queries", pages=made["pages"])
    return [(page, figures | {"queries": asked[page]}) for page, figures in found]


def _page(
    ours: int, hello: int, paths: list[str], cookie: str, turns: int, count: int
) -> dict[str, Any]:
    posts = [Post(paths[n % len(paths)], cookie=cookie) for n in range(count)]
    hellos = [Post("/hello")] * count
    send_all(ours, posts[:4], clients=1)  # awake
    send_all(hello, hellos[:4], clients=1)
    found = []
    for _turn in range(turns):
        one, other = send_all(ours, posts, clients=1), send_all(hello, hellos, clients=1)
        if one.errors or other.errors:
            raise Refused(f"{paths[0]} answered {(one.errors + other.errors)[0]}")
        found.append((one.percentile_ms(95), other.percentile_ms(95)))
    return {
        "p95_ms": median(one for one, _other in found),
        "hello_p95_ms": median(other for _one, other in found),
        "to_hello": round(median(one / other for one, other in found), 2),
    }
