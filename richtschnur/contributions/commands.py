"""`contributions import` and `contributions export`."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.contributions.exports import export_contributions
from richtschnur.contributions.operations import import_contributions
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.tables import read_table
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.queries import unreadable_message
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def import_file(args: argparse.Namespace) -> dict[str, Any]:
    """Take in a CSV, XLSX or ODS and report each row that could not be taken."""
    consultation = consultation_by_slug(args.consultation)
    path = Path(args.file)
    if not path.is_file():
        raise Refused(_("There is no file “%(name)s”.") % {"name": args.file})
    try:
        report = import_contributions(
            consultation=consultation, rows=read_table(path), by=CLI, at=clock.now()
        )
    except Unreadable as error:
        raise Refused(unreadable_message(error, path.name)) from None
    return asdict(report)


def export(args: argparse.Namespace) -> dict[str, Any]:
    """Write all contributions to a file."""
    consultation = consultation_by_slug(args.consultation)
    export_contributions(consultation, args.format, Path(args.output), at=clock.now())
    return {"file": args.output, "bytes": Path(args.output).stat().st_size}


def _say(result: dict[str, Any]) -> str:
    lines = [f"imported {result['imported']}, already known {result['duplicates']}"]
    return "\n".join(lines + [f"row {r['row']}: {r['reason']}" for r in result["rejected"]])


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")
    parser.add_argument("file", metavar="FILE")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")
    parser.add_argument("--format", required=True, choices=("csv", "xlsx", "ods", "json"))
    parser.add_argument("-o", dest="output", metavar="FILE", required=True)


COMMANDS: list[Command] = [
    Command(
        "contributions import",
        "take in a table of contributions (CSV, XLSX, ODS)",
        import_file,
        _import_arguments,
        _say,
    ),
    Command("contributions export", "write all contributions", export, _export_arguments),
]
