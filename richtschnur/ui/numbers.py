"""Numbers that stand in addresses and hidden fields."""

from __future__ import annotations

LONGEST = 9  # digits; a key of the database may have more, an address never does


def whole_number(given: object) -> int | None:
    """The whole number that was given, None for anything else."""
    text = str(given or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST else None
