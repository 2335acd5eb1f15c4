"""Run as a script, apart and within limits: a copy of a PDF that holds its pages and nothing else.

Arguments: the PDF, the copy. The pages are taken over into a new file, so that nothing which hangs
on the old one comes along: title and author, XMP, attached files, scripts, actions, forms, outline.
Notes and form fields become part of the picture as they are seen, then go. What hangs on a page or
a picture (metadata, private data of programs, thumbnails, cameras' notes) is blanked, and the
pages are taken over once more, which leaves behind what nobody points at. Exit code 1: it can't be
read; 3: something would have stayed.
"""

from __future__ import annotations

import io
import re
import sys
import zlib
from typing import Final

import pypdfium2 as pdfium
from pypdfium2 import raw

_BLANKED: Final = (
    b"Metadata|PieceInfo|LastModified|Thumb|AA|A|Annots|AF|B|JS|OpenAction|StructParents|SpiderInfo"
)
_KEY: Final = re.compile(rb"/(?:" + _BLANKED + rb")(?=[\s/<\[(])")
_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_REFERENCE: Final = re.compile(rb"\s*\d+\s+\d+\s+R\b")
_ATOM: Final = re.compile(rb"\s*/?[^\s/<>\[\]()]+")
_STAYED: Final = re.compile(
    rb"/(?:Metadata|PieceInfo|JavaScript|JS|OpenAction|Launch|EmbeddedFiles?|Filespec|RichMedia"
    rb"|AcroForm|XFA|Annots|Author|Title|Subject|Keywords)\b"
)
_TOLD: Final = (b"Exif\0\0", b"<?xpacket", b"<x:xmpmeta", b"ns.adobe.com/", b"Photoshop 3.0")
_MOST_TOLD: Final = 64 * 1024 * 1024  # bytes of a stream that are looked through


def main(source: str, target: str) -> int:
    try:
        document = pdfium.PdfDocument(source)
        if not len(document):
            return 1
        for page in document:
            _only_what_is_seen(page)
        data = _pages_of(document)
    except pdfium.PdfiumError:
        return 1
    copy = _pages_of(pdfium.PdfDocument(_blanked(data)))
    copy = _without_info(copy)
    if not _is_clean(copy):
        return 3
    with open(target, "wb") as stream:
        stream.write(copy)
    return 0


def _only_what_is_seen(page: pdfium.PdfPage) -> None:
    raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
    for place in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        raw.FPDFPage_RemoveAnnot(page, place)


def _pages_of(document: pdfium.PdfDocument) -> bytes:
    new, out = pdfium.PdfDocument.new(), io.BytesIO()
    new.import_pages(document)
    new.save(out)
    return out.getvalue()


def _parts(data: bytes) -> list[tuple[int, int, bool]]:
    """(start, end, is it the inside of a stream) over the whole file."""
    found, place = [], 0
    while begin := _STREAM.search(data, place):
        end = data.find(b"endstream", begin.end())
        if end < 0:
            break
        found += [(place, begin.end(), False), (begin.end(), end, True)]
        place = end
    return [*found, (place, len(data), False)]


def _blanked(data: bytes) -> bytes:
    """The same length, so that every object stays where it is said to be."""
    out = bytearray(data)
    for start, end, is_stream in _parts(data):
        if is_stream:
            if data.startswith(b"\xff\xd8", start):
                _blank_photograph(out, start, end)
            continue
        for key in _KEY.finditer(data, start, end):
            stop = _end_of_value(data, key.end(), end)
            out[key.start() : stop] = b" " * (stop - key.start())
    return bytes(out)


def _end_of_value(data: bytes, place: int, end: int) -> int:
    """Behind the value that begins here: a reference, a name, a number, or what is in brackets."""
    while place < end and data[place : place + 1].isspace():
        place += 1
    if data[place : place + 1] not in (b"<", b"[", b"("):
        found = _REFERENCE.match(data, place, end) or _ATOM.match(data, place, end)
        return found.end() if found else place
    depth, is_text = 0, False
    while place < end:
        sign = data[place : place + 1]
        if is_text and sign == b"\\":
            place += 1
        elif is_text:
            is_text = sign != b")"
            depth -= sign == b")"
        elif sign == b"(":
            is_text, depth = True, depth + 1
        else:
            depth += (sign in (b"<", b"[")) - (sign in (b">", b"]"))
        place += 1
        if depth == 0:
            break
    return place


def _blank_photograph(out: bytearray, start: int, end: int) -> None:
    """Cameras' and programs' notes within a JPEG (APP1 to APP13, comments) become zeros."""
    place = start + 2
    while place + 4 <= end and out[place] == 0xFF and out[place + 1] != 0xDA:
        length = int.from_bytes(out[place + 2 : place + 4], "big")
        is_note = 0xE1 <= out[place + 1] <= 0xED and out[place + 1] != 0xE2  # E2: its colours
        if (is_note or out[place + 1] == 0xFE) and place + 2 + length <= end:
            out[place + 4 : place + 2 + length] = bytes(max(0, length - 2))
        place += 2 + max(2, length)


def _without_info(data: bytes) -> bytes:
    """Even the name of the program that made the copy goes, and its number."""
    out = bytearray(data)
    for start, end, is_stream in _parts(data):
        if is_stream:
            continue
        for key in re.finditer(rb"/(?:Creator|Producer|CreationDate|ModDate|ID)(?=[\s<\[(])",
                               data[start:end]):  # fmt: skip
            stop = _end_of_value(data, start + key.end(), end)
            out[start + key.start() : stop] = b" " * (stop - start - key.start())
    return bytes(out)


def _is_clean(data: bytes) -> bool:
    """Whether nothing that could tell something, or do something, is left; also within streams."""
    for start, end, is_stream in _parts(data):
        inside = data[start:end]
        if not is_stream and _STAYED.search(inside):
            return False
        if is_stream:
            told = inside + _inflated(inside)
            if any(sign in told for sign in _TOLD):
                return False
    return b"/ObjStm" not in data and b"/Encrypt" not in data


def _inflated(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_TOLD)
    except zlib.error:
        return b""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
