"""Looks at processes that benchmarks have started, by /proc."""

from __future__ import annotations

import re
import resource
from pathlib import Path

ROLLED = re.compile(r"^([A-Z]\w+):\s+(\d+) kB", re.MULTILINE)


def serving(port: int) -> list[int]:
    """The processes that answer on this port: children of its server, the jobs' worker apart."""
    return [pid for pid in children(port) if "\0worker\0" not in said(pid) and megabytes(pid) > 30]


def children(port: int) -> list[int]:
    """All children of the server on this port."""
    servers = _servers(port)
    return [pid for pid in _everyone() if _field(pid, "PPid") in servers]


def _servers(port: int) -> set[int]:
    return {pid for pid in _everyone() if f"\0--port\0{port}\0" in said(pid)}


def _everyone() -> list[int]:
    return [int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit()]


def limit_files(port: int, size: int) -> None:
    """Let no process of the server on this port write a file beyond so many bytes."""
    for pid in [*_servers(port), *children(port)]:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, size))


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
