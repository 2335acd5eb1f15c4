"""Pictures of PDF drafts: kept in their place, or named; never at the cost of the text."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
import typst

from richtschnur.documents.blocks import Block, Document, Unreadable
from richtschnur.documents.reading import Limits, page_pictures, read
from richtschnur.documents.reading.limits import MEGABYTE
from tests.ground.test_reading_pdf import HEAD, SENTENCE, codes
from tests.support.effort import spent


def png(width: int = 24, height: int = 12, shade: int = 0x80, *, clear: bool = False) -> bytes:
    """A picture of one shade; `clear`: nobody sees it."""
    point = bytes([shade, 10, 20, 0]) if clear else bytes([shade, 10, 20])
    rows = (b"\0" + point * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 6 if clear else 2, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    chunks = (
        struct.pack(">I", len(d)) + k + d + struct.pack(">I", zlib.crc32(k + d)) for k, d in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def load(folder: Path, source: str, **pictures: bytes) -> Document:
    for name, data in pictures.items():
        (folder / f"{name}.png").write_bytes(data)
    (folder / "draft.typ").write_text(HEAD + source, "utf-8")
    (folder / "draft.pdf").write_bytes(typst.compile(folder / "draft.typ"))
    return read(folder / "draft.pdf")


def shown(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind == "picture"]


def raw_pdf(*objects: bytes) -> bytes:
    """A file of these objects, the first one its catalogue; the reader finds them itself."""
    body = b"%PDF-1.7\n"
    places = []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer <</Root 1 0 R /Size %d>>\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        len(body),
    )
    return body + head + table + end


def stream(head: bytes, data: bytes) -> bytes:
    return b"<<%s /Length %d>>\nstream\n%s\nendstream" % (head, len(data), data)


def drawn(name: bytes = b"P", *, resources: bytes, extra: tuple[bytes, ...]) -> bytes:
    """A page with a sentence and what `name` draws over 300 x 300 points."""
    words = b"BT /F 12 Tf 72 760 Td (Ein Satz steht hier.) Tj ET q 300 0 0 300 72 300 cm /%s Do Q"
    return raw_pdf(
        b"<</Type /Catalog /Pages 2 0 R>>",
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources <</Font <</F 5 0 R>> /XObject <<%s>>>>>>" % resources,
        stream(b"", words % name),
        b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>",
        *extra,
    )


def image(width: int, height: int, data: bytes) -> bytes:
    head = (
        b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode" % (width, height)
    )
    return stream(head, data)


def test_a_picture_stands_in_its_place_with_description_and_caption(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        f"= Titel\n{SENTENCE * 2}\n"
        '#figure(image("a.png", width: 8cm, alt: "Karte"), caption: [Der Kreis])\n'
        f"{SENTENCE * 3}",
        a=png(),
    )
    assert [b.kind for b in document.blocks] == ["heading", "paragraph", "picture", "paragraph"]
    block = shown(document)[0]
    assert (block.text, block.caption) == ("Karte", "Abbildung 1: Der Kreis")
    kept = document.pictures[block.picture]
    assert kept.media_type == "image/png"
    assert struct.unpack(">II", kept.data[16:24]) == (24, 12)
    assert kept.data[24:26] == b"\x08\x02"  # eight bits, red, green, blue
    idat = kept.data[kept.data.index(b"IDAT") + 4 :]
    assert zlib.decompressobj().decompress(idat)[1:4] == bytes([0x80, 10, 20])
    assert codes(document) <= {"page-furniture"}


def test_without_description_it_is_a_doubt_and_small_ones_are_ornaments(tmp_path: Path) -> None:
    both = f'#image("a.png", width: 8cm)\n#image("b.png", width: 1cm)\n{SENTENCE * 2}'
    document = load(tmp_path, f"{SENTENCE * 2}\n{both}", a=png(), b=png(shade=3))
    assert len(shown(document)) == 1
    assert codes(document) - {"page-furniture"} == {"picture-without-description"}


def test_a_picture_on_every_page_is_furniture(tmp_path: Path) -> None:
    head = '#set page(margin: (top: 5cm), header: image("a.png", width: 6cm))\n'
    pages = "#pagebreak()\n".join([f"{SENTENCE * 3}\n"] * 4)
    document = load(tmp_path, head + pages, a=png())
    assert not shown(document)


def test_a_picture_does_not_part_a_paragraph(tmp_path: Path) -> None:
    document = load(
        tmp_path,
        f'#place(top, float: true, image("a.png", width: 9cm, alt: "Foto"))\n{SENTENCE * 60}',
        a=png(),
    )
    assert sorted(b.kind for b in document.blocks) == ["paragraph", "picture"]


def test_a_picture_behind_the_page_is_named(tmp_path: Path) -> None:
    page = '#set page(background: image("a.png", width: 100%, height: 100%))\n'
    document = load(tmp_path, page + SENTENCE, a=png())
    assert not shown(document)
    left_out = [d for d in document.doubts if d.code == "pictures-left-out"]
    assert [d.detail for d in left_out] == ["1"]


def test_what_is_clear_stays_clear(tmp_path: Path) -> None:
    document = load(tmp_path, f'{SENTENCE}\n#image("a.png", width: 8cm)', a=png(clear=True))
    kept = document.pictures[shown(document)[0].picture]
    assert kept.data[25] == 6  # with an alpha channel


def bomb() -> bytes:
    """A picture of ten thousand million points in some kilobytes."""
    data = zlib.compress(bytes(1_000_000))
    return drawn(resources=b"/P 6 0 R", extra=(image(100_000, 100_000, data),))


def drawings_in_drawings() -> bytes:
    """Every form draws the next one ten times: ten thousand million pictures."""
    forms = []
    for number in range(6, 16):
        head = (
            b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources <</XObject <</P %d 0 R>>>>"
        )
        forms.append(stream(head % (number + 1), b"/P Do " * 10))
    data = zlib.compress(bytes(64))
    return drawn(resources=b"/P 6 0 R", extra=(*forms, image(8, 8, data)))


def itself() -> bytes:
    head = b"/Type /XObject /Subtype /Form /BBox [0 0 1 1] /Resources <</XObject <</P 6 0 R>>>>"
    return drawn(resources=b"/P 6 0 R", extra=(stream(head, b"/P Do " * 3),))


def many() -> bytes:
    """Three hundred pictures of a million points each, on one page."""
    names = b" ".join(b"/P%d %d 0 R" % (n, n + 6) for n in range(300))
    pictures = [
        image(1000, 1000, zlib.compress(bytes([n % 256, n // 256]) + bytes(999_998)))
        for n in range(300)
    ]
    calls = b" Do /".join(b"P%d" % n for n in range(300))
    return drawn(calls, resources=names, extra=tuple(pictures))


@pytest.mark.parametrize("maker", [bomb, many])
def test_too_much_to_draw_never_costs_the_text(maker: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / "draft.pdf").write_bytes(maker())
    start = spent()
    document = read(tmp_path / "draft.pdf")
    assert spent() - start < 25
    assert document.blocks[0].text == "Ein Satz steht hier."
    assert len(shown(document)) <= 100
    assert "pictures-left-out" in codes(document)


@pytest.mark.parametrize("maker", [drawings_in_drawings, itself])
def test_endless_drawings_are_refused(maker: Callable[[], bytes], tmp_path: Path) -> None:
    (tmp_path / "draft.pdf").write_bytes(maker())
    few = Limits(memory_bytes=400 * MEGABYTE, seconds=10)
    with pytest.raises(Unreadable) as caught:
        read(tmp_path / "draft.pdf", limits=few)
    assert caught.value.code in {"damaged", "oversized", "timeout"}


def test_a_process_that_fails_is_a_doubt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_pictures, "run_confined", lambda *_: 1)
    document = load(tmp_path, f'{SENTENCE}\n#image("a.png", width: 8cm)', a=png())
    assert codes(document) - {"page-furniture"} == {"pictures-left-out"}


def test_damaged_pictures_are_named(tmp_path: Path) -> None:
    data = drawn(resources=b"/P 6 0 R", extra=(image(50, 50, os.urandom(300)),))
    (tmp_path / "draft.pdf").write_bytes(data)
    document = read(tmp_path / "draft.pdf")
    assert shown(document) or "pictures-left-out" in codes(document)
