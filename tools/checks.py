"""The fast checks, side by side; each says in one line how it went and how long it took."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tools import translations

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
HOME = ROOT / "build" / "check-home"
SHOWN = 80

# Nothing committed may say where one machine keeps its things or where it gets its packages.
PLACES = {
    "a path of one machine": re.compile(r"/(?:work|Users)/\w|/home/[a-z]\w*/"),
    "a package registry": re.compile(
        r"https?://(?:registry|pypi|files|mirrors?|proxy|nexus|artifactory)[.-]"
        r"|^\s*(?:--(?:extra-)?index-url|--find-links|registry\s*=)",
        re.MULTILINE,
    ),
}


@dataclass(frozen=True)
class Outcome:
    name: str
    is_good: bool
    text: str
    seconds: float = 0.0


def program(*command: str) -> Callable[[], tuple[bool, str]]:
    """A check that a program makes: good when it exits with 0."""

    def run() -> tuple[bool, str]:
        environment = os.environ | {"RICHTSCHNUR_HOME": str(HOME), "PYTHONUNBUFFERED": "1"}
        environment["DJANGO_SETTINGS_MODULE"] = "richtschnur.config.settings"
        environment.pop("RICHTSCHNUR_DATABASE_URL", None)
        answer = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        return answer.returncode == 0, answer.stdout

    return run


def check_documents() -> tuple[bool, str]:
    """Whether the generated documents are fresh; good while the command does not exist yet."""
    exists, _ = program("richtschnur", "docs", "--help")()
    return program("richtschnur", "docs", "--check")() if exists else (True, "")


def check_translations() -> tuple[bool, str]:
    found = translations.problems()
    advice = "python -m tools.translations --update, then translate what is empty or fuzzy"
    return not found, "\n".join([*found[:60], f"{len(found)} in all: {advice}"])


def check_places() -> tuple[bool, str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    found = [line for path in paths for line in places_in(path)]
    return not found, "\n".join(found)


def places_in(path: Path) -> list[str]:
    """The lines of a text file that name a package registry or a path of one machine."""
    try:
        text = path.read_text(encoding="utf-8")
    except (UnicodeDecodeError, OSError):
        return []
    return [
        f"{path.name}:{text.count(chr(10), 0, hit.start()) + 1}: {kind}: {hit.group()!r}"
        for kind, pattern in PLACES.items()
        for hit in pattern.finditer(text)
    ]


CHECKS: dict[str, Callable[[], tuple[bool, str]]] = {
    "types": program("mypy"),  # the slowest first
    # Its cache goes by one file's time, but what an import means depends on other files, too.
    "contracts": program("lint-imports", "--no-cache"),
    "licences": program("reuse", "lint", "--lines"),
    "documents": check_documents,
    "translations": check_translations,
    "migrations": program("django-admin", "makemigrations", "--check", "--dry-run"),
    "settings": program("django-admin", "check", "--fail-level", "WARNING"),
    "format": program("ruff", "format", "--check", "--output-format=concise", "."),
    "lint": program("ruff", "check", "--output-format=concise", "."),
    "places": check_places,
}


def carry_out(name: str) -> Outcome:
    begin = time.monotonic()
    is_good, text = CHECKS[name]()
    return Outcome(name, is_good, text, time.monotonic() - begin)


def _shortened(text: str) -> str:
    lines = text.strip().splitlines()
    left_out = [f"… {len(lines) - SHOWN} lines more"] if len(lines) > SHOWN else []
    return "\n".join([*lines[:SHOWN], *left_out])


def main() -> int:
    parser = argparse.ArgumentParser(prog="./run check")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(CHECKS)}")
    asked = parser.parse_args()
    if unknown := set(asked.names) - CHECKS.keys():
        print(f"run: there is no check {', '.join(unknown)}; there are: {', '.join(CHECKS)}.")
        return 2
    HOME.mkdir(parents=True, exist_ok=True)
    begin = time.monotonic()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        outcomes = list(pool.map(carry_out, asked.names or CHECKS))
    for outcome in outcomes:
        word = "good" if outcome.is_good else "BAD"
        print(f"  {outcome.name:<14}{word:<6}{outcome.seconds:5.1f} s")
    bad = [outcome for outcome in outcomes if not outcome.is_good]
    for outcome in bad:
        print(f"\n===== {outcome.name} =====\n{_shortened(outcome.text)}")
    verdict = f"{len(bad)} of {len(outcomes)} bad" if bad else f"all {len(outcomes)} good"
    print(f"\nchecks: {verdict} in {time.monotonic() - begin:.1f} s")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
