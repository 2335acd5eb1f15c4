"""Locks the Python packages anew: `python -m tools.lock`, then `./run test`, then commit.

uv writes the lock files, since they then hold hashes for every system and no registry's address.
"""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "build" / "uv"
OPTIONS = ("--generate-hashes", "--universal", "--python-version=3.11", "--no-header", "--upgrade")


def main() -> int:
    uv = TOOL / "bin" / "uv"
    if not uv.exists():
        venv.create(TOOL, with_pip=True)
        subprocess.run([TOOL / "bin" / "pip", "install", "--quiet", "uv"], check=True)
    # Index settings of this machine would end up in the files.
    environment = {key: value for key, value in os.environ.items() if not key.startswith("UV_")}
    for name in ("runtime", "embedding", "cluster", "dev"):
        subprocess.run(
            [uv, "pip", "compile", "--quiet", *OPTIONS, f"{name}.in", "-o", f"{name}.txt"],
            cwd=ROOT / "requirements",
            env=environment,
            check=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
