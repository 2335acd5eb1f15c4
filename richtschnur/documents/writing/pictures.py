"""How large a picture is, told by its first bytes; drawings as points where they are wanted."""

from __future__ import annotations

import re
import struct
import tempfile
from pathlib import Path
from typing import Final

from richtschnur.documents.paper import Unwritable
from richtschnur.documents.writing.child import typeset

ENDINGS: Final = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/svg+xml": "svg",
}
_MOST: Final = 30_000  # pixels a side
_LENGTH: Final = re.compile(r"\s*([0-9]*\.?[0-9]+)\s*(px|pt|pc|mm|cm|in|Q)?\s*")
_PIXELS: Final = {
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
    "Q": 96 / 101.6,
}
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def size_of(data: bytes, media_type: str) -> tuple[int, int] | None:
    """Width and height in pixels; None if this is no such picture."""
    readers = {
        "image/png": _png,
        "image/jpeg": _jpeg,
        "image/gif": _gif,
        "image/svg+xml": _svg,
    }
    try:
        size = readers[media_type](data) if media_type in readers else None
    except (struct.error, IndexError, ValueError, OverflowError):
        return None
    return size if size and all(0 < side <= _MOST for side in size) else None


def fitted(size: tuple[int, int], width: float, height: float) -> tuple[float, float]:
    """The size in points (a pixel is 1/96 inch), made smaller to fit; never larger."""
    natural = size[0] * 0.75, size[1] * 0.75
    share = min(1.0, width / natural[0], height / natural[1])
    return natural[0] * share, natural[1] * share


def _png(data: bytes) -> tuple[int, int] | None:
    if data[:8] != b"\x89PNG\r\n\x1a\n" or data[12:16] != b"IHDR":
        return None
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _gif(data: bytes) -> tuple[int, int] | None:
    if data[:6] not in (b"GIF87a", b"GIF89a"):
        return None
    width, height = struct.unpack("<HH", data[6:10])
    return width, height


def _jpeg(data: bytes) -> tuple[int, int] | None:
    if data[:2] != b"\xff\xd8":
        return None
    place = 2
    while place < len(data) - 9:
        if data[place] != 0xFF:
            return None
        marker = data[place + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return width, height
        alone = marker in (0x01, 0xFF) or 0xD0 <= marker <= 0xD8
        place += (
            (1 if marker == 0xFF else 2)
            if alone
            else 2 + struct.unpack(">H", data[place + 2 : place + 4])[0]
        )
    return None


def _svg(data: bytes) -> tuple[int, int] | None:
    start = re.search(r"<(?:\w+:)?svg\b[^>]*>", data[:20_000].decode("utf-8", "replace"))
    if not start:
        return None
    width, height = (_length(start[0], name) for name in ("width", "height"))
    box = re.search(r"viewBox\s*=\s*[\"']([^\"']+)", start[0])
    sides = [float(part) for part in re.split(r"[\s,]+", box[1].strip())] if box else []
    if len(sides) == 4 and sides[2] > 0 and sides[3] > 0:
        if width and not height:
            height = width * sides[3] / sides[2]
        elif height and not width:
            width = height * sides[2] / sides[3]
        elif not width and not height:
            width, height = sides[2], sides[3]
    return max(1, round(width or 300)), max(1, round(height or 150))


def _length(tag: str, name: str) -> float:
    found = re.search(rf"\s{name}\s*=\s*[\"']([^\"']*)", tag)
    length = _LENGTH.fullmatch(found[1]) if found else None
    return float(length[1]) * _PIXELS[length[2] or "px"] if length else 0.0


def rastered(svg: bytes, *, timeout: float = 20) -> bytes | None:
    """A drawing as PNG, made in a process of its own; None where that fails."""
    size = size_of(svg, "image/svg+xml")
    if size is None:
        return None
    width = fitted(size, 1000, 1000)[0]
    source = f'#set page(width: auto, height: auto, margin: 0pt)\n#image("a.svg", width: {width}pt)'
    with tempfile.TemporaryDirectory(prefix="picture-") as name:
        folder = Path(name)
        (folder / "a.svg").write_bytes(svg)
        (folder / "paper.typ").write_text(source, "utf-8")
        try:
            typeset(folder, folder / "a.png", timeout=timeout, memory=1 << 30, format="png")
            return (folder / "a.png").read_bytes()
        except (Unwritable, OSError):
            return None
