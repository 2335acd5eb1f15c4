"""The example county: loaded when it is stale, served, shown."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tools import processes

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / "build" / "demo"
STAMP = ROOT / "build" / "demo.json"
COMMAND = str(Path(sys.executable).parent / "richtschnur")
LOGINS = HOME / "sample-logins.txt"
COUNTY = ROOT / "richtschnur" / "demo" / "data" / "county.json"
SOURCES = ("demo/**/*", "*/migrations/*.py")


def fingerprint() -> str:
    """A hash of everything the example county is made from."""
    package = ROOT / "richtschnur"
    paths = {path for pattern in SOURCES for path in package.glob(pattern) if path.is_file()}
    digest = hashlib.sha256()
    for path in sorted(paths):
        if "__pycache__" not in path.parts:
            digest.update(str(path.relative_to(package)).encode() + path.read_bytes())
    return digest.hexdigest()


def is_stale(*, at: datetime) -> bool:
    """Whether the county must be loaded anew: other sources, or its open period is over."""
    try:
        stamp = json.loads(STAMP.read_text())
        open_until = datetime.fromisoformat(stamp["open_until"])
    except (OSError, ValueError, KeyError):
        return True
    return stamp["fingerprint"] != fingerprint() or open_until <= at or not LOGINS.is_file()


def open_until(loaded_at: datetime) -> datetime:
    """When the last open consultation of a county that is loaded now comes to its end."""
    county = json.loads(COUNTY.read_text(encoding="utf-8"))
    days = max(part["runs_days"] - part["opened_days_ago"] for part in county["consultations"])
    return loaded_at + timedelta(days=days)


def load(environment: dict[str, str], *, at: datetime) -> None:
    """Makes the installation anew; the stamp is written last, so a broken load is repeated."""
    STAMP.unlink(missing_ok=True)
    shutil.rmtree(HOME, ignore_errors=True)
    begin = time.monotonic()
    print("  the example county … ", end="", flush=True)
    answer = subprocess.run(
        [COMMAND, "init", "--demo", "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if answer.returncode:
        print("failed")
        raise SystemExit(answer.returncode)
    print(f"{time.monotonic() - begin:.1f} s")
    stamp = {"fingerprint": fingerprint(), "open_until": open_until(at).isoformat()}
    STAMP.write_text(json.dumps(stamp))


def serve(environment: dict[str, str], *, port: int, browser: bool) -> int:
    """Serves until Ctrl-C; returns the exit code."""
    address = f"http://127.0.0.1:{port}"
    command = [COMMAND, "serve", "--host", "127.0.0.1", "--port", str(port)]
    server = subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,  # Ctrl-C comes to us alone, and we pass it on
        preexec_fn=processes.end_with_parent,
    )
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(number, _interrupt)
    try:
        if not processes.wait_until(lambda: _is_up(server, address), seconds=60):
            print("run: the server did not answer within 60 seconds.", file=sys.stderr)
            return 1
        if server.poll() is None:
            _show(address, browser=browser)
        return server.wait()
    except KeyboardInterrupt:
        print("\nEnded.")
        return 0
    finally:
        processes.stop(server)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _is_up(server: subprocess.Popen[bytes], address: str) -> bool:
    if server.poll() is not None:
        return True
    try:
        with urllib.request.urlopen(f"{address}/healthz", timeout=2) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _show(address: str, *, browser: bool) -> None:
    print(f"\nRichtschnur runs at {address}  (Ctrl-C ends it)\n")
    print(LOGINS.read_text(encoding="utf-8") if LOGINS.is_file() else "", flush=True)
    has_display = sys.platform == "darwin" or os.environ.get("DISPLAY", "") != ""
    if browser and (has_display or os.environ.get("WAYLAND_DISPLAY")):
        webbrowser.open(address)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-browser", action="store_true")
    asked = parser.parse_args()
    if processes.answers(asked.port):
        print(
            f"run: port {asked.port} is in use: choose another with --port.",
            file=sys.stderr,
        )
        return 1
    unwanted = ("RICHTSCHNUR_DATABASE_URL", "RICHTSCHNUR_URL")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment["RICHTSCHNUR_HOME"] = str(HOME)
    now = datetime.now(UTC)
    if is_stale(at=now):
        load(environment, at=now)
    return serve(environment, port=asked.port, browser=not asked.no_browser)


if __name__ == "__main__":
    sys.exit(main())
