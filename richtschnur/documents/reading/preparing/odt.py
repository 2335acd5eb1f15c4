"""An ODT as a converter reads it best."""

from __future__ import annotations

from typing import Final
from xml.etree import ElementTree

from richtschnur.documents.blocks import Unreadable
from richtschnur.documents.reading import sentinels
from richtschnur.documents.reading.limits import Limits
from richtschnur.documents.reading.pictures import Source
from richtschnur.documents.reading.preparing import odt_words, spoken
from richtschnur.documents.reading.preparing.odt_looks import Looks
from richtschnur.documents.reading.preparing.odt_numbers import Numbers, Place
from richtschnur.documents.reading.preparing.odt_styles import (
    DRAW,
    FO,
    OFFICE,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    XLINK,
    Styles,
)
from richtschnur.documents.reading.preparing.package import Element, Package, Prepared

_INDEXES: Final = {
    TEXT + name
    for name in (
        "table-of-content",
        "illustration-index",
        "table-index",
        "object-index",
        "user-index",
        "alphabetical-index",
    )
}
_OPENED: Final = {TEXT + "section", TEXT + "index-body"}
_DROPPED: Final = {
    TEXT + "tracked-changes",
    TEXT + "sequence-decls",
    OFFICE + "annotation",
    OFFICE + "annotation-end",
    OFFICE + "forms",
    TEXT + "number",
}
for _prefix, _uri in (
    ("office", OFFICE),
    ("text", TEXT),
    ("table", TABLE),
    ("draw", DRAW),
    ("style", STYLE),
    ("fo", FO),
    ("svg", SVG),
    ("xlink", XLINK),
):
    ElementTree.register_namespace(_prefix, _uri.strip("{}"))


def prepare_odt(package: Package, limits: Limits, language: str) -> Prepared:
    """Raises Unreadable: damaged, hostile."""
    root = package.xml("content.xml")
    body = root.find(f"{OFFICE}body/{OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise Unreadable("damaged", "no body")
    styles = Styles()
    styles.take(package.xml("styles.xml"))
    styles.take(root)
    reader = _Reader(package, limits, language, styles)
    reader.replace(body, 0)
    data = package.rewritten({"content.xml": root})
    return Prepared(data, tuple(reader.sources), tuple(reader.left_out))


class _Reader:
    def __init__(self, package: Package, limits: Limits, language: str, styles: Styles) -> None:
        self._package = package
        self._styles = styles
        self._numbers = Numbers(styles)
        self._looks = Looks(styles, self._numbers)
        self._depth = limits.depth
        self._main = language
        self._pages = 0
        self.sources: list[Source] = []
        self.left_out: list[str] = []

    def replace(self, parent: Element, depth: int) -> None:
        """Prepare the blocks in `parent`, in place."""
        out: list[Element] = []
        self._blocks(list(parent), out, depth, None)
        parent[:] = out

    def _blocks(
        self, blocks: list[Element], out: list[Element], depth: int, place: Place | None
    ) -> None:
        if depth > self._depth:
            raise Unreadable("hostile", "nested too deeply")
        for block in blocks:
            if block.tag in {TEXT + "p", TEXT + "h"}:
                self._paragraph(block, out, depth, place)
                place = None  # what follows in an entry has no label
            elif block.tag == TEXT + "list":
                self._list(block, out, depth, None)
            elif block.tag == TABLE + "table":
                self._table(block, depth)
                out.append(block)
            elif block.tag in _INDEXES:
                lines = (_words(one) for one in block.iter(TEXT + "p"))
                self.left_out += [words for words in lines if words]
            elif block.tag in _OPENED:
                self._blocks(list(block), out, depth + 1, None)
            elif block.tag.startswith(DRAW):
                self._lone_drawing(block, out, depth)

    def _lone_drawing(self, block: Element, out: list[Element], depth: int) -> None:
        holder = Element(TEXT + "p")
        holder.append(block)
        self._paragraph(holder, out, depth, None)

    def _list(self, source: Element, out: list[Element], depth: int, outer: Place | None) -> None:
        if depth > self._depth:
            raise Unreadable("hostile", "nested too deeply")
        style = source.get(TEXT + "style-name", "") or (outer.style if outer else "")
        if outer:
            counters, level = outer.counters, outer.depth + 1
        else:
            counters, level = self._numbers.counters(source, style), 1
        for item in source:
            start = item.get(TEXT + "start-value", "")
            place = Place(style, level, counters, int(start) if start.isdigit() else None)
            labelled: Place | None = place if item.tag == TEXT + "list-item" else None
            for block in item:
                if block.tag == TEXT + "list":
                    self._list(block, out, depth + 1, place)
                else:
                    self._blocks([block], out, depth + 1, labelled)
                    labelled = None

    def _table(self, table: Element, depth: int) -> None:
        if depth > self._depth:
            raise Unreadable("hostile", "nested too deeply")
        for part in table:
            if part.tag in odt_words.ROWS:
                self._table(part, depth + 1)
            elif part.tag == TABLE + "table-row":
                part.attrib.pop(TABLE + "number-rows-repeated", None)
                for cell in part.findall(TABLE + "table-cell"):
                    cell[:] = odt_words.unnested(cell)
                    self.replace(cell, depth + 1)

    def _paragraph(
        self, source: Element, out: list[Element], depth: int, place: Place | None
    ) -> None:
        style = source.get(TEXT + "style-name", "")
        boxes: list[Element] = []
        pictures: list[int] = []
        self._inlines(source, boxes, pictures, depth)
        has_words = bool(_words(source))
        known = self._looks.of(source, style, place, has_words=has_words)
        self._count_page(style)
        language = self._language("paragraph", style, _words(source))
        opening, closing = sentinels.language(language) if language else ("", "")
        lead = sentinels.write(known.at_page(self._pages)) + opening
        source.text = lead + sentinels.without_reserved(source.text or "")
        after = closing + "".join(map(sentinels.picture, pictures))
        if len(source):
            source[-1].tail = (source[-1].tail or "") + after
        else:
            source.text += after
        source.tag = TEXT + "p"
        source.attrib.pop(TEXT + "style-name", None)
        source.attrib.pop(TEXT + "outline-level", None)
        source.tail = None
        out.append(source)
        for box in boxes:
            self.replace(box, depth + 1)
            out += list(box)

    def _count_page(self, style: str) -> None:
        key = FO + "break-before"
        if self._styles.attribute("paragraph", style, "paragraph-properties", key) == "page":
            self._pages += 1

    def _inlines(
        self, source: Element, boxes: list[Element], pictures: list[int], depth: int
    ) -> None:
        """Take drawings out, mark languages, in place; what stands behind a child stays."""
        if depth > self._depth:
            raise Unreadable("hostile", "nested too deeply")
        for at in range(len(source) - 1, -1, -1):
            child = source[at]
            child.tail = sentinels.without_reserved(child.tail or "")
            if child.tag == TEXT + "s":  # a converter may drop it at the edge of a span
                child.tail = " " + child.tail
                _remove(source, at)
            elif child.tag in _DROPPED or child.tag.startswith(DRAW):
                if child.tag.startswith(DRAW):
                    self._drawn(child, boxes, pictures)
                _remove(source, at)
            elif child.tag != TEXT + "note":
                self._inlines(child, boxes, pictures, depth + 1)
                if child.tag in odt_words.FIELDS:
                    child.tag = TEXT + "span"
                if child.tag == TEXT + "span":
                    self._mark_language(child)

    def _mark_language(self, span: Element) -> None:
        language = self._language("text", span.get(TEXT + "style-name", ""), _words(span))
        span.text = sentinels.without_reserved(span.text or "")
        if language:
            opening, closing = sentinels.language(language)
            span.text = opening + span.text
            if len(span):
                span[-1].tail = (span[-1].tail or "") + closing
            else:
                span.text += closing

    def _language(self, family: str, style: str, words: str) -> str:
        tag = self._styles.language(family, style)
        return spoken.believed(tag, words, self._main) if tag else ""

    def _drawn(self, source: Element, boxes: list[Element], pictures: list[int]) -> None:
        stack: list[tuple[Element, Element | None]] = [(source, None)]
        while stack:
            one, frame = stack.pop()
            if one.tag == DRAW + "text-box":
                boxes.insert(0, one)
                continue
            words = [child for child in one if child.tag in odt_words.WORDED]
            if words and one.tag.startswith(DRAW):  # a shape with words on it
                boxes.insert(0, Element(DRAW + "text-box"))
                boxes[0].extend(words)
                continue
            if one.tag == DRAW + "image":
                self._picture(one, frame, pictures)
                continue
            frame = one if one.tag == DRAW + "frame" else frame
            images = [child for child in one if child.tag == DRAW + "image"][:1]
            stack += [(c, frame) for c in one if c.tag != DRAW + "image"] + [
                (c, frame) for c in images
            ]

    def _picture(self, image: Element, frame: Element | None, pictures: list[int]) -> None:
        words = ""
        for tag in (SVG + "desc", SVG + "title"):
            found = frame.find(tag) if frame is not None else None
            words = words or (found.text or "" if found is not None else "")
        pictures.insert(0, len(self.sources))
        target = image.get(XLINK + "href", "").removeprefix("./")
        self.sources.append(self._package.picture(target or "-", words))


def _remove(parent: Element, at: int) -> None:
    """Remove a child, but not the text behind it."""
    tail = parent[at].tail or ""
    if at:
        parent[at - 1].tail = (parent[at - 1].tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    del parent[at]


def _words(source: Element) -> str:
    return "".join(source.itertext()).strip()
