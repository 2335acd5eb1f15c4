"""The process in which one benchmark runs: its home is a temporary folder, its result a file."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import django

from richtschnur.bench import BENCHMARKS

TERMINATED = 128 + signal.SIGTERM


def main() -> int:
    """Run the benchmark that the command line names and write {"seconds","runs"} or {"error"}."""
    args = _parsed()
    signal.signal(signal.SIGTERM, lambda *_signal: sys.exit(TERMINATED))  # so that all is cleared
    home = Path(os.environ["RICHTSCHNUR_HOME"])
    home.mkdir(parents=True, exist_ok=True)
    (home / "secret_key").write_text(secrets.token_hex(32), "ascii")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "richtschnur.config.settings")
    django.setup()
    Path(args.result).write_text(json.dumps(_measured(args), ensure_ascii=False), "utf-8")
    return 0


def _measured(args: argparse.Namespace) -> dict[str, Any]:
    begun = time.monotonic()
    run = import_module(BENCHMARKS[args.name]).run
    try:
        runs = run(seed=args.seed, is_quick=args.quick, progress=progress)
    except Exception as error:
        if os.environ.get("RICHTSCHNUR_TRACEBACK"):
            raise
        return {"error": " ".join(f"{error.__class__.__name__}: {error}".split())}
    return {"seconds": round(time.monotonic() - begun, 3), "runs": runs}


def progress(line: str) -> None:
    """Say on a terminal what is being done; silent elsewhere."""
    if sys.stderr.isatty() or os.environ.get("RICHTSCHNUR_PROGRESS"):
        sys.stderr.write(f"  {line}\n")
        sys.stderr.flush()


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="richtschnur.bench.child")
    parser.add_argument("name", choices=list(BENCHMARKS))
    parser.add_argument("result")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--quick", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
