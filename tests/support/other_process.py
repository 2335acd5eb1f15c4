"""A second process of the server on the test's database: it reads pages and writes rows, too.

with OtherProcess(at=NOON) as other:
    other.read("/de/…")      # (number of queries, the page)
    other.write("UPDATE …")  # committed when it returns
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from typing import Any

from django.db import connection

MODULE = "tests.support.other_process"


class OtherProcess:
    """Answers one line of JSON with another."""

    def __init__(self, *, at: datetime) -> None:
        told = connection.settings_dict
        database = {name: str(told[name]) for name in ("NAME", "HOST", "PORT", "USER", "PASSWORD")}
        command = [sys.executable, "-m", MODULE, json.dumps(database), at.isoformat()]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
        )

    def __enter__(self) -> OtherProcess:
        return self

    def __exit__(self, *_why: object) -> None:
        self._process.stdin.close()  # type: ignore[union-attr]
        self._process.wait(timeout=60)
        self._process.stdout.close()  # type: ignore[union-attr]

    def read(self, path: str) -> tuple[int, str]:
        """How many questions it took, and the page."""
        count, page = self._told("read", path)
        return count, page

    def write(self, sql: str, *values: Any) -> None:
        self._told("write", sql, *values)

    def set_clock(self, at: datetime) -> None:
        self._told("clock", at.isoformat())

    def _told(self, *words: Any) -> Any:
        self._process.stdin.write(json.dumps(words) + "\n")  # type: ignore[union-attr]
        self._process.stdin.flush()  # type: ignore[union-attr]
        return json.loads(self._process.stdout.readline())  # type: ignore[union-attr]


def read(client: Any, path: str) -> tuple[int, str]:
    """The same in this process."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    if answer.status_code != 200:
        raise AssertionError(f"{path} answered {answer.status_code}")
    return len(asked), answer.content.decode()


def write(sql: str, *values: Any) -> None:
    """The same in this process."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _serve(database: dict[str, str], at: str) -> None:
    import django
    from django.conf import settings

    settings.DATABASES["default"].update(database)
    django.setup()
    settings.ALLOWED_HOSTS = ["testserver"]

    from django.test import Client

    from richtschnur.ui import clock

    moment = datetime.fromisoformat(at)
    clock.set_source(lambda: moment)
    client = Client()
    for line in sys.stdin:
        word, *told = json.loads(line)
        answer: Any = None
        if word == "clock":
            later = datetime.fromisoformat(told[0])
            clock.set_source(lambda later=later: later)  # type: ignore[misc]
        elif word == "read":
            answer = read(client, *told)
        else:
            write(*told)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "richtschnur.config.settings")
    _serve(json.loads(sys.argv[1]), sys.argv[2])
