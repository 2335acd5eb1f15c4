"""The data and tools for measuring that lie in `shared` beside the checkout, not in the product."""

from __future__ import annotations

import csv
from pathlib import Path

from richtschnur.journal.refusals import Refused

SHARED = Path(__file__).resolve().parents[3] / "shared"


def shared(name: str) -> Path:
    """The path of `../shared/NAME`; Refused where it is absent."""
    path = SHARED / name
    if not path.exists():
        raise Refused(f"../shared/{name} is needed beside the checkout and is not there.")
    return path


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a CSV file of `../shared/data`."""
    with shared(f"data/{name}").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
