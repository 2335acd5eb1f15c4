"""Clients that send until they are led to a receipt, as people do behind a bad line."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Iterator
from random import Random

from richtschnur.bench.load import Post, Tally, send_once
from richtschnur.journal.refusals import Refused

PATIENCE_S = 300  # a server that does not come back within this time has failed
REST_S = 0.04  # between two submissions of one client


class Crowd:
    """So many clients in the background, from `with Crowd(…) as crowd:` to its end.

    At the end everybody stays until what they hold is taken, or gives up after `PATIENCE_S`.
    `taken` are the posts that were acknowledged, `tally` what came back.
    """

    def __init__(self, port: int, posts: Iterator[Post], *, clients: int = 4) -> None:
        self.tally = Tally()
        self.taken: list[Post] = []
        self.given_up = 0
        self._port, self._posts = port, posts
        self._lock, self._is_over = threading.Lock(), threading.Event()
        self._threads = [threading.Thread(target=self._client, daemon=True) for _ in range(clients)]

    def __enter__(self) -> Crowd:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join(timeout=0 if kind else None)

    @property
    def acknowledged(self) -> int:
        """How often somebody was led to a receipt so far."""
        return len(self.tally.places)

    @property
    def refused(self) -> int:
        """How often somebody was told of an error, or of nothing at all, so far."""
        return len(self.tally.errors)

    def wait_for(self, more: int, *, mend: Callable[[], None], seconds: float = PATIENCE_S) -> None:
        """Until so many more are acknowledged; `mend` is called again and again meanwhile.

        Raises Refused when it takes too long.
        """
        goal, until = self.acknowledged + more, time.monotonic() + seconds
        while self.acknowledged < goal:
            is_idle = not any(thread.is_alive() for thread in self._threads)
            mend()
            if time.monotonic() > until:
                raise Refused(f"nothing was taken for {seconds:.0f} s: the server stays away")
            if is_idle and self.acknowledged < goal:
                raise Refused("no basket is left to send: the load has ended too early")
            time.sleep(0.005)

    def is_refused(self, times: int, *, seconds: float) -> bool:
        """Whether within this time so many more meet an error."""
        goal, until = self.refused + times, time.monotonic() + seconds
        while self.refused < goal and time.monotonic() < until:
            time.sleep(0.005)
        return self.refused >= goal

    def _client(self) -> None:
        while not self._is_over.is_set():
            with self._lock:
                post = next(self._posts, None)
            if post is None:
                return
            self._insist(post)
            time.sleep(REST_S)

    def _insist(self, post: Post) -> None:
        rest = Random(post.body)  # noqa: S311 – no secret
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
            once = send_once(connection, post)
            connection.close()
            with self._lock:
                self.tally.places += once.places
                self.tally.errors += once.errors
                self.taken += [post] if once.places else []
            if once.places:
                return
            time.sleep(rest.uniform(0.02, 0.2))
        with self._lock:
            self.given_up += 1
