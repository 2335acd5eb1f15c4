"""Campaigns in a million comments: what is found, how fast, in how much memory, beside rensa.

The comments and the peer's script are those of `../shared/tools`; each method runs in a process
of its own on the same file, one after the other, reading and writing not counted. datasketch is
measured at 100,000 comments.
"""

from __future__ import annotations

import csv
import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from richtschnur.bench.campaigns_score import score
from richtschnur.bench.shared import shared

Progress = Callable[[str], None]
FULL, TENTH, QUICK = 1_000_000, 100_000, 20_000
SEEDS: Final = 3
FIRST: Final = 26_000  # the thresholds were set on comments with seeds below 1,000
OWN: Final = [sys.executable, "-m", "richtschnur.bench.campaigns_steps"]


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """For each seed the methods at each size; `speedup` is the peer's seconds by ours."""
    runs: list[dict[str, Any]] = []
    for one in [FIRST + SEEDS * seed + at for at in range(1 if is_quick else SEEDS)]:
        small = _measured(QUICK if is_quick else TENTH, one, True, progress)
        runs += small
        if not is_quick:
            full = _measured(FULL, one, False, progress)
            ours = {run["comments"]: run["seconds"] for run in (small[0], full[0])}
            full[0]["growth_exponent"] = round(math.log10(ours[FULL] / ours[TENTH]), 3)
            runs += full
    return runs


def _measured(
    count: int, seed: int, with_datasketch: bool, progress: Progress
) -> list[dict[str, Any]]:
    methods: dict[str, list[str]] = {
        "richtschnur": [*OWN, "richtschnur"],
        "rensa": [sys.executable, str(shared("tools/group_with_rensa.py"))],
    }
    if with_datasketch:
        methods["datasketch"] = [*OWN, "datasketch"]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "comments.csv", Path(folder) / "groups.csv"
        progress(f"{count} comments, seed {seed}: writing them")
        maker = [sys.executable, str(shared("tools/make_campaigns.py")), str(count), str(source)]
        subprocess.run([*maker, "--seed", str(seed)], check=True, capture_output=True)
        truth = _column(source, "truth")
        found = []
        for method, command in methods.items():
            progress(f"{count} comments, seed {seed}: {method}")
            said = subprocess.run(
                [*command, str(source), str(target)], check=True, capture_output=True, text=True
            )
            figures = json.loads(said.stdout)
            known = {"method": method, "comments": count, "seed": seed}
            found.append(known | figures | score(truth, _column(target, "group")))
            found[-1]["engine"] = "local"
    found[0]["speedup"] = round(found[1]["seconds"] / found[0]["seconds"], 2)
    return found


def _column(path: Path, name: str) -> list[int]:
    with path.open(encoding="utf-8", newline="") as file:
        return [int(row[name]) for row in csv.DictReader(file)]
