"""`journal export`, `journal witness`, `verify`: the log as files, others' logs, does it hold."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from richtschnur.journal import keys, verifier
from richtschnur.journal.export import export_log
from richtschnur.journal.log import integrate
from richtschnur.journal.witnessing import bring, witness_log
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def export(args: argparse.Namespace) -> dict[str, Any]:
    """Write the log with all that waits for it."""
    while integrate(at=clock.now()):
        pass
    return {"folder": args.output, **export_log(Path(args.output))}


def verify(args: argparse.Namespace) -> dict[str, Any]:
    """Check a log as everyone can."""
    return verifier.verify(
        args.place,
        receipts=args.receipt,
        seen=args.seen,
        key=args.key,
        witnesses=args.witness,
    )


def witness(args: argparse.Namespace) -> dict[str, Any]:
    """Sign another county's log, if it continues what we have signed before."""
    own = keys.witness_signer().verifier
    if not args.place:
        return {"witness": own}
    signed = witness_log(args.place, key=args.key, at=clock.now())
    if args.output:
        Path(args.output).write_text(signed.note, "utf-8")
    if args.bring:
        bring(args.place, signed)
    return {
        "witness": own,
        "log": signed.log,
        "before": signed.before,
        "entries": signed.size,
        "note": signed.note,
    }


def _witness_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "place",
        metavar="DIR_OR_URL",
        nargs="?",
        default="",
        help="the other log; without one, our public key as a witness is printed",
    )
    parser.add_argument("--key", default="", help="the log's key, known from elsewhere (needed)")
    parser.add_argument("-o", dest="output", metavar="FILE", help="write the signed state here")
    parser.add_argument("--bring", action="store_true", help="bring the signature to the log")


def _say_witness(result: dict[str, Any]) -> str:
    if "log" not in result:
        return str(result["witness"])
    return (
        f"{result['log']}: {result['before']} entries were signed before, {result['entries']} now"
    )


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
        "journal witness",
        "sign the state of another public log as its witness",
        witness,
        _witness_arguments,
        _say_witness,
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
