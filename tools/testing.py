"""Runs the tests once on SQLite and once on PostgreSQL, side by side, and says what came out.

The looks at every page take as long as all the rest, so they run in two processes of their own.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

from tools import page_tools, postgres, processes

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "test"
DATABASES = ("sqlite", "postgresql")
NO_TESTS = 5
SHOWN = 12_000
LOOKS = "tests/journey/test_pages_hold.py"


@dataclass
class Run:
    """One pytest over one database, or over a `part` of its tests."""

    database: str
    arguments: list[str]
    live: bool
    part: str = ""
    begin: float = field(default_factory=time.monotonic)
    seconds: float = 0.0
    process: subprocess.Popen[bytes] | None = None

    @property
    def name(self) -> str:
        return f"{self.database}-{self.part}" if self.part else self.database

    @property
    def log(self) -> Path:
        return FOLDER / f"{self.name}.log"

    @property
    def report(self) -> Path:
        return FOLDER / f"{self.name}.xml"

    def start(self, environment: dict[str, str]) -> None:
        self.report.unlink(missing_ok=True)
        command = [sys.executable, "-m", "pytest", f"--junit-xml={self.report}", *self.arguments]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=environment,
                stdout=None if self.live else log,
                stderr=None if self.live else subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                preexec_fn=processes.end_with_parent,
            )

    def is_over(self) -> bool:
        if self.process is None or self.process.poll() is None:
            return False
        self.seconds = self.seconds or time.monotonic() - self.begin
        return True

    def counts(self) -> dict[str, int]:
        """How many passed, failed and were skipped, as pytest's report says."""
        if not self.report.exists():
            return {"passed": 0, "failed": 0, "skipped": 0}
        suites = list(ElementTree.parse(self.report).getroot().iter("testsuite"))
        sums = {
            key: sum(int(suite.get(key, 0)) for suite in suites)
            for key in ("tests", "failures", "errors", "skipped")
        }
        failed = sums["failures"] + sums["errors"]
        passed = sums["tests"] - failed - sums["skipped"]
        return {"passed": passed, "failed": failed, "skipped": sums["skipped"]}

    def has_failed(self) -> bool:
        code = self.process.returncode if self.process else 1
        return code not in (0, NO_TESTS) or self.counts()["failed"] > 0

    def slowest(self) -> Iterator[tuple[float, str]]:
        if self.report.exists():
            for case in ElementTree.parse(self.report).getroot().iter("testcase"):
                name = f"{self.name}: {case.get('classname')}.{case.get('name')}"
                yield float(case.get("time", 0)), name


def runs_of(databases: list[str], arguments: list[str]) -> list[Run]:
    """What runs at once: one pytest a database; the looks apart when everything is asked."""
    if arguments or len(databases) == 1:
        return [Run(name, arguments, live=len(databases) == 1) for name in databases]
    return [
        Run("sqlite", [], live=False),
        Run("postgresql", [f"--ignore={LOOKS}"], live=False),
        *(
            Run("postgresql", [LOOKS, f"--part={n}/2"], live=False, part=f"looks{n}")
            for n in (1, 2)
        ),
    ]


def line(database: str, runs: list[Run]) -> str:
    """The closing line of a database."""
    counts = [run.counts() for run in runs if run.database == database]
    passed, failed, skipped = (
        sum(c[key] for c in counts) for key in ("passed", "failed", "skipped")
    )
    shown = [f"{passed} passed", *([f"{failed} failed"] if failed else []), f"{skipped} skipped"]
    return f"{database}: {', '.join(shown)}"


@contextmanager
def database_server(needed: bool) -> Iterator[str]:
    """The address of a PostgreSQL of our own, or of the one the environment names."""
    given = os.environ.get("RICHTSCHNUR_TEST_POSTGRES_URL", "")
    if given or not needed:
        yield given
        return
    begin = time.monotonic()
    with postgres.running() as url:
        print(f"  PostgreSQL is up … {time.monotonic() - begin:.1f} s", flush=True)
        yield url


def environment_of(run: Run, url: str, *, everything: bool) -> dict[str, str]:
    """Each run on PostgreSQL has a test database of its own, named after its part."""
    environment = dict(os.environ)
    environment.pop("RICHTSCHNUR_DATABASE_URL", None)
    if url:
        environment["RICHTSCHNUR_TEST_POSTGRES_URL"] = url
    if run.database == "postgresql":
        address = urlsplit(url)
        name = "_".join(filter(None, [run.part, address.path.lstrip("/")]))
        environment["RICHTSCHNUR_DATABASE_URL"] = address._replace(path=f"/{name}").geturl()
    if everything:
        environment["RICHTSCHNUR_TEST_ALL"] = "1"
    return environment


def watch(runs: list[Run]) -> None:
    """Waits for all; every 30 seconds it says how far they are."""
    told = time.monotonic()
    try:
        while sum(run.is_over() for run in runs) < len(runs):
            time.sleep(0.2)
            if time.monotonic() - told > 30 and not runs[0].live:
                told = time.monotonic()
                print("  " + ", ".join(_progress(run) for run in runs), flush=True)
    finally:
        for run in runs:
            if run.process:
                processes.stop(run.process)


def _progress(run: Run) -> str:
    text = run.log.read_text(encoding="utf-8", errors="replace")
    percent = text.rpartition("%]")[0].rpartition("[")[2].strip()
    return f"{run.name} {'done' if run.is_over() else (percent or '0') + ' %'}"


def show(runs: list[Run]) -> None:
    for run in runs:
        if run.has_failed() and not run.live:
            text = run.log.read_text(encoding="utf-8", errors="replace")
            print(f"\n===== {run.name}: {run.log.relative_to(ROOT)} =====\n{text[-SHOWN:]}")
    slowest = sorted((case for run in runs for case in run.slowest()), reverse=True)[:10]
    if slowest:
        print("\nThe slowest tests:")
        print("\n".join(f"  {seconds:6.1f} s  {name}" for seconds, name in slowest))
    print("\nDuration: " + ", ".join(f"{run.name} {run.seconds:.0f} s" for run in runs))
    for database in dict.fromkeys(run.database for run in runs):
        print(line(database, runs), flush=True)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--database", choices=DATABASES)
    parser.add_argument("pytest", nargs="*")
    asked = parser.parse_args()
    databases = [asked.database] if asked.database else list(DATABASES)
    FOLDER.mkdir(parents=True, exist_ok=True)
    try:
        page_tools.chromium(install=True)
        page_tools.java(install=True)
        with ExitStack() as servers:
            url = servers.enter_context(database_server("postgresql" in databases))
            if not asked.pytest:
                checker = servers.enter_context(page_tools.html_checker())
                os.environ[page_tools.CHECKER] = checker
            runs = runs_of(databases, asked.pytest)
            for run in runs:
                run.start(environment_of(run, url, everything=asked.all))
            print(f"  pytest runs on {' and '.join(databases)} …", flush=True)
            watch(runs)
    except (page_tools.Missing, postgres.Unavailable) as missing:
        print(f"run: {missing}", file=sys.stderr)
        return 1
    show(runs)
    nothing_ran = not any(sum(run.counts().values()) for run in runs)
    return 1 if nothing_ran or any(run.has_failed() for run in runs) else 0


if __name__ == "__main__":
    sys.exit(main())
