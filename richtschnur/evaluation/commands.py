"""`synopsis export`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.evaluation.exports import completeness, export_synopsis
from richtschnur.evaluation.operations import freeze_overview
from richtschnur.evaluation.queries import state_of
from richtschnur.evaluation.states import FORMATS, Order
from richtschnur.journal.actors import CLI
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def export(args: argparse.Namespace) -> dict[str, Any]:
    """Write the overview of answers to a file."""
    consultation = consultation_by_slug(args.consultation)
    path = Path(args.output)
    made = export_synopsis(
        consultation,
        args.format,
        path,
        at=clock.now(),
        public=args.public,
        state=state_of(consultation, _number(args.state)) if args.state else None,
        order=args.order,
    )
    return {
        "rows": made.rows,
        "sha256": made.sha256,
        "file": str(path),
        "open": made.open,
        "completeness": completeness(made),
    }


def freeze(args: argparse.Namespace) -> dict[str, Any]:
    """Freeze the overview as it stands now."""
    consultation = consultation_by_slug(args.consultation)
    state = freeze_overview(consultation=consultation, title=args.title, by=CLI, at=clock.now())
    return {
        "state": state.number,
        "rows": state.counts["rows"],
        "sha256": state.sha256,
        "public_sha256": state.public_sha256,
    }


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < LONGEST_NUMBER else 0


def _say_frozen(result: dict[str, Any]) -> str:
    return _("State %(state)s: %(rows)s rows, checksum %(sha256)s") % result


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
    parser.add_argument("--state", metavar="ID", default="", help="a frozen state, by its number")
    parser.add_argument("--order", choices=Order.values, default=Order.PASSAGE.value)


def _freezing(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")
    parser.add_argument("--title", default="", help="what this state is for")


LONGEST_NUMBER = 9  # digits


COMMANDS: list[Command] = [
    Command("synopsis export", "write the overview of answers to a file", export, _arguments, _say),
    Command(
        "synopsis freeze",
        "keep the overview of answers as it stands, with its checksum",
        freeze,
        _freezing,
        _say_frozen,
    ),
]
