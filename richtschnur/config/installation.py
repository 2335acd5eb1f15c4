"""The folder of one installation: where it is, what its settings file says."""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_FILE = "richtschnur.sqlite3"
SETTINGS_FILE = "settings.toml"
SECRET_FILE = "secret_key"  # noqa: S105 – a file's name

# Each thread has a connection of its own, and its cache: what is larger the system keeps for all.
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
    " PRAGMA secure_delete=ON;"
    " PRAGMA busy_timeout=20000; PRAGMA mmap_size=33554432; PRAGMA cache_size=-4000;"
    # A submission writes some forty pages: moved from the journal into the file every 32 MB, most
    # of them go once instead of eight times, and hardly anybody waits for it.
    " PRAGMA wal_autocheckpoint=8000;"
)


@dataclass(frozen=True)
class Installation:
    """One folder with database, files, keys and settings."""

    home: Path
    database_url: str = ""
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def exists(self) -> bool:
        return (self.home / SECRET_FILE).is_file()

    @property
    def public_url(self) -> str:
        """Address under which people reach it, without a slash at the end; "" while unknown."""
        from_settings = str(self.options.get("public_url", ""))
        return os.environ.get("RICHTSCHNUR_URL", from_settings).rstrip("/")

    def secret_key(self) -> str:
        path = self.home / SECRET_FILE
        return path.read_text("ascii").strip() if path.is_file() else secrets.token_hex(32)

    def database(self) -> dict[str, Any]:
        """The `DATABASES["default"]` of this installation."""
        if self.database_url:
            return postgresql(self.database_url)
        return {
            "ENGINE": "richtschnur.config.sqlite3",
            "NAME": str(self.home / DATABASE_FILE),
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": SQLITE_PRAGMAS,
            },
        }


def current() -> Installation:
    """The installation that the environment names; the folder need not exist yet."""
    home = Path(os.environ.get("RICHTSCHNUR_HOME", "richtschnur-home")).expanduser().resolve()
    path = home / SETTINGS_FILE
    options = tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
    return Installation(home, os.environ.get("RICHTSCHNUR_DATABASE_URL", ""), options)


def postgresql(url: str) -> dict[str, Any]:
    """`postgresql://user:password@host:port/name?option=…` as Django wants it.

    Raises ValueError when the address is not one of PostgreSQL.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres"):
        raise ValueError("RICHTSCHNUR_DATABASE_URL must begin with postgresql://")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
