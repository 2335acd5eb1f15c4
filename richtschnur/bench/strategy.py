"""A paper of 500 pages: reading each format, a section's page, comparing, PDF/UA."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def run(*, seed: int, is_quick: bool, progress: Callable[[str], None]) -> list[dict[str, Any]]:
    """One run for each format and one for each database."""
    raise NotImplementedError("bench strategy comes with the next commits")
