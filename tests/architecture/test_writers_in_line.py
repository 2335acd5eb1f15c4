"""SQLite's writers stand in line: one at a time, the next at once, and a dead one holds up none."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import DatabaseError, OperationalError, connection, transaction

from richtschnur.config.sqlite3 import base
from richtschnur.config.sqlite3.line import Line, line_of
from richtschnur.journal.models import Tile

needs_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'")

HOLDER = """
import sys
from pathlib import Path
from richtschnur.config.sqlite3.line import Line
assert Line(Path(sys.argv[1])).enter(20)
print("mine", flush=True)
sys.stdin.read()
"""


def test_one_at_a_time_and_each_in_the_end(tmp_path: Path) -> None:
    line, inside, seen = Line(tmp_path), [0], []

    def write() -> None:
        for _time in range(20):
            assert line.enter(60)
            inside[0] += 1
            seen.append(inside[0])
            inside[0] -= 1
            line.leave()

    writers = [threading.Thread(target=write) for _ in range(6)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert seen == [1] * 120


def test_another_process_is_waited_for_until_it_dies(tmp_path: Path) -> None:
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"mine\n"
    line = Line(tmp_path)
    assert not line.enter(0.05)
    other.kill()
    other.wait()
    assert line.enter(60)
    line.leave()


def test_whoever_gave_up_holds_up_nobody(tmp_path: Path) -> None:
    line = Line(tmp_path)
    assert line.enter(1)
    assert not line.enter(0.01)
    line.leave()
    assert line.enter(1)
    line.leave()


@transaction.atomic
def _write(line: Line, end: str) -> None:
    Tile.objects.create(level=0, index=1, hashes=b"")
    assert not line.enter(0.01)
    if end == "broken":
        with pytest.raises(DatabaseError):
            Tile.objects.create(level=0, index=1, hashes=b"")
    if end == "close":
        connection.close()
    if end != "commit":
        raise ZeroDivisionError
    transaction.on_commit(lambda: 1 / 0)


@needs_sqlite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("end", ["commit", "error", "broken", "close"])
def test_a_turn_ends_with_its_transaction(end: str) -> None:
    line = line_of(str(Path(connection.settings_dict["NAME"]).parent))
    with pytest.raises(ZeroDivisionError):
        _write(line, end)
    assert line.enter(0.01)
    line.leave()
    assert Tile.objects.exists() == (end == "commit")


@needs_sqlite
@pytest.mark.django_db(transaction=True)
def test_a_line_that_does_not_move_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "SECONDS", 0.01)
    line = line_of(str(Path(connection.settings_dict["NAME"]).parent))
    assert line.enter(1)
    with pytest.raises(OperationalError, match="locked"), transaction.atomic():
        Tile.objects.create(level=0, index=1, hashes=b"")
    line.leave()
    with transaction.atomic():
        Tile.objects.create(level=0, index=1, hashes=b"")
