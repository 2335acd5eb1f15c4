"""A DOCX as a converter reads it best."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import Final
from xml.etree import ElementTree

from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading import sentinels
from richtschnur.documents.reading.limits import Limits
from richtschnur.documents.reading.pictures import Source
from richtschnur.documents.reading.preparing.docx_looks import Looks
from richtschnur.documents.reading.preparing.docx_numbers import Numbers
from richtschnur.documents.reading.preparing.docx_styles import Styles, W, value
from richtschnur.documents.reading.preparing.package import Element, Package, Prepared

_MAIN: Final = "word/document.xml"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_V: Final = "{urn:schemas-microsoft-com:vml}"
_WP: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DECORATIVE: Final = "{http://schemas.microsoft.com/office/drawing/2017/decorative}decorative"
_CONTENTS: Final = re.compile(
    r"(?:toc|verzeichnis) ?\d|table of figures|toc heading|inhaltsverzeichnis.*"
    r"|abbildungsverzeichnis|contents heading|contents \d"
)
_GALLERY: Final = "Table of Contents"
_DROPPED: Final = {W + "del", W + "moveFrom"}
_TRANSPARENT: Final = {W + "ins", W + "moveTo", W + "customXml", W + "smartTag"}
_DRAWN: Final = {W + "drawing", W + "pict", W + "object", _MC + "AlternateContent"}
for _prefix, _uri in (("w", W), ("r", _R), ("a", _A), ("v", _V), ("wp", _WP), ("mc", _MC)):
    ElementTree.register_namespace(_prefix, _uri.strip("{}"))
ElementTree.register_namespace("m", "http://schemas.openxmlformats.org/officeDocument/2006/math")


def prepare_docx(package: Package, limits: Limits, language: str) -> Prepared:
    """Raises Unreadable: damaged, hostile."""
    root = package.xml(_MAIN)
    body = root.find(W + "body") if root is not None else None
    if root is None or body is None:
        raise Unreadable("damaged", "no body")
    reader = _Reader(package, limits, language)
    reader.replace(body, 0)
    data = package.rewritten({_MAIN: root})
    return Prepared(data, tuple(reader.sources), tuple(reader.left_out))


class _Reader:
    def __init__(self, package: Package, limits: Limits, language: str) -> None:
        styles = Styles(package.xml("word/styles.xml"))
        numbers = Numbers(package.xml("word/numbering.xml"), styles)
        self._looks = Looks(styles, numbers, language)
        self._package = package
        self._depth = limits.depth
        self._targets = _targets(package)
        self._field = 0  # how deep inside the field of a table of contents
        self._pages = 0
        self._carried: list[Element] = []  # runs of a paragraph whose end was deleted
        self.sources: list[Source] = []
        self.left_out: list[str] = []

    def replace(self, parent: Element, depth: int) -> None:
        """Prepare the blocks in `parent`, in place."""
        if depth > self._depth:
            raise Unreadable("hostile", "nested too deeply")
        kept: list[Element] = []
        for child in _unwrapped(parent, self._contents_of_gallery):
            if child.tag == W + "p":
                self._paragraph(child, kept, depth)
            elif child.tag == W + "tbl":
                self._table(child, depth)
                kept.append(child)
            elif child.tag in {W + "sectPr", W + "tcPr"}:
                kept.append(child)
        parent[:] = kept

    def _table(self, table: Element, depth: int) -> None:
        table[:] = [
            one
            for one in _unwrapped(table, None)
            if one.tag != W + "tr" or one.find(f"{W}trPr/{W}del") is None
        ]
        for row in table.findall(W + "tr"):
            row[:] = list(_unwrapped(row, None))
            for cell in row.findall(W + "tc"):
                self.replace(cell, depth + 1)

    def _contents_of_gallery(self, block: Element) -> bool:
        """Is it a table of contents in a box of its own? Then its lines are left out."""
        gallery = block.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if value(gallery) != _GALLERY:
            return False
        self.left_out += [words for one in block.iter(W + "p") if (words := _words(one))]
        return True

    def _paragraph(self, source: Element, out: list[Element], depth: int) -> None:
        properties = source.find(W + "pPr")
        style = value(properties.find(W + "pStyle")) if properties is not None else ""
        names = self._looks.styles.names(style)[:1]
        in_field = self._field > 0
        self._follow_fields(source)
        if in_field or self._field or (names and _CONTENTS.fullmatch(names[0])):
            words = _words(source)
            self.left_out += [words] if words else []
            return
        boxes: list[Element] = []
        breaks = sum(1 for one in source.iter(W + "br") if value(one, "type") == "page")
        self._inlines(source, boxes, depth)
        self._carried, runs = [], [*self._carried, *(c for c in source if c is not properties)]
        if properties is not None and properties.find(f"{W}rPr/{W}del") is not None:
            self._carried = runs
            return
        known = self._looks.of(source, style, properties, has_words=bool(_words(source)))
        self._pages += breaks
        source[:] = [_run(sentinels.write(known.at_page(self._pages))), *runs]
        out.append(source)
        for box in boxes:
            self.replace(box, depth + 1)
            out += list(box)

    def _follow_fields(self, source: Element) -> None:
        """Begin and end of fields; inside the one of a table of contents nothing is kept."""
        instruction = "".join(one.text or "" for one in source.iter(W + "instrText")).split()
        for one in source.iter(W + "fldChar"):
            kind = value(one, "fldCharType")
            if kind == "begin" and (self._field or "TOC" in instruction[:1]):
                self._field += 1
            elif kind == "end" and self._field:
                self._field -= 1

    def _inlines(self, parent: Element, boxes: list[Element], depth: int) -> None:
        if depth > self._depth:
            raise Unreadable("hostile", "nested too deeply")
        kept: list[Element] = []
        for child in parent:
            if child.tag in _DROPPED:
                continue
            if child.tag == W + "r":
                kept += self._run(child, boxes)
                continue
            if child.tag != W + "pPr" and len(child):
                self._inlines(child, boxes, depth + 1)
            kept.append(child)
        parent[:] = kept

    def _run(self, run: Element, boxes: list[Element]) -> list[Element]:
        """The run, the signs of its language around it and of its pictures behind it."""
        behind: list[Element] = []
        for drawn in [one for one in run if one.tag in _DRAWN]:
            run.remove(drawn)
            self._drawn(drawn, boxes, behind)
        for text in run.iter(W + "t"):
            text.text = sentinels.without_reserved(text.text or "")
        language = self._looks.language(run)
        if not language:
            return [run, *behind]
        opening, closing = sentinels.language(language)
        return [_run(opening), run, _run(closing), *behind]

    def _drawn(self, source: Element, boxes: list[Element], behind: list[Element]) -> None:
        for one in _outermost(source, W + "txbxContent"):
            boxes.append(one)
        described = next(source.iter(_WP + "docPr"), None)
        words = "" if described is None else described.get("descr") or ""
        for sign in source.iter(_DECORATIVE):
            if sign.get("val") == "1":
                return
        for tag, attribute in ((_A + "blip", _R + "embed"), (_V + "imagedata", _R + "id")):
            for one in _outside_boxes(source, tag):
                target = self._targets.get(one.get(attribute, ""), "")
                shape = next(source.iter(_V + "shape"), None)
                words = words or ("" if shape is None else shape.get("alt") or "")
                behind.append(_run(sentinels.picture(len(self.sources))))
                self.sources.append(self._package.picture(target, words))


def _targets(package: Package) -> dict[str, str]:
    root = package.xml("word/_rels/document.xml.rels")
    found: dict[str, str] = {}
    for one in root if root is not None else ():
        if one.get("TargetMode") != "External":
            target = one.get("Target", "")
            whole = target[1:] if target.startswith("/") else posixpath.join("word", target)
            found[one.get("Id", "")] = whole
    return found


def _unwrapped(parent: Element, is_gallery: object) -> Iterator[Element]:
    """Children, content controls and tracked insertions opened, deletions left out."""
    stack = list(reversed(parent))
    while stack:
        child = stack.pop()
        if child.tag in _DROPPED:
            continue
        if child.tag == W + "sdt":
            if callable(is_gallery) and is_gallery(child):
                continue
            content = child.find(W + "sdtContent")
            stack += reversed(content if content is not None else [])
        elif child.tag in _TRANSPARENT:
            stack += reversed(child)
        elif child.tag == _MC + "AlternateContent":
            stack += reversed(_choice(child))
        else:
            yield child


def _choice(source: Element) -> list[Element]:
    chosen = source.find(_MC + "Choice")
    chosen = source.find(_MC + "Fallback") if chosen is None else chosen
    return list(chosen) if chosen is not None else []


def _outermost(source: Element, tag: str, *, but_in: str = "") -> Iterator[Element]:
    """Elements of a tag that don't stand within one, nor within a `but_in`.

    Of alternatives only the first.
    """
    stack = [source]
    while stack:
        one = stack.pop()
        if one.tag == tag:
            yield one
        elif one.tag == _MC + "AlternateContent":
            stack += reversed(_choice(one))
        elif one.tag != but_in:
            stack += reversed(one)


def _outside_boxes(source: Element, tag: str) -> Iterator[Element]:
    return _outermost(source, tag, but_in=W + "txbxContent")


def _run(text: str) -> Element:
    run = Element(W + "r")
    ElementTree.SubElement(run, W + "t").text = text
    return run


def _words(paragraph: Element) -> str:
    return "".join(one.text or "" for one in paragraph.iter(W + "t")).strip()
