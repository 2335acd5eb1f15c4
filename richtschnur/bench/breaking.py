"""Breaks an installation that is being served: kills its processes, restarts its database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random
from urllib.parse import parse_qs, urlsplit

from richtschnur.bench.databases import Installed
from richtschnur.bench.processes import children, is_alive, said, serving


class Breaker:
    """Strikes at the server on a port and at the database of its installation."""

    def __init__(self, place: Installed, port: int) -> None:
        self._place, self._port = place, port

    def strike(self, kind: str, random: Random) -> None:
        """One fault of a kind; returns when what was struck has been struck, not when it is up."""
        if kind == "kill-web":
            self._kill_web(random)
        elif kind == "kill-worker":
            self._kill_worker()
        else:
            self._stop_database(signal.SIGKILL if kind == "kill-database" else signal.SIGINT)

    def _kill_web(self, random: Random) -> None:
        """One of the processes that answer; the server starts another one."""
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = serving(self._port)
            if found:
                os.kill(random.choice(found), signal.SIGKILL)
                return
            time.sleep(0.1)

    def _kill_worker(self) -> None:
        for pid in children(self._port):
            if "worker" in said(pid).split("\0"):
                os.kill(pid, signal.SIGKILL)
        command = [sys.executable, "-m", "richtschnur", "worker"]
        worker = subprocess.Popen(command, env=self._place.environment)
        time.sleep(3)
        worker.kill()
        worker.wait()

    def _stop_database(self, by: signal.Signals) -> None:
        """Stop the server (killed: with all that belong to it) and start it as it was."""
        folder = Path(_host(self._place.environment["RICHTSCHNUR_DATABASE_URL"])) / "data"
        postmaster = int((folder / "postmaster.pid").read_text().split("\n")[0])
        command = said(postmaster).strip("\0").split("\0")
        user = folder.stat().st_uid
        stopped = [postmaster, *_children_of(postmaster)] if by == signal.SIGKILL else [postmaster]
        for pid in stopped:
            if is_alive(pid):
                os.kill(pid, by)
        while any(is_alive(pid) for pid in stopped):
            time.sleep(0.05)
        with (folder.parent / "restarted.log").open("ab") as log:
            subprocess.Popen(
                command,
                user=user if os.geteuid() == 0 else None,
                cwd="/",
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


def _host(url: str) -> str:
    return parse_qs(urlsplit(url).query)["host"][0]


def _children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in found.read_text().split()] if found.is_file() else []
