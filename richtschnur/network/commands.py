"""`network import`: a table of organisations into the register."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.documents.blocks import Unreadable
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.network.operations import foreseen, import_organizations
from richtschnur.network.queries import plan_import, read_register, table_trouble
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def import_file(args: argparse.Namespace) -> dict[str, Any]:
    """Take in a CSV, XLSX or ODS; rows that may be known already wait for a person."""
    path = Path(args.file)
    if not path.is_file():
        raise Refused(_("There is no file “%(name)s”.") % {"name": args.file})
    try:
        rows = read_register(path)
    except Unreadable as error:
        raise Refused(table_trouble(error, path.name)) from None
    if args.dry_run:
        return asdict(foreseen(plan_import(rows)))
    return asdict(import_organizations(rows=rows, by=CLI, at=clock.now()))


def _say(result: dict[str, Any]) -> str:
    counts = "imported {imported}, updated {updated}, known or doubtful {duplicates}"
    lines = [counts.format(**result)]
    if result["duplicates"]:
        lines.append("doubtful rows are decided on the page of the import (staff/network/import/)")
    return "\n".join(lines + [f"row {r['row']}: {r['reason']}" for r in result["rejected"]])


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would happen; store nothing"
    )


COMMANDS: list[Command] = [
    Command(
        "network import",
        "take in a table of organisations (CSV, XLSX, ODS)",
        import_file,
        _arguments,
        _say,
    ),
]
