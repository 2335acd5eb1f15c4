"""Processes killed, disk full, database restarted, repeats, clocks: nothing acknowledged is lost.

Clients send baskets and try again, like a browser, until they are led to a receipt. The same is
done to a control that acknowledges first and writes later, without a key: if nothing is found
wrong with that, the check is worth nothing, and `control_failed` is False.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

from richtschnur.bench.breaking import Breaker
from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.intake import TOKEN, sending
from richtschnur.bench.load import Post, Tally, send_all, send_until_taken
from richtschnur.bench.processes import limit_files
from richtschnur.bench.servers import peer, product

STEPS = "richtschnur.bench.faults_steps"
KINDS = {
    "sqlite": ("kill-web", "kill-worker", "disk-full", "repeats"),
    "postgresql": ("kill-web", "kill-worker", "kill-database", "restart-database", "repeats"),
}
CLIENTS, REPEATS = 4, 100


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for each database and fault, one for the clock."""
    injected = 2 if is_quick else 200
    runs = []
    for database in DATABASES:
        with installed(database) as place:
            count = len(KINDS[database]) * (injected * 60 + 200)
            made = place.call(f"{STEPS}:texts_differ", count=count, seed=seed)
            baskets = iter([sending(made, secret, key) for secret, key in made["baskets"]])
            for kind in KINDS[database]:
                progress(f"{database}: {kind}")
                runs.append(_fault(place, kind, baskets, injected, Random(seed)))  # noqa: S311
        if database == "sqlite":
            runs.append(_clock(place, seed, 10_000 if is_quick else 100_000))
    return runs


def _fault(
    place: Installed, kind: str, baskets: Iterator[Post], injected: int, random: Random
) -> dict[str, Any]:
    if kind == "repeats":
        tally, control = _repeats(place, baskets, injected)
    elif kind == "disk-full":
        injected = min(injected, 5)
        tally, control = _disk_full(place, baskets, injected)
    else:
        tally = _under_load(place, kind, baskets, injected, random)
        control = _control(place, kind, random)
    found = place.call(f"{STEPS}:standing", addresses=tally.places)
    if kind == "kill-worker":  # nothing is acknowledged by it: what was never sent must be missed
        control = place.call(f"{STEPS}:standing", addresses=[*tally.places, "/never/"])
        control["lost"] -= found["lost"]
    return {
        "database": place.database,
        "fault": kind,
        "injected": injected,
        "acknowledged": len(set(tally.places)),
        **found,
        "control_failed": bool(control["lost"] or control["doubled"]),
        "tried_again": len(tally.errors),
    }


def _under_load(
    place: Installed, kind: str, baskets: Iterator[Post], injected: int, random: Random
) -> Tally:
    """Break it so often while clients send, and let them go on until all is taken."""
    with product(place) as port, _breaking(place, port, kind, injected, random) as is_over:
        return send_until_taken(port, _until(is_over, baskets), clients=CLIENTS)


def _control(place: Installed, kind: str, random: Random) -> dict[str, int]:
    """The hasty peer under the same fault, five times at most; what was lost or doubled."""
    if kind == "kill-worker":
        return {"lost": 0, "doubled": 0}
    with peer(place) as port, _breaking(place, port, kind, 2, random) as is_over:
        posts = _until(is_over, (_hasty(f"{kind}-{number}") for number in range(100_000)))
        tally = send_until_taken(port, posts, clients=CLIENTS)
    return place.call(f"{STEPS}:remarks", keys=[one.rpartition("#")[2] for one in tally.places])


def _hasty(key: str) -> Post:
    return Post("/hasty", f"csrfmiddlewaretoken={TOKEN}&text={key}", f"csrftoken={TOKEN}")


@contextmanager
def _breaking(
    place: Installed, port: int, kind: str, injected: int, random: Random
) -> Iterator[threading.Event]:
    """Breaks beside the load; the event is set when it has done so often enough."""
    is_over, breaker = threading.Event(), Breaker(place, port)

    def work() -> None:
        try:
            for _time in range(injected):
                is_over.wait(random.uniform(0.2, 0.8))
                breaker.strike(kind, random)
        finally:
            is_over.set()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield is_over
    finally:
        is_over.set()
        thread.join()


def _until(is_over: threading.Event, posts: Iterator[Post]) -> Iterator[Post]:
    while not is_over.is_set():
        post = next(posts, None)
        if post is None:
            return
        yield post


def _repeats(
    place: Installed, baskets: Iterator[Post], injected: int
) -> tuple[Tally, dict[str, int]]:
    """Each basket sent so many times at once: one contribution, one receipt."""
    total = Tally()
    with product(place) as port:
        for _time in range(min(injected, 20)):
            tally = send_all(port, [next(baskets)] * REPEATS, clients=32)
            total.places += tally.places
            total.errors += tally.errors
    with peer(place) as port:
        send_all(port, [_hasty("repeated")] * REPEATS, clients=32)
    return total, place.call(f"{STEPS}:remarks", keys=["repeated"])


def _disk_full(
    place: Installed, baskets: Iterator[Post], injected: int
) -> tuple[Tally, dict[str, int]]:
    """No file may grow beyond a limit, until sending fails; then there is room again."""
    total = Tally()
    for _time in range(injected):
        with product(place) as port:
            limit_files(port, _largest(place) + 150_000)
            some = [next(baskets) for _number in range(120)]
            tally = send_all(port, some, clients=CLIENTS)
            total.places += tally.places
            total.errors += tally.errors
        with product(place) as port:
            total.places += send_until_taken(port, iter(some), clients=CLIENTS).places
    with peer(place) as port:
        limit_files(port, 16_384)
        tally = send_all(port, [_hasty(f"full-{n}") for n in range(200)], clients=CLIENTS)
    keys = [where.rpartition("#")[2] for where in tally.places]
    return total, place.call(f"{STEPS}:remarks", keys=keys)


def _largest(place: Installed) -> int:
    return max(file.stat().st_size for file in place.home.glob("*.sqlite3*"))


def _clock(place: Installed, seed: int, cases: int) -> dict[str, Any]:
    found = place.call(f"{STEPS}:deadlines", cases=cases, seed=seed)
    return {
        "database": "",
        "fault": "clock",
        "injected": cases,
        "acknowledged": 0,
        "lost": found["wrong"],
        "doubled": 0,
        "control_failed": found["control"] > 0,
    }
