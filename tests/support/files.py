"""Small files of each kind, as senders attach them, and hostile ones."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
TEXT = "Wir sind dafür.\r\nJa.\n".encode()
AUTHOR = b"Erika Beispiel"
_CORE = (
    b'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    b'core-properties"><cp:lastModifiedBy>' + AUTHOR + b"</cp:lastModifiedBy></cp:coreProperties>"
)
_TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_ODF = "application/vnd.oasis.opendocument."


def archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(
                zipfile.ZipInfo(name, (2026, 11, 2, 12, 0, 0)), data, zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def docx(more: dict[str, bytes] | None = None) -> bytes:
    parts = {"[Content_Types].xml": _TYPES, "word/document.xml": b"<w:document/>"}
    return archive(parts | {"docProps/core.xml": _CORE} | (more or {}))


def xlsx() -> bytes:
    parts = {"[Content_Types].xml": _TYPES, "xl/workbook.xml": b"<workbook/>"}
    return archive(parts | {"docProps/core.xml": _CORE})


def odf(kind: str = "text", more: dict[str, bytes] | None = None) -> bytes:
    parts = {
        "mimetype": (_ODF + kind).encode(),
        "content.xml": b"<office:document-content/>",
        "meta.xml": b"<office:meta><dc:creator>" + AUTHOR + b"</dc:creator></office:meta>",
        "Thumbnails/thumbnail.png": png(AUTHOR),
    }
    return archive(parts | (more or {}))


def png(note: bytes = b"") -> bytes:
    """One pixel; `note` stands in a chunk of text."""
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    chunks += [(b"tEXt", b"Author\0" + note)] if note else []
    chunks += [(b"IDAT", zlib.compress(b"\0\0")), (b"IEND", b"")]
    body = [
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(body)


def jpeg(note: bytes = b"") -> bytes:
    """The frame of a JPEG with an Exif block; its picture is not drawn."""
    exif = b"Exif\0\0" + note
    segments = [b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif] if note else []
    segments.append(b"\xff\xc0" + struct.pack(">HBHHB", 11, 8, 1, 1, 1) + b"\x01\x11\x00")
    segments.append(b"\xff\xda" + struct.pack(">HB", 8, 1) + b"\x01\x00\x00\x3f\x00" + b"\x12")
    return b"\xff\xd8" + b"".join(segments) + b"\xff\xd9"


GOOD = {
    "pdf": PDF,
    "docx": docx(),
    "odt": odf(),
    "xlsx": xlsx(),
    "ods": odf("spreadsheet"),
    "jpeg": jpeg(),
    "png": png(),
    "text": TEXT,
}
BAD = {
    "nothing": (b"", "empty"),
    "spaces": (b" \n\0 ", "empty"),
    "web page": (b"<!DOCTYPE html><script>alert(1)</script>", "unknown"),
    "drawing with a script": (b'<svg xmlns="x"><script>1</script></svg>', "unknown"),
    "xml": (b'<?xml version="1.0"?><a/>', "unknown"),
    "marked html": (b"\xef\xbb\xbf <html>", "unknown"),
    "rtf": (b"{\\rtf1 x}", "unknown"),
    "shell": (b"#!/bin/sh\nrm -r /\n", "unknown"),
    "program": (b"MZ\x90\0\x03", "unknown"),
    "elf": (b"\x7fELF\x02\x01", "unknown"),
    "gif": (b"GIF89a\x01\0\x01\0", "unknown"),
    "latin text": ("Straße".encode("latin-1"), "unknown"),
    "bells": (b"ding\x07dong", "unknown"),
    "old office": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "unknown"),
    "locked office": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "any archive": (archive({"readme.txt": b"x"}), "unknown"),
    "broken archive": (docx()[:-30], "damaged"),
    "macros": (docx({"word/vbaProject.bin": b"x"}), "program"),
    "macros of odf": (odf(more={"Basic/Standard/Module1.xml": b"<x/>"}), "program"),
    "entities": (docx({"word/styles.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), "program"),
    "bomb": (docx({"word/media/a.bin": b"\0" * 160_000_000}), "oversized"),
    "many parts": (archive({f"word/{n}": b"" for n in range(4100)}), "oversized"),
    "locked odf": (
        odf(more={"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
        "encrypted",
    ),
    "pdf with a script": (PDF.replace(b"/Catalog", b"/Catalog/S/JavaScript"), "program"),
    "pdf that starts programs": (PDF.replace(b"/Catalog", b"/Catalog/S/Launch"), "program"),
    "half a pdf": (PDF[:40], "damaged"),
    "half a picture": (png()[:-6], "damaged"),
    "half a photograph": (jpeg()[:20], "damaged"),
    "huge picture": (
        png().replace(struct.pack(">II", 1, 1), struct.pack(">II", 65535, 65535)),
        "damaged",
    ),
}
