"""Commitments: C = SHA-256("v1" || r || JCS(content)), r a random salt of 32 bytes.

With content and salt at hand anyone can check C; with both erased, C says nothing.
"""

from __future__ import annotations

import hashlib
from typing import Any

import rfc8785

SALT_BYTES = 32
VERSION = b"v1"


def commit(content: dict[str, Any], *, salt: bytes) -> str:
    """The commitment to a JSON-like object as 64 hex digits; raw text is not normalised."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(salt)}")
    return hashlib.sha256(VERSION + salt + rfc8785.dumps(content)).hexdigest()


def link(previous: str, commitment: str) -> str:
    """The chain's value after one more entry, from the value before it (64 hex digits each)."""
    return hashlib.sha256(bytes.fromhex(previous) + bytes.fromhex(commitment)).hexdigest()


CHAIN_START = hashlib.sha256(b"richtschnur journal v1").hexdigest()
