"""Servers that a benchmark asks: the product as `serve` runs it, and its peer."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from richtschnur.bench.databases import Installed
from richtschnur.bench.processes import children, is_alive
from richtschnur.journal.refusals import Refused

PEER = {"DJANGO_SETTINGS_MODULE": "richtschnur.bench.peer.settings"}
WORKERS, THREADS = 2, 4


@contextmanager
def product(place: Installed, *arguments: str, log: Path | None = None) -> Iterator[int]:
    """`richtschnur serve` with its worker; gives the port of 127.0.0.1. `log` keeps its words."""
    port = _free_port()
    command = [sys.executable, "-m", "richtschnur", "serve", "--port", str(port)]
    command += ["--workers", str(WORKERS), "--threads", str(THREADS), *arguments]
    with _running(command, place.environment, port, "/healthz", log):
        yield port


@contextmanager
def peer(place: Installed) -> Iterator[int]:
    """The peer on the same installation, its table made before."""
    _make_table(place)
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning"]
    command += ["--workers", str(WORKERS), "--blocking-threads", str(THREADS)]
    command += ["--respawn-failed-workers", "richtschnur.bench.peer.wsgi:application"]
    with _running(command, place.environment | PEER, port, "/hello"):
        yield port


def _make_table(place: Installed) -> None:
    make = "import django; django.setup(); from richtschnur.bench.peer.table import make; make()"
    subprocess.run([sys.executable, "-c", make], env=place.environment | PEER, check=True)


@contextmanager
def _running(
    command: list[str],
    environment: dict[str, str],
    port: int,
    path: str,
    log: Path | None = None,
) -> Iterator[None]:
    with log.open("wb") if log else nullcontext(subprocess.DEVNULL) as out:
        said = None if log is None else subprocess.STDOUT
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=said)
    try:
        _wait_for(process, port, path)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:  # it was just about to replace a process that was killed
            left = children(port)
            process.kill()
            process.wait(timeout=15)
            for pid in left:
                if is_alive(pid):
                    os.kill(pid, signal.SIGKILL)


def _wait_for(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
        finally:
            connection.close()
    raise Refused("a server did not start within three minutes")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
