"""Which format a file has, by what is in it rather than by its name."""

from __future__ import annotations

import re
from typing import Final, Literal

from richtschnur.documents.blocks import Doubt, Unreadable

Format = Literal["zip", "pdf", "html", "markdown", "text"]

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_KNOWN_OTHERS: Final = {
    b"{\\rtf": "rtf",
    b"\x89PNG": "png",
    b"\xff\xd8\xff": "jpeg",
    b"GIF8": "gif",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "rar",
    b"\x7fELF": "program",
    b"MZ\x90": "program",
}
_HTML: Final = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
# Elements that are always closed; an open <p> or <li> is good HTML.
_NESTING_TAG: Final = re.compile(
    r"<(/?)(?:ul|ol|dl|div|blockquote|table|section|article|main|aside|span|b|i|u|em|strong|font"
    r"|a|sub|sup|small|figure|details|form|fieldset|center)(?=[\s>])",
    re.IGNORECASE,
)
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def sniff(data: bytes, name: str) -> Format:
    """The format of `data`. Raises Unreadable: empty, encrypted, unknown-format."""
    if not data.strip(b" \t\r\n\x0b\x0c\xef\xbb\xbf\x00"):
        raise Unreadable("empty")
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("encrypted", "office")
        raise Unreadable("unknown-format", "doc")
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, other in _KNOWN_OTHERS.items():
        if data.startswith(magic):
            raise Unreadable("unknown-format", other)
    if _HTML.match(data.removeprefix(b"\xef\xbb\xbf")[:4096]):
        return "html"
    return _by_name(name)


def _by_name(name: str) -> Format:
    ending = name.lower().rpartition(".")[2]
    if ending in {"md", "markdown"}:
        return "markdown"
    if ending in {"html", "htm", "xhtml"}:
        return "html"
    return "text"


def decode(data: bytes) -> tuple[str, tuple[Doubt, ...]]:
    """Text of a text file; a Doubt says when the encoding was guessed.

    Raises Unreadable: damaged (binary), wrong-encoding.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return _readable(data.decode("utf-16")), ()
        except UnicodeDecodeError:
            raise Unreadable("damaged", "utf-16") from None
    if b"\x00" in data:
        raise Unreadable("damaged", "binary")
    try:
        return _readable(data.decode("utf-8-sig")), ()
    except UnicodeDecodeError as problem:
        at = f"byte {problem.start}"
    try:
        text = _readable(data.decode("cp1252"))
    except UnicodeDecodeError:
        raise Unreadable("wrong-encoding", at) from None
    odd = next((w for w in text.split() if not w.isascii()), "")
    return text, (Doubt("encoding-guessed", odd[:80], "windows-1252"),)


def check_nesting(markup: str, most: int) -> None:
    """Raises Unreadable("hostile") for HTML so nested that converters never end."""
    depth = 0
    for tag in _NESTING_TAG.finditer(markup):
        depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > most:
            raise Unreadable("hostile", f"{most} elements in each other")


def _readable(text: str) -> str:
    if len(_CONTROL.findall(text)) > max(2, len(text) // 200):
        raise Unreadable("damaged", "binary")
    return text
