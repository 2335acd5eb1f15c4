"""Processes killed, disk full, database restarted, repeats, clocks: nothing acknowledged is lost.

Clients send baskets and try again, like people, until they are led to a receipt; a strike comes
when some more were acknowledged since the last one. Afterwards each receipt must lead to one
contribution with its comment, its entry and its leaf, and the exported log must hold.

The same is done to a control that is wrong on purpose (`control` names it). If nothing is found
wrong with that, the check is worth nothing: `control_failed` is False, and `defect` says so.

A whole run takes about half an hour: RICHTSCHNUR_BENCH_ONLY="postgresql kill-web clock"
leaves all other databases and faults out, so that it can be taken in parts or up again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from random import Random
from typing import Any

import psycopg

from richtschnur.bench.breaking import Postgres, Site, server_of
from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.insisting import Crowd
from richtschnur.bench.intake import TOKEN, sending
from richtschnur.bench.load import Post, Tally, send_all
from richtschnur.bench.peer.worker import DONE
from richtschnur.bench.servers import (
    PEER,
    peer,
    peer_server,
    product,
    product_server,
    worker_server,
)
from richtschnur.journal.refusals import Refused

STEPS = "richtschnur.bench.faults_steps"
SCHEDULE = "richtschnur.config.schedule:schedule"
HASTY_SCHEDULE = "richtschnur.bench.peer.worker:schedule"
STRIKES = {
    "kill-web": 200,
    "kill-worker": 200,
    "restart-database": 20,
    "disk-full": 10,
    "repeats": 20,
    "clock": 100_000,
    "kill-database": 200,
}
FEWER = {("sqlite", "kill-database"): 40}  # all its processes start anew, which takes seconds
QUICK = {"clock": 10_000}  # all others are done twice
ONLY = "RICHTSCHNUR_BENCH_ONLY"
CONTROLS = 5  # strikes at a control, at most
REPEATS, AT_ONCE = 100, 32
BASKETS = 60  # for each strike
BETWEEN = 6  # at most so many are acknowledged after one strike was repaired, before the next


@dataclass
class Bench:
    """One installation under faults; `baskets` and `random` go on from fault to fault."""

    place: Installed
    database: Postgres | None
    baskets: Iterator[Post]
    random: Random
    progress: Callable[[str], None]


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for each database and fault."""
    runs = []
    for database in DATABASES:
        strikes = planned(database, os.environ.get(ONLY, "").split(), is_quick=is_quick)
        if not strikes:
            continue
        with installed(database) as place, server_of(place) as server:
            progress(f"{database}: baskets")
            count = sum(n * BASKETS + 400 for kind, n in strikes.items() if kind != "clock")
            made = place.call(f"{STEPS}:texts_differ", count=count, seed=seed)
            baskets = iter([sending(made, secret, key) for secret, key in made["baskets"]])
            random = Random(f"{seed}/{database}")  # noqa: S311 – no secret
            bench = Bench(place, server, baskets, random, progress)
            runs += [_run(bench, kind, injected, seed) for kind, injected in strikes.items()]
    return runs


def planned(database: str, only: list[str], *, is_quick: bool) -> dict[str, int]:
    """Fault → how often it is injected; `only` names databases and faults, empty means all."""
    unknown = set(only) - set(DATABASES) - set(STRIKES)
    if unknown:
        raise Refused(f"{ONLY}: there is no {', '.join(sorted(unknown))}")
    if set(only) & set(DATABASES) and database not in only:
        return {}
    wanted = set(only) - set(DATABASES) or set(STRIKES)
    full = STRIKES | {kind: n for (where, kind), n in FEWER.items() if where == database}
    return {
        kind: QUICK.get(kind, 2) if is_quick else n for kind, n in full.items() if kind in wanted
    }


def _run(bench: Bench, kind: str, injected: int, seed: int) -> dict[str, Any]:
    """One fault; what keeps it from going on is a defect of its own and stops no other fault."""
    bench.progress(f"{bench.place.database}: {kind}")
    head = {"database": bench.place.database, "fault": kind}
    begun = time.monotonic()
    try:
        if kind == "clock":
            found = _clock(bench, injected, seed)
        elif kind == "repeats":
            found = _repeats(bench, injected)
        else:
            found = _struck(bench, kind, injected)
    except (Refused, OSError, psycopg.Error) as error:
        nothing = {"injected": 0, "acknowledged": 0, "lost": 0, "doubled": 0}
        found = nothing | {"control_failed": False, "problems": [str(error)]}
    found |= {"seconds": round(time.monotonic() - begun, 1)}
    found |= {"problems": "; ".join(found["problems"]), "defect": _defect(found)}
    names = ("injected", "acknowledged", "lost", "doubled", "control_failed", "defect", "problems")
    figures = ", ".join(f"{name} {found[name]}" for name in names if found[name] != "")
    bench.progress(f"{bench.place.database}: {kind}: {figures}")
    return head | found


def _defect(found: dict[str, Any]) -> str:
    """What this run says against the product or against itself; "" if nothing."""
    if found["problems"]:
        return "there are problems"
    if found["lost"] or found["doubled"] or found.get("given_up"):
        return "the product has not kept what it acknowledged, or stayed away"
    return "" if found["control_failed"] else "the control was not found wrong: this shows nothing"


def _struck(bench: Bench, kind: str, injected: int) -> dict[str, Any]:
    web = product_server(bench.place, "--no-worker")
    site = Site(bench.place.home, bench.database, web, worker_server(bench.place, SCHEDULE))
    felt, crowd = _under_load(bench, site, kind, bench.baskets, injected)
    found = bench.place.call(f"{STEPS}:standing", addresses=crowd.tally.places)
    bench.progress(f"{bench.place.database}: {kind}, the control")
    if kind == "kill-worker":
        name, control = "takes its work out first", _hasty_worker(bench)
    elif kind == "kill-database" and bench.database is not None:
        name, control = "synchronous_commit off", _lazy_product(bench)
    else:
        name, control = "acknowledges first", _hasty(bench, kind)
    return _figures(felt, crowd.tally.places, found, name, control) | {
        "tried_again": crowd.refused,
        "given_up": crowd.given_up,
    }


def _figures(
    injected: int, places: list[str], found: dict[str, Any], name: str, control: dict[str, Any]
) -> dict[str, Any]:
    return {
        "injected": injected,
        "acknowledged": len(set(places)),
        **found,
        "control": name,
        "control_lost": control["lost"],
        "control_doubled": control["doubled"],
        "control_failed": bool(control["lost"] or control["doubled"]),
    }


def _under_load(
    bench: Bench, site: Site, kind: str, posts: Iterator[Post], strikes: int
) -> tuple[int, Crowd]:
    """Strike so often while a crowd sends; how many strikes were felt, and what came back."""
    felt = 0
    with site.served(), Crowd(site.port, posts) as crowd:
        crowd.wait_for(1, mend=site.mend)
        for strike in range(strikes):
            time.sleep(bench.random.uniform(0, 0.6 if kind == "kill-worker" else 0.05))
            felt += site.strike(kind, crowd, bench.random)
            crowd.wait_for(bench.random.randint(1, BETWEEN), mend=site.mend)
            if strike % 10 == 9:
                said = f"{strike + 1} of {strikes}, {crowd.acknowledged} acknowledged"
                bench.progress(f"{bench.place.database}: {kind}, {said}")
    return felt, crowd


def _hasty(bench: Bench, kind: str) -> dict[str, Any]:
    """A page that acknowledges first and writes afterwards, under the same fault."""
    site = Site(bench.place.home, bench.database, peer_server(bench.place))
    posts = (_remark("/hasty", f"{kind}-{number}") for number in range(1_000_000))
    _felt, crowd = _under_load(bench, site, kind, posts, CONTROLS)
    return _remarks(bench, crowd.taken)


def _hasty_worker(bench: Bench) -> dict[str, Any]:
    """A worker that takes its work out of the table before it does it."""
    web = peer_server(bench.place)
    worker = worker_server(bench.place, HASTY_SCHEDULE, **PEER)
    site = Site(bench.place.home, bench.database, web, worker)
    posts = (_remark("/remark", f"worker-{number}") for number in range(1_000_000))
    _felt, crowd = _under_load(bench, site, "kill-worker", posts, CONTROLS)
    return _remarks(bench, crowd.taken)


def _lazy_product(bench: Bench) -> dict[str, Any]:
    """The product itself, on a database that says "committed" before it is: the log breaks, too."""
    lazy = {"PGOPTIONS": "-c synchronous_commit=off"}
    web = product_server(bench.place, "--no-worker", **lazy)
    site = Site(bench.place.home, bench.database, web)
    _felt, crowd = _under_load(bench, site, "kill-database", bench.baskets, CONTROLS)
    found: dict[str, Any] = bench.place.call(f"{STEPS}:kept", addresses=crowd.tally.places)
    return found


def _repeats(bench: Bench, injected: int) -> dict[str, Any]:
    """Each basket sent so many times at once: one contribution, one receipt."""
    total = Tally()
    with product(bench.place) as port:
        for post in islice(bench.baskets, injected):
            tally = send_all(port, [post] * REPEATS, clients=AT_ONCE)
            total.places += tally.places
            total.errors += tally.errors
    found = bench.place.call(f"{STEPS}:standing", addresses=total.places)
    found["doubled"] += max(0, len(set(total.places)) - injected)
    with peer(bench.place) as port:
        repeated = _remark("/hasty", "repeated")
        send_all(port, [repeated] * REPEATS, clients=AT_ONCE)
        time.sleep(1)  # it writes after its answer
    control = _remarks(bench, [repeated])
    return _figures(injected * REPEATS, total.places, found, "knows no key", control) | {
        "tried_again": len(total.errors),
        "given_up": max(0, injected - len(set(total.places))),
    }


def _clock(bench: Bench, cases: int, seed: int) -> dict[str, Any]:
    found = bench.place.call(f"{STEPS}:clocks_jump", cases=cases, seed=seed)
    control = {"lost": found.pop("control"), "doubled": 0}
    places = found.pop("acknowledged")
    return _figures(cases, places, found, "compares clocks on walls", control)


def _remark(path: str, key: str) -> Post:
    return Post(path, f"csrfmiddlewaretoken={TOKEN}&text={key}", f"csrftoken={TOKEN}")


def _remarks(bench: Bench, sent: list[Post]) -> dict[str, Any]:
    """What became of remarks that were acknowledged."""
    keys = [post.body.rpartition("text=")[2] for post in sent]
    found: dict[str, Any] = bench.place.call(f"{STEPS}:remarks", keys=keys, done=DONE)
    return found
