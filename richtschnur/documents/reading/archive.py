"""What must hold of a DOCX or ODT before a converter may see it."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections import Counter
from typing import Final, Literal

from richtschnur.documents.blocks import Doubt, Unreadable
from richtschnur.documents.reading.limits import Limits

_CHUNK: Final = 1024 * 1024
_OVERLAP: Final = 64
_DOCTYPE: Final = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
# An XML part may also be UTF-16.
_WIDE_DOCTYPE: Final = re.compile(
    b"|".join(re.escape(word.encode("utf-16-le")) for word in ("<!DOCTYPE", "<!ENTITY"))
)
_SIGNALS: Final = {
    "text-box": re.compile(
        rb"<w:txbxContent|<draw:text-box|<draw:[a-z-]+[^>]*>\s*<text:[ph][^>/]*>[^<]"
    ),
    "tracked-changes": re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]|<text:tracked-changes"),
    "comments-left-out": re.compile(rb"<w:commentReference|<office:annotation[ >]"),
    "pictures-left-out": re.compile(rb"<c:chart[ />]|<dgm:relIds[ />]|<draw:object[ />]"),
}
_PARAGRAPH: Final = re.compile(rb"</(?:w|text):(?:p|h)>")
_SIGNAL_PARTS: Final = {"word/document.xml", "content.xml"}


def inspect(data: bytes, limits: Limits) -> tuple[Literal["docx", "odt"], tuple[Doubt, ...]]:
    """The format of an archive and what a converter will leave out of it.

    Raises Unreadable: damaged, encrypted, hostile, oversized, unknown-format.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, limits)
            kind = _kind(archive)
            return kind, _scan(archive, entries, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as problem:
        raise Unreadable("damaged", str(problem)) from None
    except (NotImplementedError, RuntimeError) as problem:  # compression or password
        code = "encrypted" if "password" in str(problem) else "damaged"
        raise Unreadable(code, str(problem)) from None  # type: ignore[arg-type]


_OFFICE: Final = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_MACROS: Final = re.compile(r"vbaProject|vbaData|/macrosheets/|activeX|^(?:Basic|Scripts)/.", re.I)


def inspect_office(data: bytes, limits: Limits) -> Literal["docx", "odt", "xlsx", "ods"]:
    """The format of a text or a spreadsheet that is only kept, not converted.

    Raises Unreadable: damaged, encrypted, hostile (programs inside), oversized, unknown-format.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_sizes(entries, limits)
            if any(_MACROS.search(entry.filename) for entry in entries):
                raise Unreadable("hostile", "macros")
            kind = _office_kind(archive)
            _scan(archive, entries, limits)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as problem:
        raise Unreadable("damaged", str(problem)) from None
    except (NotImplementedError, RuntimeError) as problem:
        raise Unreadable("damaged", str(problem)) from None


def _office_kind(archive: zipfile.ZipFile) -> Literal["docx", "odt", "xlsx", "ods"]:
    names = set(archive.namelist())
    found: object = None
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            found = _OFFICE.get(stream.read(200).strip())
        if found and _manifest_tells_of_a_password(archive):
            raise Unreadable("encrypted", "odf")
    elif "[Content_Types].xml" in names:
        found = next((_OFFICE[name] for name in sorted(names) if name in _OFFICE), None)
    if found is None:
        raise Unreadable("unknown-format", "zip")
    return found  # type: ignore[return-value]


def _check_sizes(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.archive_entries:
        raise Unreadable("oversized", f"{len(entries)} entries")
    summed = sum(entry.file_size for entry in entries)
    if summed > limits.unpacked_bytes:
        raise Unreadable("oversized", f"{summed} bytes unpacked")
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Unreadable("encrypted", "zip")
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise Unreadable("hostile", "two entries of one name")


def _kind(archive: zipfile.ZipFile) -> Literal["docx", "odt"]:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        return "docx"
    if "mimetype" in names:
        with archive.open("mimetype") as stream:
            kind = stream.read(200).strip()
        if kind.startswith(b"application/vnd.oasis.opendocument.text"):
            if _manifest_tells_of_a_password(archive):
                raise Unreadable("encrypted", "odt")
            return "odt"
    raise Unreadable("unknown-format", "zip")


def _manifest_tells_of_a_password(archive: zipfile.ZipFile) -> bool:
    if "META-INF/manifest.xml" not in archive.namelist():
        return False
    with archive.open("META-INF/manifest.xml") as stream:
        return b"encryption-data" in stream.read(_CHUNK)


def _scan(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], limits: Limits
) -> tuple[Doubt, ...]:
    left = limits.unpacked_bytes
    seen: Counter[str] = Counter()
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        left -= _scan_part(archive, entry, seen)
        if left < 0:
            raise Unreadable("oversized", "unpacked")
        if seen["elements"] > limits.elements:
            raise Unreadable("oversized", f"more than {limits.elements} elements")
        if seen["paragraphs"] > limits.passages:
            raise Unreadable("oversized", f"more than {limits.passages} paragraphs")
    return tuple(Doubt(code) for code in _SIGNALS if code in seen)


def _scan_part(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, seen: Counter[str]) -> int:
    size, tail = 0, b""
    harmless = entry.filename == "META-INF/manifest.xml"  # old offices name their DTD there
    with archive.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            window = tail + chunk
            found = _DOCTYPE.search(window) or _WIDE_DOCTYPE.search(window)
            if found and not (harmless and b"<!ENTITY" not in window.upper()):
                raise Unreadable("hostile", f"document type in {entry.filename}")
            seen["elements"] += chunk.count(b"<")
            if entry.filename in _SIGNAL_PARTS:
                seen["paragraphs"] += len(_PARAGRAPH.findall(chunk))
                seen.update(code for code, sign in _SIGNALS.items() if sign.search(window))
            tail = window[-_OVERLAP:]
    return size
