"""The typesetter at work in a process of its own, which has an end and a limit."""

import json
import subprocess
import sys
from pathlib import Path

from richtschnur.documents.paper import Unwritable
from richtschnur.documents.writing import fonts

_PROGRAM = Path(__file__).parent / "typesetting.py"


def typeset(
    folder: Path,
    output: Path,
    *,
    timeout: float,
    memory: int,
    timestamp: int = 0,
    format: str = "pdf",
) -> None:
    """Makes `output` (a PDF or PNG) of `folder`/paper.typ; `memory` in bytes of address space.

    Raises Unwritable("timeout" | "typesetting").
    """
    job = folder / "job.json"
    order = {
        "folder": str(folder),
        "output": str(output.absolute()),
        "format": format,
        "fonts": [str(files) for _, files in fonts.packages()],
        "timestamp": timestamp,
        "memory": memory,
    }
    job.write_text(json.dumps(order), "utf-8")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_PROGRAM), str(job)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unwritable("timeout", f"{timeout:.0f} s") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Unwritable("typesetting", said[-500:] or f"exit {done.returncode}")
