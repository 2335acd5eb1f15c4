"""Installations of a benchmark's own, on both databases, with the durability of production."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from richtschnur.config.installation import SETTINGS_FILE
from richtschnur.journal.refusals import Refused

DATABASES = ("sqlite", "postgresql")
STDERR = 2
# A benchmark sends everything from one address, faster than people do.
UNLIMITED = "\n[limits]\nburst = 1000000000\n"

CALL = """
import json, sys
import django
django.setup()
from importlib import import_module
module, _colon, name = sys.argv[1].partition(":")
result = getattr(import_module(module), name)(**json.load(sys.stdin))
with open(sys.argv[2], "w", encoding="utf-8") as file:
    json.dump(result, file)
"""


@dataclass(frozen=True)
class Installed:
    """An empty, migrated installation; `environment` makes a process work on it."""

    database: str
    home: Path
    environment: dict[str, str]

    def call(self, function: str, **arguments: Any) -> Any:
        """Call "package.module:function" in a fresh process that works on this installation.

        Arguments and result travel as JSON. Raises Refused when the process fails; what it says
        on stderr is shown.
        """
        result = self.home / f"result-{secrets.token_hex(8)}.json"
        command = [sys.executable, "-c", CALL, function, str(result)]
        given = json.dumps(arguments).encode()  # a command line has no room for thousands
        done = subprocess.run(
            command, env=self.environment, input=given, stdout=STDERR, check=False
        )
        if done.returncode:
            raise Refused(f"{function} failed on {self.database}")
        return json.loads(result.read_text("utf-8"))

    def richtschnur(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one call of the command line on this installation."""
        command = [sys.executable, "-m", "richtschnur", *arguments]
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, check=False
        )


@contextmanager
def installed(database: str) -> Iterator[Installed]:
    """A new installation in a temporary folder, on SQLite or on a PostgreSQL of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="richtschnur-bench-") as folder,
        _server() if database == "postgresql" else nullcontext("") as url,
    ):
        environment = os.environ | {
            "RICHTSCHNUR_HOME": str(Path(folder) / "home"),
            "DJANGO_SETTINGS_MODULE": "richtschnur.config.settings",
        }
        environment.pop("RICHTSCHNUR_DATABASE_URL", None)
        if url:
            environment["RICHTSCHNUR_DATABASE_URL"] = url
        made = Installed(database, Path(folder) / "home", environment)
        answer = made.richtschnur("init", "--county", "Landkreis Messfeld")
        if answer.returncode:
            raise Refused(answer.stderr.strip() or "the installation could not be made")
        (made.home / "static").mkdir(exist_ok=True)
        with (made.home / SETTINGS_FILE).open("a", encoding="utf-8") as settings:
            settings.write(UNLIMITED)
        yield made


@contextmanager
def _server() -> Iterator[str]:
    """The address of a durable PostgreSQL, started by the checkout's own tools."""
    try:
        postgres = import_module("tools.postgres")
    except ModuleNotFoundError:
        raise Refused(
            "a PostgreSQL for measurements is started by tools/ of a checkout: please run the"
            " benchmarks there"
        ) from None
    with postgres.running(durable=True) as url:
        yield url
