"""Reading: a draft file of any usual format becomes plain blocks."""

from __future__ import annotations

from pathlib import Path

from richtschnur.documents.blocks import Document, Unreadable
from richtschnur.documents.reading import archive, formats
from richtschnur.documents.reading.limits import Limits
from richtschnur.documents.reading.pandoc import read_through_pandoc
from richtschnur.documents.reading.pdf import read_pdf
from richtschnur.documents.reading.plain import read_plain

__all__ = ["Limits", "read"]

_DEFAULT = Limits()


def read(path: Path, *, language: str = "de", limits: Limits = _DEFAULT) -> Document:
    """Read a draft: DOCX, ODT, PDF, HTML, Markdown or plain text, by what is in it.

    `language` is the draft's BCP 47 tag. Converters run apart, within `limits`.
    Raises Unreadable with a code; OSError if the file itself can't be opened.
    """
    if path.stat().st_size > limits.file_bytes:
        raise Unreadable("oversized", f"{path.stat().st_size} bytes")
    with path.open("rb") as stream:
        data = stream.read(limits.file_bytes + 1)
    if len(data) > limits.file_bytes:
        raise Unreadable("oversized", "file grew")
    document = _read(data, path.name, language, limits)
    if len(document.blocks) > limits.passages:
        raise Unreadable("oversized", f"{len(document.blocks)} passages")
    if not any(block.text or block.rows for block in document.blocks):
        raise Unreadable("no-text")
    return document


def _read(data: bytes, name: str, language: str, limits: Limits) -> Document:
    kind = formats.sniff(data, name)
    if kind == "zip":
        office, doubts = archive.inspect(data, limits)
        return read_through_pandoc(data, office, language=language, limits=limits, doubts=doubts)
    if kind == "pdf":
        return read_pdf(data, language=language, limits=limits)
    text, doubts = formats.decode(data)
    if not text.strip():
        raise Unreadable("empty")
    if kind == "text":
        return read_plain(text, language=language, doubts=doubts)
    if kind == "html":
        formats.check_nesting(text, limits.markup_depth)
    return read_through_pandoc(text.encode(), kind, language=language, limits=limits, doubts=doubts)
