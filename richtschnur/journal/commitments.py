"""Commitments: C = SHA-256("v1" || r || JCS(content)), r a random salt of 32 bytes.

With content and salt at hand anyone can check C; with both erased, C says nothing.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import rfc8785

SALT_BYTES = 32
VERSION = b"v1"
LARGEST = 2**53 - 1  # of the whole numbers that JSON can hold
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def commit(content: dict[str, Any], *, salt: bytes) -> str:
    """The commitment to a JSON-like object as 64 hex digits; raw text is not normalised."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(VERSION + salt + canonical(content)).hexdigest()


def canonical(content: Any) -> bytes:
    """The one JSON of RFC 8785; Python's own encoder writes it, too, and faster, where it can."""
    return _encode(content).encode() if _is_plain(content) else rfc8785.dumps(content)


def _is_plain(content: Any) -> bool:
    """Whether both encoders agree: no fractions, no large numbers, names in ASCII."""
    if content is None or isinstance(content, str | bool):
        return True
    if isinstance(content, dict):
        return all(
            isinstance(name, str) and name.isascii() and _is_plain(value)
            for name, value in content.items()
        )
    if isinstance(content, list | tuple):
        return all(map(_is_plain, content))
    return type(content) is int and -LARGEST <= content <= LARGEST


def link(previous: str, commitment: str) -> str:
    """The chain's value after one more entry, from the value before it (64 hex digits each)."""
    return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(commitment)).hexdigest()


CHAIN_START = hashlib.sha256(b"richtschnur journal v1").hexdigest()
