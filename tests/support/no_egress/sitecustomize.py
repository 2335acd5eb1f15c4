"""For processes that must not speak to anyone outside: put this folder on PYTHONPATH.

Every process below inherits it. Who connects, sends or asks for an address beyond this machine is
stopped before anything leaves it, and a line is written to the file that EGRESS_LOG names.
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

LOG = os.environ.get("EGRESS_LOG", "")
LOCAL = ("", "localhost", None, b"", b"localhost", "0.0.0.0", "::")


def _is_local(host: Any) -> bool:
    if host in LOCAL:
        return True
    try:
        text = host.decode() if isinstance(host, bytes) else str(host)
        return ipaddress.ip_address(text.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _watch(event: str, given: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = given[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"):
        host = given[0]
    else:
        return
    if not _is_local(host):
        with open(LOG, "a", encoding="utf-8") as file:
            file.write(f"{event} {host!r}\n")
        raise PermissionError(f"{event}: nothing may leave this machine")


if LOG:
    sys.addaudithook(_watch)
