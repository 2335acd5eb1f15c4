"""`backup` and `restore`: the whole installation in one file."""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from richtschnur import __version__
from richtschnur.config.installation import DATABASE_FILE, SECRET_FILE, SETTINGS_FILE
from richtschnur.journal import keys
from richtschnur.ui import clock
from richtschnur.ui.commands import Command

LABEL = "backup.json"
DUMP = {"sqlite": DATABASE_FILE, "postgresql": "database.dump"}
KEPT = (SECRET_FILE, SETTINGS_FILE, "files", "previews", "log/key", "log/witness", "log/erasures")
SEEN = "log/checkpoint"


def backup(args: argparse.Namespace) -> dict[str, Any]:
    """Write database, files, keys and settings to one file, while the installation runs.

    The database is taken first: every file that it names is there already. The last checkpoint is
    taken even before: the log in the database is at least as long.
    """
    home, target = Path(settings.HOME), Path(args.output)
    seen = keys.seen()
    with _beside(target) as unfinished, tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / DUMP[connection.vendor]
        _dump_database(dump)
        label = Path(folder) / LABEL
        written_at = clock.now().isoformat(timespec="seconds")
        facts = {"version": __version__, "written_at": written_at, "database": connection.vendor}
        label.write_text(json.dumps(facts), "utf-8")
        (Path(folder) / "seen").write_text(seen, "utf-8")
        with tarfile.open(unfinished, "w:gz") as archive:
            archive.add(label, LABEL)
            archive.add(dump, dump.name)
            if seen:
                archive.add(Path(folder) / "seen", SEEN)
            for name in KEPT:
                if (home / name).exists():
                    archive.add(home / name, name)
    return {"file": str(target), "bytes": target.stat().st_size, **facts}


def restore(args: argparse.Namespace) -> dict[str, Any]:
    """Make an installation in a new or empty folder from a backup of the same kind of database."""
    home, source = Path(settings.HOME), Path(args.file)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise FileExistsError(f"{home} is not empty: please name a new or empty folder")
    with tarfile.open(source) as archive:
        member = archive.extractfile(LABEL)
        facts = json.loads(member.read()) if member else {}
        if facts.get("database") != connection.vendor:
            raise ValueError(
                f"this backup holds a {facts.get('database')} database: please set"
                " RICHTSCHNUR_DATABASE_URL accordingly"
            )
        if connection.vendor == "postgresql" and connection.introspection.table_names():
            raise ValueError("the database is not empty: please name an empty one")
        home.mkdir(parents=True, exist_ok=True, mode=0o750)
        archive.extractall(home, filter="data")
    (home / LABEL).unlink()
    (home / SECRET_FILE).chmod(0o600)
    if args.log:
        _take_over(Path(args.log), home / "log")
    if connection.vendor == "postgresql":
        dump = home / DUMP["postgresql"]
        _run("pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_url()}", str(dump))
        dump.unlink()
    return {"home": str(home), **facts}


def _take_over(lost: Path, log: Path) -> None:
    """From the log's folder of the lost installation: what was signed and what was erased since."""
    if not (lost / "key").is_file() or (lost / "key").read_bytes() != (log / "key").read_bytes():
        raise ValueError(f"{lost} is not the log's folder of the installation in this backup")
    for name in ("checkpoint", "erasures"):
        if (lost / name).is_file():
            shutil.copyfile(lost / name, log / name)
    if (lost / keys.WITNESS).is_dir():
        shutil.copytree(lost / keys.WITNESS, log / keys.WITNESS, dirs_exist_ok=True)


def _dump_database(target: Path) -> None:
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", f"--file={target}", f"--dbname={_url()}")
        return
    with (
        closing(sqlite3.connect(Path(settings.HOME) / DATABASE_FILE)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)


def _url() -> str:
    return str(settings.INSTALLATION.database_url)


def _run(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise FileNotFoundError(
            f"{program} is missing: please install PostgreSQL's client programs"
        )
    done = subprocess.run([found, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError(f"{program}: {done.stderr.strip()}")


@contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file beside the target that takes its place when all went well."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.touch(mode=0o600)
        yield unfinished
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _backup_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", dest="output", metavar="FILE", required=True)


def _restore_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--log",
        metavar="DIR",
        help="the folder 'log' of the lost installation: what was signed and erased since is known",
    )


COMMANDS: list[Command] = [
    Command(
        "backup",
        "write database, files, keys and settings to one file",
        backup,
        _backup_arguments,
        lambda result: f"{result['file']}: {result['bytes']} bytes",
    ),
    Command(
        "restore",
        "make an installation in a new or empty folder from a backup",
        restore,
        _restore_arguments,
        lambda result: f"Restored to {result['home']}",
        needs_installation=False,
    ),
]
