"""The overview of answers with ten thousand points: every format, its seconds and its memory.

Each file is written from a frozen state by a process of its own; `peak_rss_mb` is its peak with
that of the typesetter's process, `cpu_s` what both spent of the processor. `rows_read` is counted
in the file when it is opened again. Texts hold emoji, private-use characters and Arabic. The peer
is pandoc, which makes DOCX and ODT of the same table as HTML at `pandoc_points` rows, as far as it
bears them. `freeze` is the freezing.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from richtschnur.bench.databases import installed
from richtschnur.documents.reading.pandoc import program

STEPS: Final = "richtschnur.bench.synopsis_steps"
FULL, QUICK = 10_000, 500
PEER_FULL: Final = {"docx": 10_000, "odt": 4_000}
FORMATS: Final = ("docx", "odt", "pdf", "xlsx", "ods", "csv", "json")
CHILD: Final = """
import resource, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True)
took = time.perf_counter() - begun
print(took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
"""


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for the freezing and each format; DOCX and ODT with their peer's figures."""
    points = QUICK if is_quick else FULL
    runs = []
    with installed("sqlite") as place, tempfile.TemporaryDirectory() as folder:
        progress(f"{points} points")
        slug = place.call(f"{STEPS}:filled", points=points, seed=seed)
        progress("freezing them")
        figures = place.call(f"{STEPS}:frozen", slug=slug)
        runs.append({"points": points, "format": "freeze", "seed": seed, **figures})
        for format in FORMATS:
            progress(f"{format} of {points} points")
            path = Path(folder) / f"overview.{format}"
            figures = place.call(f"{STEPS}:written", slug=slug, path=str(path))
            counted = place.call(f"{STEPS}:opened", path=str(path), points=points)
            known = {"points": points, "format": format, "seed": seed}
            runs.append(known | figures | counted | _beside(format, points, is_quick, folder))
    return runs


def _beside(format: str, points: int, is_quick: bool, folder: str) -> dict[str, Any]:
    """What pandoc takes for such a table, in a process of its own."""
    if format not in PEER_FULL:
        return {}
    rows = points if is_quick else PEER_FULL[format]
    source, target = Path(folder) / "table.html", Path(folder) / f"peer.{format}"
    source.write_text(_table(rows), "utf-8")
    command = [program(), "--from=html", f"--to={format}", f"--output={target}", str(source)]
    said = subprocess.run(
        [sys.executable, "-c", CHILD, *command], check=True, capture_output=True, text=True
    )
    seconds, memory = said.stdout.split()
    return {
        "pandoc_points": rows,
        "pandoc_s": round(float(seconds), 2),
        "pandoc_peak_rss_mb": int(memory),
    }


def _table(rows: int) -> str:
    """As many rows of such texts as HTML."""
    from richtschnur.bench.synopsis_steps import REASON, said

    cells = "".join(
        f"<tr><td>{n}</td><td>Absatz {n}</td><td>{said(n)}</td><td>{REASON}</td></tr>"
        for n in range(1, rows + 1)
    )
    return f'<!doctype html><meta charset="utf-8"><table>{cells}</table>'
