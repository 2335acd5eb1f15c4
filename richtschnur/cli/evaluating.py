"""`evaluate`: a whole consultation read by the machine, what it proposes stored for people."""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from typing import Any

from richtschnur.cli.analysing import engine_argument, say, told
from richtschnur.consultation.queries import consultation_by_slug
from richtschnur.evaluation.operations import evaluate_points
from richtschnur.evaluation.operations.evaluating import Texts
from richtschnur.journal.actors import CLI
from richtschnur.ui import clock
from richtschnur.ui.commands import Command


def evaluate(args: argparse.Namespace) -> dict[str, Any]:
    """Read all points, and store what is alike; a person decides on it."""
    from django.conf import settings

    from richtschnur.analysis.pipeline.measuring import Memory

    consultation = consultation_by_slug(args.consultation)
    folder = settings.HOME / "working" / f"evaluate-{consultation.slug}"

    def read(texts: Texts) -> Iterator[Any]:
        return told(texts, folder=folder, engine=args.engine)

    begun = time.monotonic()
    with Memory() as memory:
        done = evaluate_points(consultation=consultation, told=read, by=CLI, at=clock.now())
    return {
        **done.figures(),
        "seconds": round(time.monotonic() - begun, 2),
        "peak_rss_mb": memory.peak_mb,
        "engine": args.engine,
    }


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("consultation", metavar="CONSULTATION")
    engine_argument(parser)


COMMANDS: list[Command] = [
    Command(
        "evaluate",
        "read a consultation by machine: languages, campaigns, topics, personal data",
        evaluate,
        _arguments,
        say,
    )
]
