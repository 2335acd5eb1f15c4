"""Long work says on a terminal how far it is."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

EVERY_S = 0.5
WORDS = {
    "reading": "reading the texts",
    "grouping": "comparing them with each other",
    "telling": "keywords and topics",
}


@contextmanager
def said_on_terminal() -> Iterator[Callable[[str, int, int | None], None]]:
    """A function that takes the step and how many texts of how many are done; silent elsewhere."""
    is_said = sys.stderr.isatty() or bool(os.environ.get("RICHTSCHNUR_PROGRESS"))
    last, known = 0.0, ""

    def progress(step: str, done: int, of: int | None) -> None:
        nonlocal last, known
        now = time.monotonic()
        if not is_said or (now - last < EVERY_S and step == known):
            return
        last, known = now, step
        far = f"{min(done, of)} of {of}" if of else str(done)
        sys.stderr.write(f"\r\033[K  {WORDS.get(step, step)}: {far}")
        sys.stderr.flush()

    try:
        yield progress
    finally:
        if is_said and known:
            sys.stderr.write("\r\033[K")
            sys.stderr.flush()
