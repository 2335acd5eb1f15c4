"""How much a file may ask of the machine, and running a converter within that."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from richtschnur.documents.blocks import Unreadable

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds."""

    file_bytes: int = 50 * MEGABYTE
    unpacked_bytes: int = 300 * MEGABYTE
    archive_entries: int = 4000
    pages: int = 2000
    passages: int = 50_000
    seconds: int = 25  # the checks around a converter take time too
    memory_bytes: int = 1536 * MEGABYTE
    output_bytes: int = 64 * MEGABYTE
    elements: int = 2_000_000  # tags of all XML parts of an office file
    depth: int = 60  # of nested lists and quotes
    markup_depth: int = 400  # of HTML elements


def run_confined(command: Sequence[str], limits: Limits, folder: Path) -> int:
    """Run a converter in its own session, in `folder`, and return its exit code.

    Negative codes are signals. Everything it started dies with it.
    Raises Unreadable("timeout") when it takes longer than `limits.seconds`.
    """
    errors = folder / "errors"
    with errors.open("wb") as stderr:
        process = subprocess.Popen(  # a list, never a shell
            [*_confinement(limits), *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stderr,
            cwd=folder,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": str(folder)},
            start_new_session=True,
        )
        try:
            return process.wait(timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            raise Unreadable("timeout", f"{limits.seconds} s") from None
        finally:
            _end_session(process)


def complaint(folder: Path) -> str:
    """What the last converter that ran in `folder` wrote to its error stream, shortened."""
    with (folder / "errors").open("rb") as stream:
        return stream.read(2000).decode("utf-8", "replace").strip()


def _end_session(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _confinement(limits: Limits) -> list[str]:
    cpu = max(1, limits.seconds)
    prlimit = shutil.which("prlimit")
    if prlimit:
        return [
            prlimit,
            f"--as={limits.memory_bytes}",
            f"--cpu={cpu}",
            f"--fsize={limits.output_bytes}",
            "--core=0",
            "--",
        ]
    return [
        sys.executable,
        "-I",
        __file__,
        str(limits.memory_bytes),
        str(cpu),
        str(limits.output_bytes),
    ]


def _confine_and_become(arguments: Sequence[str]) -> None:
    memory, cpu, size, *command = arguments
    for kind, most in (
        (resource.RLIMIT_AS, int(memory)),
        (resource.RLIMIT_CPU, int(cpu)),
        (resource.RLIMIT_FSIZE, int(size)),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):  # some systems know no limit of address space
            continue
    os.execvp(command[0], command)  # noqa: S606 - a list of our own, no shell


if __name__ == "__main__":
    _confine_and_become(sys.argv[1:])
