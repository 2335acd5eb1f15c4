"""The checksum of an overview made anew from its JSON, with nothing of the product's code."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import rfc8785

PARTS = [
    ["number", "section", "passage", "passage_text", "contribution", "topics", "state",
     "released_at", "replied_at"],
    ["text", "language", "suggestion", "files"],
    ["kind", "sender"],
    ["decision", "forwarded_to", "reason"],
]  # fmt: skip
NAMES = ["place", "words", "name", "answer"]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def digest_of(point: dict[str, Any]) -> str:
    digests = []
    for name, fields in zip(NAMES, PARTS, strict=True):
        part = {field: point[field] for field in fields if field in point}
        salt = point.get("salts", {}).get(name)
        part |= {"salt": salt} if salt else {}
        digests.append(point.get("gone", {}).get(name) or sha256(rfc8785.dumps(part)))
    return sha256("".join(f"{each}\n" for each in digests).encode())


def checksum_of(path: Path) -> str:
    """Of an overview by passage, exported as JSON."""
    points = json.loads(path.read_text("utf-8"))["points"]
    return sha256("".join(f"{digest_of(point)}\n" for point in points).encode())
