"""Servers that a benchmark asks: the product as `serve` runs it, its peer, a worker alone."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from richtschnur.bench.databases import Installed
from richtschnur.bench.processes import end_with_parent
from richtschnur.journal.refusals import Refused

PEER = {"DJANGO_SETTINGS_MODULE": "richtschnur.bench.peer.settings"}
WORKERS, THREADS = 2, 4
START_S = 240  # many times what an idle machine needs


class Server:
    """A program with all its children, which form a group; stopped, killed and started again.

    With a `port` it is up when `path` answers there, else at once.
    """

    def __init__(
        self, command: list[str], environment: dict[str, str], *, port: int = 0, path: str = ""
    ) -> None:
        self.port = port
        self.is_quiet = False  # what it says of errors is shown
        self.log: Path | None = None  # where else all that it says is kept
        self._command, self._environment, self._path = command, environment, path
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The number of the process that leads the group; 0 before the start."""
        return self._process.pid if self._process else 0

    def start_if_gone(self) -> None:
        """What the units of the administrators' guide do when it has ended by itself."""
        if self._process is not None and self._process.poll() is not None:
            self.kill()
            self.start()

    def start(self) -> None:
        """Start it and wait until it answers; raises Refused when it does not."""
        errors = subprocess.DEVNULL if self.is_quiet else None
        with self.log.open("ab") if self.log else nullcontext(subprocess.DEVNULL) as out:
            self._process = subprocess.Popen(
                self._command,
                env=self._environment,
                stdout=out,
                stderr=subprocess.STDOUT if self.log else errors,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 – one call to the system
            )
        if self.port:
            _wait_for(self._process, self.port, self._path)

    def stop(self) -> None:
        """Ask it to end; whatever of it is left after 15 seconds is killed."""
        if self._process is None:
            return
        self._process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):  # about to replace a process that was killed
            self._process.wait(timeout=15)
        self.kill()

    def kill(self) -> None:
        """End it with all its children at once, without a word to them."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()


@contextmanager
def running(server: Server) -> Iterator[Server]:
    """The server from its start to its end, however this ends."""
    try:
        server.start()
        yield server
    finally:
        server.stop()


@contextmanager
def product(place: Installed, *arguments: str, log: Path | None = None) -> Iterator[int]:
    """`richtschnur serve` with its worker; gives the port of 127.0.0.1. `log` keeps its words."""
    server = product_server(place, *arguments)
    server.log = log
    with running(server):
        yield server.port


@contextmanager
def peer(place: Installed) -> Iterator[int]:
    """The peer on the same installation, its table made before."""
    with running(peer_server(place)) as server:
        yield server.port


def product_server(place: Installed, *arguments: str, **environment: str) -> Server:
    """`richtschnur serve`, not started yet."""
    port = _free_port()
    command = [sys.executable, "-m", "richtschnur", "serve", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), *arguments]
    return Server(command, place.environment | environment, port=port, path="/healthz")


def peer_server(place: Installed) -> Server:
    """The peer, not started yet; its table is there afterwards."""
    _make_table(place)
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--respawn-failed-workers", "richtschnur.bench.peer.wsgi:application"]
    return Server(command, place.environment | PEER, port=port, path="/hello")


def worker_server(place: Installed, schedule: str, **environment: str) -> Server:
    """A worker with the schedule that "package.module:function" gives; killed, it comes again."""
    command = [sys.executable, "-m", "richtschnur.bench.forked", schedule]
    return Server(command, place.environment | environment)


def _make_table(place: Installed) -> None:
    make = "import django; django.setup(); from richtschnur.bench.peer.table import make; make()"
    subprocess.run([sys.executable, "-c", make], env=place.environment | PEER, check=True)


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise Refused(f"a server did not start within {START_S} seconds")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
