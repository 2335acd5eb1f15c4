"""Breaks an installation that is being served: kills its processes, fills its disk."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

import psycopg

from richtschnur.bench.databases import Installed
from richtschnur.bench.insisting import PATIENCE_S, Crowd
from richtschnur.bench.processes import (
    UNLIMITED,
    children,
    children_of,
    end_at_once,
    end_with_parent,
    is_alive,
    limit_files,
    said,
    serving,
)
from richtschnur.bench.servers import Server, running
from richtschnur.journal.refusals import Refused

ALL_AT_ONCE = 10  # each so manieth time all processes that answer are killed, not one of them
SEGMENT = 16 * 2**20  # bytes of one file of PostgreSQL's log of writes
ROOM = 200_000  # bytes that can still be written, at most, before the disk is full


class Site:
    """The processes that serve one installation, and how each fault strikes them.

    `worker` is one as `forked` runs it. All starts happen in one thread: what it has started ends
    with it.
    """

    def __init__(
        self, home: Path, database: Postgres | None, web: Server, worker: Server | None = None
    ) -> None:
        self.port = web.port
        self._home, self._database = home, database
        self._web, self._worker = web, worker
        for server in (web, worker):
            if server is not None:
                server.is_quiet = True  # errors are what is wanted here

    @contextmanager
    def served(self) -> Iterator[None]:
        """Everything runs; afterwards nothing does, whatever was started again meanwhile."""
        try:
            with running(self._web):
                if self._worker is None:
                    yield
                    return
                with running(self._worker):
                    yield
        finally:
            if self._database is not None:
                self._database.settle()

    def strike(self, kind: str, crowd: Crowd, random: Random) -> bool:
        """One fault of a kind; whether it was felt."""
        if kind == "kill-web":
            return self._kill_web(random)
        if kind == "kill-worker":
            return self._kill_worker()
        if kind == "disk-full":
            return self._fill_disk(crowd, random)
        if self._database is not None:
            self._database.restart(by_force=kind == "kill-database")
        else:
            self._restart_all(by_force=kind == "kill-database")
        return True

    def _kill_web(self, random: Random) -> bool:
        """One of the processes that answer, or all; the server starts others."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = serving(self.port)
            if found:
                end_at_once(found if not random.randrange(ALL_AT_ONCE) else [random.choice(found)])
                return True
            self.mend()
            time.sleep(0.02)
        raise Refused("the server does not replace its processes")

    def _kill_worker(self) -> bool:
        assert self._worker is not None
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            found = children_of(self._worker.pid)
            if found:
                end_at_once(found)
                return True
            time.sleep(0.01)
        raise Refused("the worker does not come again")

    def _restart_all(self, *, by_force: bool) -> None:
        """What has the file of SQLite open is its server: web processes and worker."""
        everyone = [self._web, *([self._worker] if self._worker else [])]
        for server in everyone:
            if by_force:
                server.kill()
            else:
                server.stop()
        for server in everyone:
            server.start()

    def _fill_disk(self, crowd: Crowd, random: Random) -> bool:
        """Until it is felt, no file grows beyond what the log of writes has now and a little."""
        database = self._database
        written = database.written() if database else _written(self._home)
        self._limit(written + random.randrange(ROOM))
        is_felt = crowd.is_refused(3, seconds=15)
        self._limit(UNLIMITED)
        if database is not None:  # it may have ended itself, and come back by its log
            database.settle()
        return is_felt

    def mend(self) -> None:
        """Start again what has ended by itself, as those do who look after a server."""
        if self._database is not None:
            self._database.start_if_gone()
        self._web.start_if_gone()

    def _limit(self, size: int) -> None:
        """Of the processes that write the database: PostgreSQL's, or those that serve."""
        if self._database is not None:
            limit_files(self._database.writers(), size, user=self._database.user)
            return
        worker = [self._worker.pid, *children_of(self._worker.pid)] if self._worker else []
        limit_files([self._web.pid, *children(self.port), *worker], size)


@contextmanager
def server_of(place: Installed) -> Iterator[Postgres | None]:
    """The PostgreSQL of an installation, to be broken; None on SQLite, which has no server."""
    if place.database != "postgresql":
        yield None
        return
    server = Postgres(place.environment["RICHTSCHNUR_DATABASE_URL"])
    try:
        yield server
    finally:
        server.stop()


class Postgres:
    """The PostgreSQL of an installation, found by its folder; started as it was found."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._folder = Path(parse_qs(urlsplit(url).query)["host"][0]) / "data"
        self._pid = int((self._folder / "postmaster.pid").read_text().split("\n")[0])
        self._command = said(self._pid).strip("\0").split("\0")
        self._started: subprocess.Popen[bytes] | None = None

    @property
    def user(self) -> int:
        """The number of the user whose processes they are."""
        return self._folder.stat().st_uid

    def restart(self, *, by_force: bool) -> None:
        """Stop it (by force: with all that belong to it, without a word) and start it again."""
        if by_force:
            os.kill(self._pid, signal.SIGSTOP)  # so that it starts nothing more meanwhile
            end_at_once([self._pid, *children_of(self._pid)])
        else:
            os.kill(self._pid, signal.SIGINT)
        self._wait()
        self._start()

    def start_if_gone(self) -> None:
        """As an administrator would, who has made room."""
        if not is_alive(self._pid):
            end_at_once(children_of(self._pid))
            self._bury()
            self._start()

    def settle(self) -> None:
        """Start it if it is gone, and wait until it answers."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            self.start_if_gone()
            try:
                psycopg.connect(self._url).close()
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise Refused("PostgreSQL does not come back")

    def stop(self) -> None:
        """End the one that was started here, if any."""
        if self._started is not None and self._started.poll() is None:
            self._started.send_signal(signal.SIGINT)
            self._wait()

    def written(self) -> int:
        """How far the present file of its log of writes is filled."""
        with psycopg.connect(self._url) as server:
            found = server.execute("SELECT pg_current_wal_insert_lsn() - '0/0'").fetchone()
        assert found is not None
        return int(found[0]) % SEGMENT

    def writers(self) -> list[int]:
        """All its processes."""
        return [self._pid, *children_of(self._pid)]

    def _wait(self) -> None:
        while is_alive(self._pid):
            time.sleep(0.02)
        self._bury()

    def _bury(self) -> None:
        """PostgreSQL does not start while a dead predecessor still has its number."""
        with suppress(ChildProcessError):
            os.waitpid(self._pid, 0)

    def _start(self) -> None:
        with (self._folder.parent / "restarted.log").open("ab") as log:
            self._started = subprocess.Popen(
                self._command,
                user=self.user if os.geteuid() == 0 else None,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 – one call to the system
            )
        self._pid = self._started.pid


def _written(home: Path) -> int:
    return max((file.stat().st_size for file in home.glob("*.sqlite3-wal")), default=0)
