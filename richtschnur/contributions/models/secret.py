"""Secrets that open something: only their digests are kept."""

from __future__ import annotations

import hashlib


def digest(secret: str) -> str:
    """SHA-256 of a secret, as it is stored."""
    return hashlib.sha256(secret.encode()).hexdigest()


SHARED = "s."  # begins the secret of a browser that came by somebody else's link


def opened_by(secret: str) -> dict[str, str]:
    """Which basket a browser's secret opens, as a filter: its own one, or one shared with it."""
    if secret.startswith(SHARED):
        return {"share_digest": digest(secret.removeprefix(SHARED))}
    return {"secret_digest": digest(secret)}
