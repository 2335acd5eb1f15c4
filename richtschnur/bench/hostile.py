"""Odd requests to every address, and hostile files: each is answered in order or refused.

No browser looks at the pages yet: `script_runs` stays empty, as nothing was counted.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from richtschnur.bench.databases import installed

STEPS = "richtschnur.bench.hostile_steps"


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for requests, one for attachments, on SQLite."""
    runs = []
    with installed("sqlite") as place:
        progress("requests")
        tries = 500 if is_quick else 10_000
        found = place.call(f"{STEPS}:fuzzed", tries=tries, seed=seed)
        for where in found.pop("where"):
            progress(where)
        runs.append({"kind": "requests", **found, "script_runs": None})
        progress("attachments")
        found = place.call(f"{STEPS}:attached", tries=50 if is_quick else 500, seed=seed)
        runs.append({"kind": "attachments", **found, "script_runs": None})
    return runs
