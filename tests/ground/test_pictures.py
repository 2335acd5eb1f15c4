"""Pictures lose what they need not tell, and nothing that is needed to show them."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from richtschnur.documents.pictures import NoPicture, clean

SECRET = b"GPS 52.5 Erika"


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int = 2, more: list[tuple[bytes, bytes]] | None = None) -> bytes:
    rows = zlib.compress((b"\0" + b"\xff\0\0" * 2) * 2)
    head = struct.pack(">IIBBBBB", width, 2, 8, 2, 0, 0, 0)
    extra = b"".join(_chunk(kind, data) for kind, data in more or [])
    parts = [_chunk(b"IHDR", head), extra, _chunk(b"IDAT", rows), _chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _segment(marker: int, data: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


def jpeg(orientation: int = 1) -> bytes:
    tiff = struct.pack("<2sHIHHHII", b"II", 42, 8, 1, 0x0112, 3, 1, orientation)
    return b"".join(
        [
            b"\xff\xd8",
            _segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            _segment(0xE1, b"Exif\0\0" + tiff + b"\0\0\0\0" + SECRET),
            _segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + SECRET),
            _segment(0xED, b"Photoshop 3.0\0" + SECRET),
            _segment(0xFE, SECRET),
            _segment(0xC0, struct.pack(">BHHB", 8, 2, 2, 1) + b"\1\x11\0"),
            _segment(0xDA, b"\1\1\0\0\x3f\0"),
            b"\x12\xff\x00\x34\xff\xd0\x56",
            b"\xff\xd9",
            SECRET,
        ]
    )


def gif() -> bytes:
    comment = b"\x21\xfe" + bytes([len(SECRET)]) + SECRET + b"\0"
    image = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\0"
    return b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\0" * 6 + comment + image + b";"


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (png(more=[(b"tEXt", SECRET), (b"eXIf", SECRET), (b"iTXt", SECRET)]), "image/png"),
        (png() + SECRET, "image/png"),
        (jpeg(), "image/jpeg"),
        (gif(), "image/gif"),
    ],
)
def test_what_it_need_not_tell_is_gone_and_cleaning_again_changes_nothing(
    data: bytes, media_type: str
) -> None:
    assert SECRET in data
    picture = clean(data)
    assert picture.media_type == media_type
    assert SECRET not in picture.data
    assert clean(picture.data) == picture


def test_a_photograph_stays_upright() -> None:
    kept = clean(jpeg(orientation=6)).data
    assert SECRET not in kept
    assert clean(kept).data == kept
    assert kept.count(b"Exif\0\0") == 1
    assert b"Exif" not in clean(jpeg()).data


def test_the_coded_picture_itself_is_untouched() -> None:
    assert clean(png()).data == png()
    assert b"\x12\xff\x00\x34\xff\xd0\x56\xff\xd9" in clean(jpeg()).data


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "unknown"),
        (b"%PDF-1.7", "unknown"),
        (b"<?xml version='1.0'?><svg/>", "vector"),
        (png()[:40], "damaged"),
        (png().replace(b"IDAT", b"IDAX"), "damaged"),
        (png(width=2_000_000_000), "oversized"),
        (jpeg()[:60], "damaged"),
        (b"\xff\xd8\xff\xd9", "damaged"),
        (gif()[:20], "damaged"),
        (b"GIF89a" + struct.pack("<HHBBB", 65535, 65535, 0, 0, 0) + b";", "oversized"),
    ],
)
def test_what_is_none_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(NoPicture) as refusal:
        clean(data)
    assert refusal.value.code == code


@settings(max_examples=300, deadline=1000)
@given(st.sampled_from([png(), jpeg(), gif()]), st.integers(0, 400), st.binary(max_size=6))
def test_any_damage_ends_in_a_picture_or_a_refusal(data: bytes, at: int, junk: bytes) -> None:
    with suppress(NoPicture):
        clean(data[:at] + junk + data[at + len(junk) :])
