"""What kind of file an attachment is, by its content; what could harm whoever opens it is refused.

Office files are ZIP archives (ISO/IEC 29500-2, ODF 1.3 part 2), pictures are walked block by block
(`documents.pictures`), a PDF is looked at from outside only (ISO 32000-2, 7.5).
"""

from __future__ import annotations

import re
from typing import Final

from richtschnur.documents import pictures
from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading.archive import inspect_office
from richtschnur.documents.reading.limits import MEGABYTE, Limits

MEDIA_TYPES: Final = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "text": "text/plain",
}
_LIMITS: Final = Limits(unpacked_bytes=150 * MEGABYTE, elements=5_000_000)
_PROGRAM: Final = re.compile(rb"/(?:JavaScript|Launch)\b")
_MARKUP: Final = re.compile(
    rb"\s*(?:<\?|<!|<(?:html|head|body|script|svg|iframe)\b|\{\\rtf|%!PS|#!)", re.IGNORECASE
)
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Rejected(Exception):
    """`code` is empty, unknown, damaged, encrypted, program or oversized; `detail` for a log."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code}: {detail}" if detail else code)
        self.code = code
        self.detail = detail


def kind_of(data: bytes) -> str:
    """A key of MEDIA_TYPES; the file's name is never asked. Raises Rejected."""
    if not data.strip(b" \t\r\n\x00"):
        raise Rejected("empty")
    if data.startswith(b"PK"):
        return _office(data)
    if data.startswith(_OLD_OFFICE):
        is_encrypted = "EncryptedPackage".encode("utf-16-le") in data
        raise Rejected("encrypted" if is_encrypted else "unknown", "old office format")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if data.startswith((b"\x89PNG", b"\xff\xd8\xff")):
        return _picture(data)
    return _text(data)


def _office(data: bytes) -> str:
    try:
        return inspect_office(data, _LIMITS)
    except Unreadable as error:
        known = {"hostile": "program", "unknown-format": "unknown"}
        code = known.get(error.code, error.code)
        raise Rejected(code, error.detail) from None


def _pdf(data: bytes) -> str:
    if b"%%EOF" not in data[-4096:] or b"startxref" not in data[-4096:]:
        raise Rejected("damaged", "no end")
    if _PROGRAM.search(data):
        raise Rejected("program", "pdf")
    return "pdf"


def _picture(data: bytes) -> str:
    try:
        media_type = pictures.clean(data).media_type
    except pictures.NoPicture as error:
        raise Rejected(error.code if error.code in ("oversized",) else "damaged") from None
    return {"image/png": "png", "image/jpeg": "jpeg"}[media_type]


def _text(data: bytes) -> str:
    if _MARKUP.match(data.removeprefix(b"\xef\xbb\xbf")):
        raise Rejected("unknown", "markup")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Rejected("unknown", "no text") from None
    if _CONTROL.search(text):
        raise Rejected("unknown", "no text")
    return "text"
