"""Looks at processes that benchmarks have started, by /proc, and limits them."""

from __future__ import annotations

import ctypes
import os
import re
import resource
import signal
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

ROLLED = re.compile(r"^([A-Z]\w+):\s+(\d+) kB", re.MULTILINE)
PR_SET_PDEATHSIG = 1
UNLIMITED = resource.RLIM_INFINITY
_system = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """To be called in a fresh child: it gets this signal when the one that started it is gone."""
    if _system is not None:
        _system.prctl(PR_SET_PDEATHSIG, by)


def serving(port: int) -> list[int]:
    """The processes that answer on this port: children of its server, the jobs' worker apart."""
    return [pid for pid in children(port) if "\0worker\0" not in said(pid) and megabytes(pid) > 30]


def children(port: int) -> list[int]:
    """All children of the server on this port."""
    servers = _servers(port)
    return [pid for pid in _everyone() if _field(pid, "PPid") in servers]


def children_of(pid: int) -> list[int]:
    """The children of one process, those of all its threads."""
    return [one for one in _everyone() if _field(one, "PPid") == pid]


def _servers(port: int) -> set[int]:
    return {pid for pid in _everyone() if f"\0--port\0{port}\0" in said(pid)}


def _everyone() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def limit_files(pids: Iterable[int], size: int = UNLIMITED, *, user: int = -1) -> None:
    """Let these processes and what they start write no file beyond so many bytes.

    Only the soft limit is set, so that it can be lifted again without special rights; nor does it
    take any, for it is set by a process of the `user` (a number, -1 for one's own) who runs them.
    Raises OSError where that is not allowed.
    """
    child = os.fork()
    if not child:
        try:
            if user != -1:
                os.setresuid(user, user, user)
            for pid in pids:
                _limit(pid, size)
        except OSError:
            os._exit(1)
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        raise OSError("the size of files can't be limited here")


def _limit(pid: int, size: int) -> None:
    with suppress(ProcessLookupError):
        _soft, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))


def end_at_once(pids: Iterable[int]) -> None:
    """Kill them all, and wait until they are gone."""
    struck = list(pids)
    for pid in struck:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    while any(is_alive(pid) for pid in struck):
        time.sleep(0.01)


def said(pid: int) -> str:
    """A process's command line, its words between zero bytes; "" when it is gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_text("utf-8", "replace")
    except OSError:
        return ""


def is_alive(pid: int) -> bool:
    try:
        status = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")


def megabytes(pid: int) -> float:
    """What of a process is in memory."""
    return _field(pid, "VmRSS") / 1000


def share_of_memory(pid: int) -> dict[str, float]:
    """MB of a process: `pss` what it costs, `uss` its own alone, `rss` with all that is shared.

    The server loads the product once and its processes begin as copies: `pss` parts such pages
    among all who hold them, so that the sum over processes is what the machine has less. `uss`
    leaves them out, `rss` counts them once for each process. (Linux, proc_pid_smaps.)
    """
    try:
        said = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8", "replace")
    except OSError:
        return {"pss": 0.0, "uss": 0.0, "rss": 0.0}
    found = {name: int(size) / 1000 for name, size in ROLLED.findall(said)}
    uss = found.get("Private_Clean", 0.0) + found.get("Private_Dirty", 0.0)
    return {"pss": found.get("Pss", 0.0), "uss": uss, "rss": found.get("Rss", 0.0)}


def _field(pid: int, name: str) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text("utf-8", "replace")
    except OSError:
        return 0
    found = re.search(rf"^{name}:\s+(\d+)", status, re.MULTILINE)
    return int(found.group(1)) if found else 0
