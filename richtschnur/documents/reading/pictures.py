"""Pictures of a draft: only harmless raster formats, of bounded size and number."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import unquote_to_bytes

from richtschnur.documents.blocks import Doubt, Picture
from richtschnur.documents.reading import signs
from richtschnur.documents.reading.inlines import flatten
from richtschnur.documents.reading.pieces import Piece

MOST_PICTURES: Final = 500
MOST_BYTES: Final = 20 * 1024 * 1024
MOST_BYTES_TOGETHER: Final = 100 * 1024 * 1024
MOST_POINTS: Final = 50_000_000  # width times height; more is a bomb for whoever draws it
_DATA: Final = re.compile(r"data:image/[a-z+.-]+(?P<base64>;base64)?,", re.IGNORECASE)
_START_OF_FRAME: Final = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class Source:
    """A picture in an office file; `data` is empty when it can't be taken."""

    data: bytes
    description: str


@dataclass(slots=True)
class Gallery:
    """Takes pictures in the order of the text; what it leaves out is a doubt."""

    sources: Sequence[Source] = ()
    taken: dict[str, Picture] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)
    _bytes: int = 0
    _count: int = 0

    def piece(self, index: int) -> Piece:
        """The prepared picture; one that can't be taken stays as the words that describe it."""
        source = self.sources[index]
        words = signs.fold(signs.clean(source.description))
        return (
            Piece("picture", words, picture=key)
            if (key := self.take(source.data, words))
            else (Piece("text", words))
        )

    def image(self, node: dict[str, Any]) -> Piece | None:
        """An image of HTML or Markdown: taken only if the file itself holds it."""
        _, inlines, (target, title) = node["c"]
        words = signs.fold(signs.clean(flatten(inlines).text or title))
        key = self.take(_data_of(target), words)
        if key:
            return Piece("picture", words, picture=key)
        return Piece("text", words) if words else None

    def take(self, data: bytes, words: str) -> str:
        """The key of a picture that was taken, or "" with a doubt."""
        media_type = kind_of(data)
        key = hashlib.sha256(data).hexdigest()
        fits = (
            media_type
            and len(data) <= MOST_BYTES
            and self._bytes + len(data) <= MOST_BYTES_TOGETHER
            and self._count < MOST_PICTURES
        )
        if not fits:
            self.doubts.append(Doubt("pictures-left-out", words[:120]))
            return ""
        if key not in self.taken:
            self._bytes += len(data)
            self.taken[key] = Picture(media_type, data)
        self._count += 1
        return key


def _data_of(target: str) -> bytes:
    found = _DATA.match(target)
    if not found or len(target) > 2 * MOST_BYTES:
        return b""
    raw = unquote_to_bytes(target[found.end() :])
    if not found["base64"]:
        return raw
    try:
        return base64.b64decode(raw, validate=True)
    except binascii.Error:
        return b""


def kind_of(data: bytes) -> str:
    """The media type of a raster picture of sane measures, else ""."""
    try:
        media_type, width, height = _measures(data)
    except (struct.error, IndexError):
        return ""
    return media_type if 0 < width * height <= MOST_POINTS else ""


def _measures(data: bytes) -> tuple[str, int, int]:
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return ("image/png", *struct.unpack(">II", data[16:24]))
    if data.startswith((b"GIF87a", b"GIF89a")):
        return ("image/gif", *struct.unpack("<HH", data[6:10]))
    if data.startswith(b"\xff\xd8\xff"):
        return ("image/jpeg", *_jpeg(data))
    return "", 0, 0


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data):
        if data[at] != 0xFF:
            at += 1
            continue
        sign = data[at + 1]
        if sign in _START_OF_FRAME:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        standalone = sign in {0xFF, 0x01} or 0xD0 <= sign <= 0xD9
        at += (
            1
            if sign == 0xFF
            else 2
            if standalone
            else 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
        )
    return 0, 0
