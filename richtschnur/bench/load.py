"""Clients that post one request after the other over connections of their own."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from statistics import quantiles

HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept-Encoding": "gzip"}


@dataclass(frozen=True)
class Post:
    """One request: `path`, the form's body and cookies; without a body it is a GET."""

    path: str
    body: str = ""
    cookie: str = ""


@dataclass
class Tally:
    """What came back: seconds of each answer, addresses that a 303 led to, other answers."""

    seconds: list[float] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    took: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.seconds) / self.took if self.took else 0.0

    def percentile_ms(self, percent: int) -> float:
        """The time within which so many per cent were answered, in milliseconds."""
        if len(self.seconds) < 2:
            return round(1000 * sum(self.seconds), 2)
        return round(1000 * quantiles(self.seconds, n=100)[percent - 1], 2)


def send_all(port: int, posts: Iterable[Post], *, clients: int) -> Tally:
    """Send them all by so many clients at once to 127.0.0.1; each takes the next that waits."""
    waiting, taking, found = iter(posts), threading.Lock(), Tally()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        own = Tally()
        for post in _taken(waiting, taking):
            _send(connection, post, own)
        connection.close()
        with taking:
            found.seconds += own.seconds
            found.places += own.places
            found.errors += own.errors

    threads = [threading.Thread(target=client) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.took = time.perf_counter() - begun
    return found


def send_once(connection: http.client.HTTPConnection, post: Post) -> Tally:
    """What one attempt brings; an answer that is neither a 303 nor a 200 is an error."""
    own = Tally()
    _send(connection, post, own)
    return own


def _taken(waiting: Iterator[Post], taking: threading.Lock) -> Iterator[Post]:
    while True:
        with taking:
            post = next(waiting, None)
        if post is None:
            return
        yield post


def _send(connection: http.client.HTTPConnection, post: Post, own: Tally) -> None:
    headers = HEADERS | ({"Cookie": post.cookie} if post.cookie else {})
    begun = time.perf_counter()
    try:
        connection.request("POST" if post.body else "GET", post.path, post.body or None, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        own.errors.append(type(error).__name__)
        return
    own.seconds.append(time.perf_counter() - begun)
    if answer.status == 303:
        own.places.append(answer.headers.get("Location", ""))
    elif answer.status != 200:
        own.errors.append(str(answer.status))
