"""`journal export` and `verify`: the public log as files, and whether it holds."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from richtschnur.journal import verifier
from richtschnur.journal.export import export_log
from richtschnur.journal.log import integrate
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def export(args: argparse.Namespace) -> dict[str, Any]:
    """Write the log with all that waits for it."""
    while integrate(at=clock.now()):
        pass
    return {"folder": args.output, **export_log(Path(args.output))}


def verify(args: argparse.Namespace) -> dict[str, Any]:
    """Check a log as everyone can."""
    return verifier.verify(args.place, receipts=args.receipt, seen=args.seen, key=args.key)


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", dest="output", metavar="DIR", required=True)


def _say(result: dict[str, Any]) -> str:
    return (
        f"{result['folder']}: {result['entries']} entries, {result['contributions']}"
        f" contributions, {result['open']} open; check it with 'python {result['folder']}/verify.py"
        f" {result['folder']}'"
    )


COMMANDS: list[Command] = [
    Command(
        "journal export",
        "write the verifiable log: tiles, checkpoints, manifest, key and verifier",
        export,
        _arguments,
        _say,
    ),
    Command(
        "verify",
        "check an exported log or one at an address, and receipts",
        verify,
        verifier.add_arguments,
        verifier.in_words,
        needs_installation=False,
    ),
]
