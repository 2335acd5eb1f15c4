"""`synopsis export`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.evaluation.exports import FORMATS, completeness, export_synopsis
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def export(args: argparse.Namespace) -> dict[str, Any]:
    """Write the overview of answers to a file."""
    consultation = consultation_by_slug(args.consultation)
    path = Path(args.output)
    made = export_synopsis(consultation, args.format, path, at=clock.now(), public=args.public)
    return {
        "rows": made.rows,
        "sha256": made.sha256,
        "file": str(path),
        "open": made.open,
        "completeness": completeness(made),
    }


def _say(result: dict[str, Any]) -> str:
    checksum = _("Checksum of the rows (SHA-256)")
    return f"{result['file']}: {result['completeness']}\n{checksum}: {result['sha256']}"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("-o", dest="output", metavar="FILE", required=True)
    parser.add_argument(
        "--public", action="store_true", help="released answers only, without senders"
    )


COMMANDS: list[Command] = [
    Command("synopsis export", "write the overview of answers to a file", export, _arguments, _say)
]
