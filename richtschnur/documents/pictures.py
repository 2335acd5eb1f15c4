"""A picture as its own bytes say, without what it need not tell: places, cameras, names, notes.

PNG (ISO/IEC 15948), JPEG (ITU-T T.81, Exif 2.3) and GIF (89a) are walked block by block; what is
not needed to show the picture is left out. Of Exif the orientation alone stays.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Final

from richtschnur.documents.blocks import Picture

MOST_BYTES: Final = 10_000_000
MOST_PIXELS: Final = 50_000_000
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT: Final = frozenset(
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"]
)


class NoPicture(Exception):
    """`code` is "unknown" (none of the three), "damaged", "oversized" or "vector"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def clean(data: bytes) -> Picture:
    """The picture with its kind read from its content. Raises NoPicture."""
    if len(data) > MOST_BYTES:
        raise NoPicture("oversized")
    kinds: tuple[tuple[bytes, str, Callable[[bytes], bytes]], ...] = (
        (_PNG, "image/png", _png),
        (b"\xff\xd8\xff", "image/jpeg", _jpeg),
        (b"GIF87a", "image/gif", _gif),
        (b"GIF89a", "image/gif", _gif),
    )
    for beginning, media_type, cleaned in kinds:
        if data.startswith(beginning):
            try:
                return Picture(media_type, cleaned(data))
            except (IndexError, struct.error):
                raise NoPicture("damaged") from None
    if b"<svg" in data[:2000].lower():
        raise NoPicture("vector")
    raise NoPicture("unknown")


def _check_size(width: int, height: int) -> None:
    if width < 1 or height < 1:
        raise NoPicture("damaged")
    if width * height > MOST_PIXELS:
        raise NoPicture("oversized")


def _png(data: bytes) -> bytes:
    out = [_PNG]
    at = len(_PNG)
    while True:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        chunk = data[at:end]
        if len(chunk) != 12 + length or zlib.crc32(chunk[4:-4]) != _number(chunk[-4:]):
            raise NoPicture("damaged")
        if (at == len(_PNG)) != (kind == b"IHDR"):
            raise NoPicture("damaged")
        if kind == b"IHDR":
            _check_size(*struct.unpack_from(">II", data, at + 8))
        if kind in _PNG_KEPT:
            out.append(chunk)
        if kind == b"IEND":
            return b"".join(out)
        at = end


def _number(data: bytes) -> int:
    return int.from_bytes(data, "big")


def _jpeg(data: bytes) -> bytes:
    out: list[bytes] = []
    at, orientation, has_size = 2, 1, False
    while data[at + 1] != 0xD9:
        if data[at + 1] == 0xFF:
            at += 1
            continue
        segment = _segment(data, at)
        marker = segment[1]
        at += len(segment)
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            _check_size(_number(segment[7:9]), _number(segment[5:7]))
            has_size = True
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0":
            orientation = _orientation(segment[10:])
        if _is_needed(marker, segment):
            out.append(segment)
        if marker == 0xDA:
            end = _end_of_scan(data, at)
            out.append(data[at:end])
            at = end
    if not has_size:
        raise NoPicture("damaged")
    turned = [_exif(orientation)] if orientation != 1 else []
    return b"".join([data[:2], *turned, *out, b"\xff\xd9"])


def _segment(data: bytes, at: int) -> bytes:
    """A marker with its length and what belongs to it."""
    length = _number(data[at + 2 : at + 4])
    segment = data[at : at + 2 + length]
    if data[at] != 0xFF or length < 2 or len(segment) != 2 + length:
        raise NoPicture("damaged")
    return segment


def _is_needed(marker: int, segment: bytes) -> bool:
    """All but notes and applications' own blocks; of those the frame, colours and Adobe's sign."""
    if marker == 0xFE:
        return False
    if 0xE0 <= marker <= 0xEF:
        known = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
        return marker in known and segment[4:].startswith(known[marker])
    return True


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the marker behind the coded picture begins."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise NoPicture("damaged")
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _orientation(tiff: bytes) -> int:
    """1 to 8; 1 where nothing sensible is said."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (start,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, start)
        for entry in range(min(count, 100)):
            tag, _kind, _n, value = struct.unpack_from(f"{order}HHIH", tiff, start + 2 + entry * 12)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _exif(orientation: int) -> bytes:
    """An Exif block that says the orientation and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, orientation, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _gif(data: bytes) -> bytes:
    width, height, packed = struct.unpack_from("<HHB", data, 6)
    _check_size(width, height)
    at = 13 + (3 << ((packed & 7) + 1) if packed & 0x80 else 0)
    out = [data[:at]]
    while data[at] != 0x3B:
        start, block, label = at, data[at], data[at + 1]
        if block == 0x21:
            at = _behind_parts(data, at + 2)
            loops = label == 0xFF and data[start + 3 : start + 14] == b"NETSCAPE2.0"
            if label == 0xF9 or loops:
                out.append(data[start:at])
        elif block == 0x2C:
            packed = data[at + 9]
            at += 10 + (3 << ((packed & 7) + 1) if packed & 0x80 else 0)
            at = _behind_parts(data, at + 1)
            out.append(data[start:at])
        else:
            raise NoPicture("damaged")
    return b"".join([*out, b"\x3b"])


def _behind_parts(data: bytes, at: int) -> int:
    while data[at]:
        at += data[at] + 1
    return at + 1
