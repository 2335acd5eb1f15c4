"""Copies of attachments without what their makers did not mean to publish.

Taken out: notes, places and cameras of pictures, also of those inside of office files and PDF;
author, company, times, settings, printers and thumbnails of office files; all of a PDF that isn't
seen on its pages (`pdf_copy_child`), with it the links and what screen readers are told. Not taken
out, so such files are refused: comments, tracked changes and further data of office files. What
stands in the text or can be seen in a picture stays, words under a black bar as well.
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

from richtschnur.documents import pictures
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading.limits import Limits, run_confined

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_CORE: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties xmlns:cp='
    b'"http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
_APP: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
_CUSTOM: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    b'"http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>'
)
_ODF: Final = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-%s xmlns:office='
    b'"urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"/>'
)
_INSTEAD: Final = {
    "docProps/core.xml": _CORE,
    "docProps/app.xml": _APP,
    "docProps/custom.xml": _CUSTOM,
    "meta.xml": _ODF % b"meta",
    "settings.xml": _ODF % b"settings",
}
_EMPTY_PNG: Final = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010800000000"
    "3a7e9b550000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
_FOREIGN: Final = re.compile(
    r"comment|threaded|person|customXml/|embeddings/|Object \d|printer", re.I
)
_PICTURE: Final = re.compile(r"\.(?:png|jpe?g|gif|emf|wmf|tiff?|svg|bmp|webp)$", re.I)
_NAMED: Final = re.compile(
    rb"<w:(?:ins|del|moveFrom|moveTo)\b|<office:annotation|<text:tracked-changes"
)
_TEXTS: Final = ("word/document.xml", "content.xml")


class NotStripped(Exception):
    """`code` is "pdf", "comments" (or tracked changes, or further data) or "picture"."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def stripped(data: bytes, kind: str) -> bytes:
    """The same content without its metadata; `kind` as `attachments.kind_of` gave it.

    Raises NotStripped where something would stay: such a file is not to be published.
    """
    if kind in ("jpeg", "png"):
        return _picture(data)
    if kind == "text":
        return data
    if kind in ("docx", "odt", "xlsx", "ods"):
        return _office(data)
    return _pdf(data)


def _picture(data: bytes) -> bytes:
    try:
        return pictures.clean(data).data
    except pictures.NoPicture:
        raise NotStripped("picture") from None


def _pdf(data: bytes) -> bytes:
    """By a process of its own within limits: what reads a PDF meets what nobody has looked at."""
    with tempfile.TemporaryDirectory(prefix="richtschnur-") as name:
        folder = Path(name)
        (folder / "came.pdf").write_bytes(data)
        script = str(Path(__file__).with_name("pdf_copy_child.py"))
        command = [sys.executable, "-I", script, "came.pdf", "copy.pdf"]
        try:
            code = run_confined(command, Limits(), folder)
        except Unreadable:
            raise NotStripped("pdf") from None
        copy = folder / "copy.pdf"
        if code or not copy.is_file():
            raise NotStripped("pdf")
        return copy.read_bytes()


def _office(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            if entry.is_dir():
                continue
            name = entry.filename
            kept = zipfile.ZipInfo(name, date_time=_EPOCH)
            is_first = name == "mimetype"  # ODF wants it uncompressed
            kept.compress_type = zipfile.ZIP_STORED if is_first else zipfile.ZIP_DEFLATED
            target.writestr(kept, _part(name, source.read(entry)))
    return out.getvalue()


def _part(name: str, data: bytes) -> bytes:
    if name in _INSTEAD:
        return _INSTEAD[name]
    if name.startswith(("Thumbnails/", "docProps/thumbnail")):
        return _EMPTY_PNG
    if _FOREIGN.search(name):
        raise NotStripped("comments")
    if name in _TEXTS and _NAMED.search(data):
        raise NotStripped("comments")
    return _picture(data) if _PICTURE.search(name) else data
