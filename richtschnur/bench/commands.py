"""`bench NAME` and `bench list`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

from richtschnur.bench import available
from richtschnur.bench.machine import machine
from richtschnur.bench.processes import end_with_parent
from richtschnur.journal.refusals import Refused
from richtschnur.ui.commands import Command

STDERR = 2  # what a benchmark prints must not mix with the one JSON object


def bench(args: argparse.Namespace) -> dict[str, Any]:
    """Run one benchmark in a process of its own, or list them all."""
    if args.name == "list":
        return {"benchmarks": {name: _first_line(module) for name, module in available().items()}}
    with tempfile.TemporaryDirectory(prefix="richtschnur-bench-") as folder:
        found = _in_a_home_of_its_own(args, Path(folder))
    if "error" in found:
        raise Refused(f"bench {args.name}: {found['error']}")
    return {"name": args.name, "machine": machine(), **found}


def _in_a_home_of_its_own(args: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """What the child has written: {"seconds","runs"} or {"error"}."""
    result = folder / "result.json"
    command = [sys.executable, "-m", "richtschnur.bench.child", args.name, str(result)]
    command += ["--seed", str(args.seed), *(["--quick"] if args.quick else [])]
    unwanted = ("RICHTSCHNUR_DATABASE_URL", "RICHTSCHNUR_URL")
    environment = {key: value for key, value in os.environ.items() if key not in unwanted}
    environment["RICHTSCHNUR_HOME"] = str(folder / "home")
    code = subprocess.run(
        command, env=environment, stdout=STDERR, check=False, preexec_fn=end_with_parent
    ).returncode
    if not result.is_file():
        return {"error": f"the benchmark ended with exit code {code}"}
    found: dict[str, Any] = json.loads(result.read_text("utf-8"))
    return found


def _first_line(module: str) -> str:
    return (import_module(module).__doc__ or "").strip().partition("\n")[0]


def say(result: dict[str, Any]) -> str:
    """A table for people: a row for each run, a column for each figure."""
    if "benchmarks" in result:
        width = max((len(name) for name in result["benchmarks"]), default=0)
        return "\n".join(f"{name:{width}}  {text}" for name, text in result["benchmarks"].items())
    head = f"{result['name']} on {result['machine']}, {result['seconds']:.1f} s"
    return "\n".join([head, *_table(result["runs"])])


def _table(runs: list[dict[str, Any]]) -> list[str]:
    columns = list(dict.fromkeys(key for run in runs for key in run))
    rows = [columns, *([_cell(run.get(key)) for key in columns] for run in runs)]
    widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
    return [
        "  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _cell(value: Any) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def _arguments(parser: argparse.ArgumentParser) -> None:
    names = [*available(), "list"]
    parser.add_argument("name", metavar="NAME", choices=names, help="'list' names them")
    parser.add_argument("--quick", action="store_true", help="a small run of the same kind")
    parser.add_argument("--seed", type=int, default=1, help="what the generated data grow from (1)")


COMMANDS: list[Command] = [
    Command(
        "bench",
        "measure on this machine what the product promises; 'bench list' names the benchmarks",
        bench,
        _arguments,
        say,
        needs_installation=False,
    )
]
