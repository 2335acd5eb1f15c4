"""`init`: a new installation in a new or empty folder."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command

from richtschnur.config.installation import DATABASE_FILE, SECRET_FILE, SETTINGS_FILE
from richtschnur.journal.actors import CLI
from richtschnur.journal.keys import make_key
from richtschnur.ui import clock
from richtschnur.ui.commands import Command

SETTINGS_TEXT = """\
# Settings of this installation of Richtschnur. Restart it after a change.

# The address under which people reach it. With https:// cookies are marked Secure.
# public_url = "https://beteiligung.example"

# New entries of the public log are shown to everyone once a day: then nobody can tell who wrote
# when. "at once" shows them within a second.
# [log]
# publish = "daily"

# The county's mail server; without it mails wait in the outbox.
# [mail]
# host = "mail.example"
# port = 25
# starttls = false
# user = ""
# password = ""
# from = "beteiligung@landkreis.example"
"""


def init(args: argparse.Namespace) -> dict[str, Any]:
    """Make the folder, the keys, the database and first pages; with --demo the example county."""
    home = Path(settings.HOME)
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise FileExistsError(f"{home} is not empty: please name a new or empty folder")
    home.mkdir(parents=True, exist_ok=True, mode=0o750)
    secret = home / SECRET_FILE
    secret.write_text(secrets.token_hex(32), "ascii")
    secret.chmod(0o600)
    settings.SECRET_KEY = secret.read_text("ascii")
    (home / SETTINGS_FILE).write_text(SETTINGS_TEXT, "utf-8")
    call_command("migrate", verbosity=0, interactive=False)
    make_key()
    _first_words(args)
    database = settings.INSTALLATION.database_url or str(home / DATABASE_FILE)
    return {"home": str(home), "database": _without_password(database)}


def _first_words(args: argparse.Namespace) -> None:
    from richtschnur.county.operations import set_up_county
    from richtschnur.demo.loading import load_example
    from richtschnur.demo.pages import write_first_pages

    at = clock.now()
    if args.demo:
        load_example(at=at)
    else:
        set_up_county(name=args.county or "Landkreis", by=CLI, at=at)
        write_first_pages(by=CLI, at=at)


def _without_password(database: str) -> str:
    scheme, sign, rest = database.partition("://")
    if not sign or "@" not in rest:
        return database
    return f"{scheme}://{rest.rpartition('@')[2]}"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--county", metavar="NAME", help="the county's name")
    parser.add_argument("--demo", action="store_true", help="fill it with the example county")


def _say(result: dict[str, Any]) -> str:
    logins = Path(result["home"]) / "sample-logins.txt"
    more = f"\n{logins.read_text('utf-8')}" if logins.is_file() else ""
    return f"Installed in {result['home']}; now: richtschnur serve{more}"


COMMANDS = [
    Command(
        "init",
        "make an installation in the new or empty folder that RICHTSCHNUR_HOME names",
        init,
        _arguments,
        _say,
        needs_installation=False,
    )
]
