"""Benchmarks: what the product promises in figures, measured on this very machine.

Each is a module beside this one with `run(*, seed: int, is_quick: bool, progress) -> list[dict]`:
one dictionary of figures for each setting, `progress` a function that takes one line of text.
They need no installation: each runs in a process whose RICHTSCHNUR_HOME is a temporary folder.
"""

from __future__ import annotations

from importlib.util import find_spec

BENCHMARKS = {
    "desk": "richtschnur.bench.desk",
    "evaluate": "richtschnur.bench.evaluate",
    "faults": "richtschnur.bench.faults",
    "campaigns": "richtschnur.bench.campaigns",
    "hostile": "richtschnur.bench.hostile",
    "intake": "richtschnur.bench.intake",
    "import": "richtschnur.bench.importing",
    "languages": "richtschnur.bench.languages",
    "lineage": "richtschnur.bench.lineage",
    "pages": "richtschnur.bench.pages",
    "personal-data": "richtschnur.bench.personal_data",
    "split": "richtschnur.bench.split",
    "strategy": "richtschnur.bench.strategy",
    "synopsis": "richtschnur.bench.synopsis",
    "tampering": "richtschnur.bench.tampering",
    "topics": "richtschnur.bench.topics",
}


def available() -> dict[str, str]:
    """Name → module of the benchmarks that this release has."""
    return {name: module for name, module in BENCHMARKS.items() if find_spec(module)}
