"""The command `richtschnur`: every call of the contract, one line on failure, never a traceback."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from richtschnur.ui.commands import Command

MODULES = (
    "richtschnur.cli.installing",
    "richtschnur.cli.serving",
    "richtschnur.cli.keeping",
    "richtschnur.cli.proving",
    "richtschnur.cli.documenting",
    "richtschnur.cli.searching",
    "richtschnur.cli.analysing",
    "richtschnur.cli.evaluating",
    "richtschnur.accounts.commands",
    "richtschnur.network.commands",
    "richtschnur.strategy.commands",
    "richtschnur.consultation.commands",
    "richtschnur.evaluation.commands",
    "richtschnur.contributions.commands",
    "richtschnur.bench.commands",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one call; exit codes 0 success, 1 failure, 2 wrong use."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "richtschnur.config.settings")
    try:
        import django

        django.setup()
        return _run(sys.argv[1:] if arguments is None else list(arguments))
    except KeyboardInterrupt:
        return 1
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except Exception as error:
        if os.environ.get("RICHTSCHNUR_TRACEBACK"):
            raise
        print(f"richtschnur: {one_line(error)}", file=sys.stderr)
        return 1


def one_line(error: Exception) -> str:
    """What went wrong, for a person, on one line."""
    from django.core.exceptions import ValidationError

    if isinstance(error, ValidationError):
        text = " ".join(error.messages)
    else:
        text = str(error) or error.__class__.__name__
    return " ".join(text.split())


def _run(arguments: list[str]) -> int:
    from django.conf import settings
    from django.utils import translation

    translation.activate("de" if os.environ.get("LANG", "").startswith("de") else "en")
    parser = _parser()
    args = parser.parse_args(arguments)
    command: Command = args.command
    if command.needs_installation and not settings.INSTALLATION.exists:
        raise FileNotFoundError(
            f"there is no installation in {settings.HOME}: set RICHTSCHNUR_HOME, or run"
            " 'richtschnur init' first"
        )
    result = command.run(args)
    if result is not None:
        as_json = getattr(args, "json", False)
        print(json.dumps(result, ensure_ascii=False) if as_json else command.say(result))
    if result is not None and result.get("ok") is False:
        print(f"richtschnur: {len(result['problems'])} problems were found", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    from richtschnur import __version__

    parser = argparse.ArgumentParser(
        prog="richtschnur",
        description="The life of a county's strategy paper, from the draft to the answer.",
        epilog="RICHTSCHNUR_HOME names the installation's folder, RICHTSCHNUR_DATABASE_URL a"
        " PostgreSQL database instead of its SQLite file. Times without a zone are Europe/Berlin.",
    )
    parser.add_argument("--version", action="version", version=__version__)
    level = parser.add_subparsers(metavar="CALL", required=True)
    groups: dict[str, argparse._SubParsersAction[argparse.ArgumentParser]] = {}
    for module in MODULES:
        for command in import_module(module).COMMANDS:
            group, _space, name = command.name.rpartition(" ")
            if group and group not in groups:
                entry = level.add_parser(group, help=f"see 'richtschnur {group} --help'")
                groups[group] = entry.add_subparsers(metavar="CALL", required=True)
            target = groups[group] if group else level
            sub = target.add_parser(name, help=command.help, description=command.help)
            sub.add_argument("--json", action="store_true", help="print one JSON object")
            command.arguments(sub)
            sub.set_defaults(command=command)
    return parser
