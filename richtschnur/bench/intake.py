"""Submissions a second with everything on, beside one bare insert behind a form, and hello.

Ours is the last step of a resident's way: the basket's POST that stores the contribution durably,
writes its leaf and answers with the receipt's address, by `serve` with its worker. The peer runs
on the same kind of server, on the same database with the same durability, without middleware.
Both take turns; a ratio is the median over the turns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import islice
from statistics import median
from typing import Any

from richtschnur.bench.databases import DATABASES, Installed, installed
from richtschnur.bench.load import Post, Tally, send_all
from richtschnur.bench.servers import peer, product

CLIENTS = (1, 8, 32)
TURNS = 5
STEPS = "richtschnur.bench.intake_steps"
TOKEN = "b" * 32  # of the protection against forged posts: cookie and form agree


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for each database and number of clients."""
    posts_a_turn = 60 if is_quick else 400
    clients = CLIENTS[:2] if is_quick else CLIENTS
    runs = []
    for database in DATABASES:
        with installed(database) as place:
            needed = posts_a_turn * TURNS * len(clients) + 100
            progress(f"{database}: {needed} baskets")
            made = place.call(f"{STEPS}:baskets", count=needed, seed=seed)
            runs += _measured(place, made, posts_a_turn, clients, progress)
    return runs


def _measured(
    place: Installed,
    made: dict[str, Any],
    posts_a_turn: int,
    clients: tuple[int, ...],
    progress: Callable[[str], None],
) -> list[dict[str, Any]]:
    baskets = iter([sending(made, secret, key) for secret, key in made["baskets"]])
    runs, acknowledged = [], []
    with ExitStack() as servers:
        ours = servers.enter_context(product(place))
        theirs = servers.enter_context(peer(place))
        acknowledged += send_all(ours, islice(baskets, 50), clients=4).places  # all awake
        send_all(theirs, islice(_remarks(), 50), clients=4)
        for number in clients:
            progress(f"{place.database}: {number} clients")
            turns = [
                (
                    send_all(ours, islice(baskets, posts_a_turn), clients=number),
                    send_all(theirs, islice(_remarks(), posts_a_turn), clients=number),
                    send_all(theirs, [Post("/hello")] * posts_a_turn, clients=number),
                )
                for _turn in range(TURNS)
            ]
            acknowledged += [where for turn in turns for where in turn[0].places]
            runs.append(_figures(place.database, number, turns))
    kept = place.call(f"{STEPS}:kept", addresses=acknowledged)
    return [one | kept for one in runs]


def _figures(
    database: str, clients: int, turns: list[tuple[Tally, Tally, Tally]]
) -> dict[str, Any]:
    ours, bare, hello = zip(*turns, strict=True)

    def rate(tallies: tuple[Tally, ...]) -> float:
        return round(median(tally.per_second for tally in tallies), 1)

    return {
        "database": database,
        "clients": clients,
        "submissions_per_s": rate(ours),
        "bare_insert_per_s": rate(bare),
        "hello_per_s": rate(hello),
        "ratio": round(median(a.per_second / b.per_second for a, b, _hello in turns), 3),
        "p99_ms": round(median(tally.percentile_ms(99) for tally in ours), 1),
        "bare_p99_ms": round(median(tally.percentile_ms(99) for tally in bare), 1),
        "errors": sum(len(tally.errors) for turn in turns for tally in turn),
    }


def sending(made: dict[str, Any], secret: str, key: str) -> Post:
    """The POST that sends one of the baskets that were made."""
    cookie = f"richtschnur_csrf={TOKEN}; {made['cookie']}={secret}"
    return Post(made["path"], f"csrfmiddlewaretoken={TOKEN}&key={key}&kind=resident", cookie)


def _remarks() -> Iterator[Post]:
    text = "Bitte+mehr+Busse+am+Abend%2C+auch+am+Wochenende."
    while True:
        yield Post("/remark", f"csrfmiddlewaretoken={TOKEN}&text={text}", f"csrftoken={TOKEN}")
