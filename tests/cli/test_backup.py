"""What was backed up comes back whole, on both databases; nothing has to be stopped for it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.support.environment import ON_POSTGRESQL

COUNT = (
    "import django, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'richtschnur.config.settings';"
    "django.setup();"
    "from richtschnur.contributions.models import Comment;"
    "from richtschnur.journal.queries import chain_faults;"
    "from richtschnur.files.models import StoredFile;"
    "from richtschnur.journal import guards; from django.db import connection;"
    "print(Comment.objects.count(), chain_faults(),"
    " all(f.path.is_file() for f in StoredFile.objects.all()))"
)


def environment(home: Path, database: str) -> dict[str, str]:
    url = os.environ.get("RICHTSCHNUR_DATABASE_URL", "")
    found = {**os.environ, "RICHTSCHNUR_HOME": str(home)}
    if url:
        found["RICHTSCHNUR_DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{database}"))
    return found


def call(env: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "richtschnur", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def counted(env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", COUNT], env=env, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def databases() -> list[str]:
    names = ["backup_source", "backup_target"]
    if ON_POSTGRESQL:
        import psycopg

        with psycopg.connect(os.environ["RICHTSCHNUR_DATABASE_URL"], autocommit=True) as server:
            for name in names:
                server.execute(f"DROP DATABASE IF EXISTS {name}")
                server.execute(f"CREATE DATABASE {name}")
    return names


def test_backup_and_restore(tmp_path: Path, databases: list[str]) -> None:
    source = environment(tmp_path / "source", databases[0])
    target = environment(tmp_path / "target", databases[1])
    assert call(source, "init", "--demo").returncode == 0
    file = tmp_path / "one.tar.gz"
    told = call(source, "backup", "-o", str(file), "--json")
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["bytes"] == file.stat().st_size
    assert file.stat().st_mode & 0o077 == 0
    told = call(target, "restore", str(file), "--json")
    assert told.returncode == 0, told.stderr
    before = counted(source)
    assert before == counted(target)
    assert "[] True" in before
    shown = [
        json.loads(call(env, "journal", "export", "-o", str(tmp_path / name), "--json").stdout)
        for env, name in ((source, "log-1"), (target, "log-2"))
    ]
    assert shown[0]["contributions"] == shown[1]["contributions"] > 0
    told = call(
        target,
        "verify",
        str(tmp_path / "log-2"),
        "--seen",
        str(tmp_path / "log-1" / "checkpoint"),
        "--json",
    )
    assert json.loads(told.stdout)["ok"], told.stdout
    assert (tmp_path / "target" / "log" / "key").stat().st_mode & 0o077 == 0
    again = call(target, "restore", str(file))
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert "Traceback" not in again.stderr


def test_what_is_no_backup_is_refused(tmp_path: Path, databases: list[str]) -> None:
    file = tmp_path / "no.tar.gz"
    file.write_text("nothing")
    told = call(environment(tmp_path / "target", databases[1]), "restore", str(file))
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1


def test_an_old_backup_does_not_start_behind_what_was_signed(
    tmp_path: Path, databases: list[str]
) -> None:
    source = environment(tmp_path / "source", databases[0])
    target = environment(tmp_path / "target", databases[1])
    assert call(source, "init").returncode == 0
    paper = tmp_path / "paper.md"
    paper.write_text("# Konzept\n\n## Eins\n\nEin Absatz.\n", "utf-8")
    told = call(source, "strategy", "import", str(paper), "--json")
    edition = json.loads(told.stdout)["edition"]
    period = ("--from", "2026-01-01", "--until", "2036-01-01")
    told = call(source, "consultation", "open", edition, *period, "--json")
    consultation = json.loads(told.stdout)["consultation"]
    assert call(source, "journal", "export", "-o", str(tmp_path / "before")).returncode == 0
    file = tmp_path / "old.tar.gz"
    assert call(source, "backup", "-o", str(file)).returncode == 0
    rows = tmp_path / "rows.csv"
    rows.write_text("text\nMehr Kurse\n", "utf-8")
    assert call(source, "contributions", "import", consultation, str(rows)).returncode == 0
    assert call(source, "journal", "export", "-o", str(tmp_path / "after")).returncode == 0
    wrong = call(target, "restore", str(file), "--log", str(tmp_path / "before"))
    assert wrong.returncode == 1
    lost = str(tmp_path / "source" / "log")
    other = environment(tmp_path / "other", databases[1])
    if ON_POSTGRESQL:
        _empty(databases[1])
    told = call(other, "restore", str(file), "--log", lost)
    assert told.returncode == 0, told.stderr
    told = call(other, "worker")
    assert told.returncode == 1
    assert "older" in told.stderr
    assert len(told.stderr.strip().splitlines()) == 1


def _empty(database: str) -> None:
    import psycopg

    with psycopg.connect(os.environ["RICHTSCHNUR_DATABASE_URL"], autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {database}")
        server.execute(f"CREATE DATABASE {database}")
