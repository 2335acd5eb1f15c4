"""`serve` and `worker`."""

from __future__ import annotations

import argparse
import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

from richtschnur.cli.preloading import preload
from richtschnur.contributions.operations import replay_erasures
from richtschnur.journal.log import check_log
from richtschnur.journal.witnesses import named_witnesses
from richtschnur.ui import clock
from richtschnur.ui.commands import Command

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 – addresses of no host: nobody is served there by name


def serve(args: argparse.Namespace) -> None:
    """Serve pages, with the background worker beside, until told to stop."""
    _check_port(args.host, args.port)
    shown = f"[{args.host}]" if ":" in args.host else args.host
    if args.host not in EVERYWHERE:
        os.environ["RICHTSCHNUR_SERVED_AT"] = shown  # the server's processes accept this name, too
    prepare()
    check_log()
    named_witnesses()
    replay_erasures(at=clock.now())
    worker = None
    if not args.no_worker:
        worker = subprocess.Popen([sys.executable, "-m", "richtschnur", "worker"])
    print(f"Richtschnur serves {settings.HOME} at http://{shown}:{args.port}", flush=True)
    try:
        preload()
        _granian(args)
    finally:
        if worker is not None:
            worker.terminate()
            worker.wait(timeout=10)


def prepare() -> None:
    """Bring database and static files to this release; quick when they are."""
    call_command("migrate", verbosity=0, interactive=False)
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    present = static_fingerprint()
    if not stamp.is_file() or stamp.read_text() != present:
        settings.STORAGES["staticfiles"] = {
            "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        }
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(present)


def static_fingerprint() -> str:
    """Changes whenever a static file does."""
    digest = hashlib.sha256()
    for finder in finders.get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{name}:{status.st_size}:{status.st_mtime_ns};".encode())
    return digest.hexdigest()


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise OSError(
                f"port {port} of {host} can't be used ({error.strerror}): stop what uses it, or"
                " choose another with --port"
            ) from None


def _granian(args: argparse.Namespace) -> None:
    from granian.constants import Interfaces
    from granian.log import LogLevels

    from richtschnur.cli.patience import PatientServer

    PatientServer(
        "richtschnur.config.wsgi:application",
        address=args.host,
        port=args.port,
        interface=Interfaces.WSGI,
        workers=args.workers,
        blocking_threads=args.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=5,
        log_level=LogLevels.warning,
    ).serve()


def work(args: argparse.Namespace) -> None:
    """Do background work until told to stop."""
    from richtschnur.config.schedule import schedule
    from richtschnur.jobs.worker import run_forever

    check_log()
    named_witnesses()
    replay_erasures(at=clock.now())
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_signal: stop.set())
    run_forever(schedule(), now=clock.now, stop=stop)


def _serve_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2, help="processes (2)")
    parser.add_argument("--threads", type=int, default=4, help="threads of each process (4)")
    parser.add_argument("--no-worker", action="store_true", help="without the background worker")


COMMANDS: list[Command] = [
    Command(
        "serve",
        "serve the installation; the background worker runs with it",
        serve,
        _serve_arguments,
    ),
    Command("worker", "a background worker alone, on this or another machine", work),
]
