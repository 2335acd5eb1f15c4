"""What was written into a draft with room to write: text by the tags of its rooms.

DOCX keeps a room as a content control (ISO/IEC 29500-1, 17.5.2), ODT as a named section (ODF 1.3
part 3, 5.4). People write into it, below it, or over it: all that stands in its cell counts, but
for the hint that was there before.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Collection, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading.archive import inspect_office
from richtschnur.documents.reading.limits import Limits

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_NOT_SAID = {
    f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_TEXT}placeholder", f"{_TEXT}tracked-changes",
    f"{_OFFICE}annotation", f"{_TEXT}note",
}  # fmt: skip
_BREAKS = {f"{_W}br", f"{_W}cr", f"{_TEXT}line-break"}
_TABS = {f"{_W}tab", f"{_TEXT}tab"}
_DEEPEST = 100
_PARAGRAPHS = {f"{_W}p", f"{_TEXT}p", f"{_TEXT}h"}


def read_rooms(data: bytes, *, hints: Collection[str]) -> list[tuple[str, str]]:
    """(tag, text) of each room with something in it, in order; `hints` stood there before.

    Raises Unreadable: damaged, encrypted, hostile, oversized, unknown-format.
    """
    kind = inspect_office(data, Limits())
    if kind not in ("docx", "odt"):
        raise Unreadable("unknown-format", kind)
    tag_of, cell = (_control, f"{_W}tc") if kind == "docx" else (_section, f"{_TABLE}table-cell")
    root = _root(data, "word/document.xml" if kind == "docx" else "content.xml")
    known = {hint.strip() for hint in hints}
    found = []
    for tag, room in _rooms(root, cell, tag_of):
        lines = [line.strip() for line in _text(room).split("\n")]
        kept = [line for line in lines if line.strip("<>\u200b ") not in known]
        text = "\n".join(kept).strip()
        if text:
            found.append((tag, text))
    return found


def _root(data: bytes, part: str) -> Element:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return ElementTree.fromstring(archive.read(part))  # noqa: S314 - no document type
    except (KeyError, ElementTree.ParseError, zipfile.BadZipFile) as problem:
        raise Unreadable("damaged", str(problem)) from None


def _rooms(
    root: Element, cell: str, tag_of: Callable[[Element], str]
) -> Iterator[tuple[str, Element]]:
    """Each room's tag with its cell; a room outside of any cell stands for itself."""
    stack: list[tuple[Element, Element | None]] = [(root, None)]
    while stack:
        element, inside = stack.pop()
        if element.tag == cell:
            inside = element
        if tag := tag_of(element):
            yield tag, element if inside is None else inside
            continue
        stack += [(child, inside) for child in reversed(element)]


def _control(element: Element) -> str:
    if element.tag != f"{_W}sdt":
        return ""
    tag = element.find(f"{_W}sdtPr/{_W}tag")
    return "" if tag is None else tag.get(f"{_W}val", "")


def _section(element: Element) -> str:
    return element.get(f"{_TEXT}name", "") if element.tag == f"{_TEXT}section" else ""


def _text(room: Element) -> str:
    """Its words, paragraphs as lines; what was taken out or only hinted at is no word."""
    is_docx = room.tag.startswith(_W)
    return "".join(word for child in room for word in _words(child, is_docx, 0))


def _words(element: Element, is_docx: bool, depth: int) -> Iterator[str]:
    if depth > _DEEPEST:
        raise Unreadable("hostile", "nested too deep")
    if element.tag not in _NOT_SAID:
        yield _sign(element)
        if element.text and (not is_docx or element.tag == f"{_W}t"):
            yield element.text
        for child in element:
            yield from _words(child, is_docx, depth + 1)
        if element.tag in _PARAGRAPHS:
            yield "\n"
    if element.tail and not is_docx:
        yield element.tail


def _sign(element: Element) -> str:
    """What an element without words stands for."""
    if element.tag == f"{_TEXT}s":
        width = element.get(f"{_TEXT}c", "1")
        return " " * min(100, int(width) if width.isascii() and width.isdigit() else 1)
    if element.tag in _BREAKS:
        return "\n"
    return "\t" if element.tag in _TABS else ""
