"""`strategy import`, `strategy export`, `strategy compare`."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.documents.blocks import Unreadable
from richtschnur.journal.actors import CLI
from richtschnur.journal.refusals import Refused
from richtschnur.strategy.exports import export_edition
from richtschnur.strategy.models import Edition, Strategy
from richtschnur.strategy.operations import import_draft
from richtschnur.strategy.queries import (
    compare,
    doubt_message,
    edition_by_ref,
    element_tree,
    open_lineage,
    unreadable_message,
)
from richtschnur.strategy.states import ElementKind, Fate
from richtschnur.ui import clock
from richtschnur.ui.commands import Command

FORMATS = ("html", "docx", "odt", "pdf", "md", "json")


def import_file(args: argparse.Namespace) -> dict[str, Any]:
    """Import a draft and say what was recognised, and what was not."""
    into = None
    if args.into:
        into = Strategy.objects.filter(slug=args.into).first()
        if into is None:
            raise Refused(_("There is no paper “%(slug)s”.") % {"slug": args.into})
    path = Path(args.file)
    if not path.is_file():
        raise Refused(_("There is no file “%(name)s”.") % {"name": args.file})
    try:
        edition = import_draft(
            path=path,
            title=args.title,
            language=args.language,
            into=into,
            replaces_working=True,
            by=CLI,
            at=clock.now(),
        )
    except Unreadable as error:
        raise Refused(unreadable_message(error, path.name)) from None
    return summary(edition)


def summary(edition: Edition) -> dict[str, Any]:
    """What an import found: the contract's keys."""
    elements = element_tree(edition)
    guidelines = []
    for guideline in (e for e in elements if e.kind == ElementKind.GUIDELINE):
        below = [e for e in elements if e.parent_id == guideline.pk]
        guidelines.append(
            {
                "title": guideline.title,
                "goals": [e.title for e in below if e.kind == ElementKind.GOAL],
                "measures": [e.title for e in below if e.kind == ElementKind.MEASURE],
            }
        )
    return {
        "strategy": edition.strategy.slug,
        "edition": edition.ref,
        "sections": edition.sections.count(),
        "passages": edition.passages.count(),
        "guidelines": guidelines,
        "warnings": [doubt_message(doubt) for doubt in edition.doubts] + _lineage_warnings(edition),
    }


def _lineage_warnings(edition: Edition) -> list[str]:
    n = open_lineage(edition)
    if not n:
        return []
    sentence = ngettext(
        "%(n)s passage wants a look: where it comes from, or why it is gone.",
        "%(n)s passages want a look: where they come from, or why they are gone.",
        n,
    )
    return [sentence % {"n": n}]


def export(args: argparse.Namespace) -> dict[str, Any]:
    """Write an edition to a file."""
    export_edition(edition_by_ref(args.edition), args.format, Path(args.output), at=clock.now())
    return {"file": args.output, "bytes": Path(args.output).stat().st_size}


def compare_editions(args: argparse.Namespace) -> dict[str, Any]:
    """What became of each passage."""
    fates = compare(edition_by_ref(args.old), edition_by_ref(args.new))
    counts = Counter(entry.fate.value for entry in fates)
    return {fate.value: counts[fate.value] for fate in Fate} | {
        "passages": [
            {
                "from": [str(p.identity) for p in entry.before],
                "to": [str(p.identity) for p in entry.after],
                "fate": entry.fate.value,
            }
            for entry in fates
        ]
    }


def _say_import(result: dict[str, Any]) -> str:
    lines = [f"{result['edition']}: {result['sections']} sections, {result['passages']} passages"]
    for guideline in result["guidelines"]:
        goals, measures = len(guideline["goals"]), len(guideline["measures"])
        lines.append(f"  {guideline['title']}: {goals} goals, {measures} measures")
    return "\n".join(lines + [f"? {warning}" for warning in result["warnings"]])


def _say_compare(result: dict[str, Any]) -> str:
    return ", ".join(f"{fate.value} {result[fate.value]}" for fate in Fate)


def _import_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE")
    parser.add_argument("--title", default="")
    parser.add_argument("--language", default="de")
    parser.add_argument("--into", metavar="STRATEGY", help="as the next edition of this paper")


def _export_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="EDITION")
    parser.add_argument("--format", required=True, choices=FORMATS)
    parser.add_argument("-o", dest="output", metavar="FILE", required=True)


def _compare_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", metavar="EDITION")
    parser.add_argument("new", metavar="EDITION")


COMMANDS: list[Command] = [
    Command(
        "strategy import",
        "turn a draft (DOCX, ODT, PDF, Markdown, HTML, text) into a working edition",
        import_file,
        _import_arguments,
        _say_import,
    ),
    Command("strategy export", "write an edition to a file", export, _export_arguments),
    Command(
        "strategy compare",
        "what became of each passage between two editions",
        compare_editions,
        _compare_arguments,
        _say_compare,
    ),
]
