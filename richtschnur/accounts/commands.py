"""`user add`."""

from __future__ import annotations

import argparse
import secrets
from typing import Any

from richtschnur.accounts.operations import add_user
from richtschnur.accounts.states import Role
from richtschnur.journal.actors import CLI
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def add(args: argparse.Namespace) -> dict[str, Any]:
    """Add a person and print the password that she changes at her first login."""
    password = secrets.token_urlsafe(12)
    user = add_user(login=args.login, role=args.role, password=password, by=CLI, at=clock.now())
    return {"login": user.login, "password": password}


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("login", metavar="LOGIN")
    parser.add_argument("--role", required=True, choices=Role.values)


COMMANDS = [
    Command(
        "user add",
        "add a member of staff and print a one-time password",
        add,
        _arguments,
        lambda result: f"{result['login']}: {result['password']}",
    )
]
