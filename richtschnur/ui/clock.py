"""The one place where the product asks for the time; tests and benchmarks put another in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

_source: Callable[[], datetime] = timezone.now


def now() -> datetime:
    """The present moment, with its zone."""
    return _source()


def set_source(source: Callable[[], datetime] | None = None) -> None:
    """Take the time from `source`; without one from the machine's clock again."""
    global _source  # noqa: PLW0603 – one clock for the process
    _source = source or timezone.now
