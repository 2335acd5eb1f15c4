"""Run as a script, apart and within limits: the pictures on the pages of a PDF.

Arguments: the PDF, the file for the answer, the pages (numbers from 0, by commas). The answer is
JSON, for every page {"page", "width", "height", "shown": [[left, bottom, right, top, key, words],
…]}; words: the alternative text. A key is a name of a file in this folder, or "" for what can't
be taken. Lengths in points from the foot.
"""

from __future__ import annotations

import ctypes
import hashlib
import json
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

_LEAST: Final = 40.0  # points; smaller ones are ornaments
_MOST_OBJECTS: Final = 200_000  # of the file
_MOST_FORMS: Final = 4  # one within the other
_MOST_ELEMENTS: Final = 20_000  # of a page's structure
_MOST_POINTS: Final = 16_000_000  # of one picture
_MOST_POINTS_TOGETHER: Final = 80_000_000
_MOST_BYTES: Final = 20 * 1024 * 1024
_MOST_BYTES_TOGETHER: Final = 100 * 1024 * 1024
_MOST_PICTURES: Final = 500
_SECONDS: Final = 8.0  # of work; what comes later is left out
_MOST_WORDS: Final = 2000
_SOLID: Final = 0.9  # of a picture's points; its edges may be clear
_SPACES: Final = {
    raw.FPDF_COLORSPACE_DEVICEGRAY,
    raw.FPDF_COLORSPACE_DEVICERGB,
    raw.FPDF_COLORSPACE_CALRGB,
    raw.FPDF_COLORSPACE_ICCBASED,
}
Box = tuple[float, float, float, float]


class _Shown:
    """A picture on a page, and the mark that the structure knows it by."""

    def __init__(self, held: Any, box: Box, mark: int) -> None:
        self.held, self.box, self.mark = held, box, mark


class _Taker:
    """Takes every picture once, within bounds for the whole file."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}
        self._points = self._bytes = self._count = 0
        self.objects = 0

    def key(self, image: pdfium.PdfImage) -> str:
        width, height = image.get_px_size()
        size = int(raw.FPDFImageObj_GetImageDataRaw(image, None, 0))
        if not 0 < width * height <= _MOST_POINTS or not 0 < size <= _MOST_BYTES:
            return ""
        buffer = (ctypes.c_ubyte * size)()
        raw.FPDFImageObj_GetImageDataRaw(image, buffer, size)
        data = bytes(buffer)
        name = hashlib.sha256(data + struct.pack(">II", width, height)).hexdigest()
        if name not in self._known:
            self._known[name] = self._take(image, data, name, width * height)
        return self._known[name]

    def _take(self, image: pdfium.PdfImage, data: bytes, name: str, points: int) -> str:
        self._points += points
        self._count += 1
        late = time.process_time() > _SECONDS
        if late or self._points > _MOST_POINTS_TOGETHER or self._count > _MOST_PICTURES:
            return ""
        made = _made(image, data)
        self._bytes += len(made)
        if not made or len(made) > _MOST_BYTES or self._bytes > _MOST_BYTES_TOGETHER:
            return ""
        Path(name).write_bytes(made)
        return name


def main(source: str, answer: str, pages: str) -> None:
    document = pdfium.PdfDocument(source)
    taker = _Taker()
    found = [_page(document, int(number), taker) for number in pages.split(",")]
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


def _page(document: pdfium.PdfDocument, number: int, taker: _Taker) -> dict[str, Any]:
    page = document[number]
    shown = list(_images(page, taker))
    words = _words_by_mark(page) if shown else {}
    rows = []
    for one in shown:
        image = pdfium.PdfImage(one.held, page=page, pdf=document)
        rows.append([*one.box, taker.key(image), words.get(one.mark, "")])
    size = {"width": page.get_width(), "height": page.get_height()}
    page.close()
    return {"page": number, **size, "shown": rows}


def _images(page: pdfium.PdfPage, taker: _Taker) -> Iterator[_Shown]:
    """The pictures of a page that are no ornaments, in the order of the file."""
    left, bottom, right, top = page.get_bbox()
    for held, box, mark in _objects(page, taker):
        seen = (max(box[0], left), max(box[1], bottom), min(box[2], right), min(box[3], top))
        if min(seen[2] - seen[0], seen[3] - seen[1]) >= _LEAST:
            yield _Shown(held, tuple(round(edge, 1) for edge in seen), mark)


def _objects(page: pdfium.PdfPage, taker: _Taker) -> Iterator[tuple[Any, Box, int]]:
    """Image, box on the page, mark; also those in drawings that were put into the page."""
    rest: list[tuple[Any, list[raw.FS_MATRIX], int]] = []
    for at in range(raw.FPDFPage_CountObjects(page)):
        rest.append((raw.FPDFPage_GetObject(page, at), [], -1))
    rest.reverse()
    while rest and taker.objects < _MOST_OBJECTS:
        held, around, outer = rest.pop()
        taker.objects += 1
        kind = raw.FPDFPageObj_GetType(held)
        mark = raw.FPDFPageObj_GetMarkedContentID(held)
        mark = outer if mark < 0 else mark
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            yield held, _box(held, around), mark
        elif kind == raw.FPDF_PAGEOBJ_FORM and len(around) < _MOST_FORMS:
            matrix = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(held, matrix)
            inner = range(min(raw.FPDFFormObj_CountObjects(held), _MOST_OBJECTS))
            rest += [
                (raw.FPDFFormObj_GetObject(held, at), [matrix, *around], mark)
                for at in reversed(inner)
            ]


def _box(held: Any, around: list[raw.FS_MATRIX]) -> Box:
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(held, *edges):
        return (0.0, 0.0, 0.0, 0.0)
    left, bottom, right, top = (edge.value for edge in edges)
    corners = [(x, y) for x in (left, right) for y in (bottom, top)]
    for m in around:
        corners = [(m.a * x + m.c * y + m.e, m.b * x + m.d * y + m.f) for x, y in corners]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    return min(across), min(up), max(across), max(up)


def _made(image: pdfium.PdfImage, data: bytes) -> bytes:
    """The picture as JPEG or PNG, or b"" if nobody can draw it."""
    plain = _is_plain(image)
    if plain and image.get_filters() == ["DCTDecode"] and data.startswith(b"\xff\xd8\xff"):
        return data
    for is_rendered in (not plain, plain):
        try:
            bitmap = image.get_bitmap(render=is_rendered)
        except pdfium.PdfiumError:
            continue
        if 0 < bitmap.width * bitmap.height <= 2 * _MOST_POINTS:
            return _encoded(bitmap)
    return b""


def _is_plain(image: pdfium.PdfImage) -> bool:
    """Does it look as its own data do: nothing turns, hides or recolours it?"""
    about = image.get_metadata()
    matrix = image.get_matrix()
    upright = matrix.a > 0 and matrix.d > 0 and abs(matrix.b) + abs(matrix.c) < 0.01
    if not upright or about.colorspace not in _SPACES or about.bits_per_pixel not in {8, 24}:
        return False
    try:
        small = image.get_bitmap(render=True, scale_to_original=False)
    except pdfium.PdfiumError:
        return True
    solid = bytes(small.buffer)[3::4].count(255) if small.n_channels == 4 else 0
    return solid >= _SOLID * small.width * small.height


def _encoded(bitmap: pdfium.PdfBitmap) -> bytes:
    wide, high, have = bitmap.width, bitmap.height, bitmap.n_channels
    whole = bytes(bitmap.buffer)
    clear = have == 4 and bitmap.mode == "BGRA"
    clear = clear and whole[3::4].count(255) < len(whole) // 4
    want = 1 if have == 1 else 4 if clear else 3
    press = zlib.compressobj(6)
    packed: list[bytes] = []
    for start in range(0, high * bitmap.stride, bitmap.stride):
        line = whole[start : start + wide * have]
        row = bytearray(wide * want)
        for at in range(want):  # PNG has red first, pdfium blue
            row[at::want] = line[(2 - at if have > 1 and at < 3 else at) :: have]
        packed.append(press.compress(b"\0" + row))
    packed.append(press.flush())
    head = struct.pack(">IIBBBBB", wide, high, 8, {1: 0, 3: 2, 4: 6}[want], 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", b"".join(packed)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _words_by_mark(page: pdfium.PdfPage) -> dict[int, str]:
    """Alternative texts of a tagged page by the marks of what they describe."""
    tree = raw.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    found: dict[int, str] = {}
    tops = range(raw.FPDF_StructTree_CountChildren(tree))
    rest = [(raw.FPDF_StructTree_GetChildAtIndex(tree, at), "") for at in tops]
    seen = 0
    while rest and seen < _MOST_ELEMENTS:
        element, words = rest.pop()
        seen += 1
        if not element:
            continue
        words = _alternative(element) or words
        for at in range(raw.FPDF_StructElement_GetMarkedContentIdCount(element) if words else 0):
            found[raw.FPDF_StructElement_GetMarkedContentIdAtIndex(element, at)] = words
        count = min(raw.FPDF_StructElement_CountChildren(element), _MOST_ELEMENTS)
        for at in range(count):
            rest.append((raw.FPDF_StructElement_GetChildAtIndex(element, at), words))
    raw.FPDF_StructTree_Close(tree)
    return found


def _alternative(element: Any) -> str:
    size = raw.FPDF_StructElement_GetAltText(element, None, 0)
    if not 2 < size <= 4 * _MOST_WORDS:
        return ""
    buffer = ctypes.create_string_buffer(size)
    raw.FPDF_StructElement_GetAltText(element, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3])
