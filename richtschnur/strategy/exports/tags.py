"""How a place to write is called in a document, so that its return can be read in."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from richtschnur.strategy.models import Edition

_LIMIT: Final = 64  # characters that word processors allow in a content control's tag
_TAG: Final = re.compile(r"richtschnur:(?P<edition>[^:]+):(?P<number>\d{1,7})")


def room_tag(edition: Edition, number: int) -> str:
    """`richtschnur:<edition>:<number>`; 0 is the whole paper. Never longer than 64 characters."""
    tag = f"richtschnur:{edition.ref}:{number}"
    return tag if len(tag) <= _LIMIT else f"richtschnur:{_short(edition)}:{number}"


def edition_and_number(tag: str, editions: list[Edition]) -> tuple[Edition, int] | None:
    """Which edition and passage a tag means among these editions; None for any other text."""
    found = _TAG.fullmatch(tag.strip())
    if found is None:
        return None
    for edition in editions:
        if found["edition"] in (edition.ref, _short(edition)):
            return edition, int(found["number"])
    return None


def _short(edition: Edition) -> str:
    """A long name cut, with a checksum that keeps it unmistakable."""
    digest = hashlib.sha256(edition.ref.encode()).hexdigest()[:12]
    return f"{edition.strategy.slug[:24]}~{digest}"
