"""Asking a virus scanner: ClamAV's INSTREAM over a socket, when an address is configured.

The stream is sent in chunks, each led by its length in four bytes, and ends with a length of zero
(clamd's manual, "INSTREAM"). Only a scanner of the house is asked; nothing leaves it otherwise.
"""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

CHUNK: Final = 64 * 1024
SECONDS: Final = 20.0


class Scan(models.TextChoices):
    """What is known of a file: nothing (no scanner is configured), or what the scanner said."""

    NOT_ASKED = "not_asked", _("not checked for viruses")
    CLEAN = "clean", _("checked for viruses")
    WAITING = "waiting", _("waits for the virus check")
    INFECTED = "infected", _("holds a virus")


@dataclass(frozen=True)
class Verdict:
    """`finding` is the name of what was found."""

    scan: Scan
    finding: str = ""


def scan(path: Path) -> Verdict:
    """What the configured scanner says of a file; WAITING when it can't be reached."""
    address = settings.VIRUS_SCAN
    if not address:
        return Verdict(Scan.NOT_ASKED)
    try:
        answer = _ask(address, path)
    except (OSError, ValueError):
        return Verdict(Scan.WAITING)
    if answer.endswith("OK"):
        return Verdict(Scan.CLEAN)
    if answer.endswith("FOUND"):
        return Verdict(Scan.INFECTED, answer.removesuffix("FOUND").partition(":")[2].strip())
    return Verdict(Scan.WAITING)


def _ask(address: str, path: Path) -> str:
    with _connected(address) as link, path.open("rb") as stream:
        link.sendall(b"zINSTREAM\0")
        while chunk := stream.read(CHUNK):
            link.sendall(struct.pack(">I", len(chunk)) + chunk)
        link.sendall(struct.pack(">I", 0))
        answer = b""
        while len(answer) < 4096 and not answer.endswith(b"\0"):
            more = link.recv(1024)
            if not more:
                break
            answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace").strip()


def _connected(address: str) -> socket.socket:
    if address.startswith("/"):
        link = socket.socket(socket.AF_UNIX)
        link.settimeout(SECONDS)
        link.connect(address)
        return link
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
