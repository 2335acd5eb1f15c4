"""Where tiles and entries stand, and how entries are bundled (C2SP tlog-tiles)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from richtschnur.journal.tree import WIDTH

ENTRIES = "entries"
LONGEST_ENTRY = 0xFFFF  # bytes
_PLACE = re.compile(r"(entries|[0-5]?\d|6[0-3])/((?:x\d{3}/)*\d{3})(?:\.p/([1-9]\d{0,2}))?")


def number_path(number: int) -> str:
    """1234067 → "x001/x234/067"."""
    groups = [f"{number % 1000:03}"]
    while number >= 1000:
        number //= 1000
        groups.append(f"x{number % 1000:03}")
    return "/".join(reversed(groups))


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """The path of a tile, or with level "entries" of a bundle; fewer than 256 make it partial."""
    part = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{number_path(index)}{part}"


def parse_path(path: str) -> tuple[int | str, int, int] | None:
    """Level, index and width of what stands behind "tile/"; None where nothing can stand."""
    found = _PLACE.fullmatch(path)
    if found is None:
        return None
    level, groups, part = found.groups()
    index, width = int(re.sub(r"\D", "", groups)), int(part or WIDTH)
    level = level if level == ENTRIES else int(level)
    return (level, index, width) if tile_path(level, index, width) == f"tile/{path}" else None


def places(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width of all tiles of a tree with `size` entries."""
    level = 0
    while size:
        for index in range((size + WIDTH - 1) // WIDTH):
            yield level, index, min(WIDTH, size - index * WIDTH)
        size //= WIDTH
        level += 1


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one behind the other, each after its length in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
