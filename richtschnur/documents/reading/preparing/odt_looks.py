"""How an ODT paragraph looks and counts: what its style, its list and its spans say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from richtschnur.documents.reading.preparing.odt_numbers import Numbers, Place
from richtschnur.documents.reading.preparing.odt_styles import FO, STYLE, TEXT, Styles, points
from richtschnur.documents.reading.preparing.package import Element
from richtschnur.documents.reading.sentinels import ParagraphKind, Properties

_QUOTES: Final = {"quotations", "quotation", "quote", "zitat", "block quotation", "intense quote"}
_CAPTIONS: Final = {
    "caption",
    "illustration",
    "abbildung",
    "figure",
    "drawing",
    "tabelle",
    "beschriftung",
}
_HEADING: Final = re.compile(r"(?:heading|überschrift) (\d+)")


@dataclass(slots=True)
class Looks:
    styles: Styles
    numbers: Numbers

    def of(
        self, source: Element, style: str, place: Place | None, *, has_words: bool
    ) -> Properties:
        """The properties of a paragraph; its number counts only if there are words."""
        names = self.styles.names("paragraph", style)
        level = self._level(source, style, names)
        label = ""
        if has_words and place is not None:
            label = self.numbers.entry(place)
        elif level and has_words and source.get(TEXT + "is-list-header") != "true":
            label = self._heading_label(source, style, level)
        kind: ParagraphKind = "item" if label and not level else "text"
        if names[:1] and not level:
            kind = _kind(names, kind)
        bold, size = self._type(source, style)
        left = points(
            self.styles.attribute("paragraph", style, "paragraph-properties", FO + "margin-left")
        )
        depth = place.depth if place and kind == "item" else 0
        if level:
            kind = "heading"
        return Properties(kind, level or depth, label, bold, size, left)

    def _level(self, source: Element, style: str, names: list[str]) -> int:
        if source.tag == TEXT + "h":
            text = source.get(TEXT + "outline-level", "1")
            return int(text) if text.isdigit() else 1
        text = self.styles.attribute("paragraph", style, "", STYLE + "default-outline-level")
        if text.isdigit():
            return int(text)
        found = next((m for name in names if (m := _HEADING.fullmatch(name))), None)
        return int(found[1]) if found else 0

    def _heading_label(self, source: Element, style: str, level: int) -> str:
        for one in self.styles.chain("paragraph", style):
            if one.get(STYLE + "list-style-name") == "":
                return ""  # this style takes the number away
        start = source.get(TEXT + "start-value", "")
        restarts = source.get(TEXT + "restart-numbering") == "true" and start.isdigit()
        return self.numbers.heading(level, int(start) if restarts else None)

    def _type(self, source: Element, style: str) -> tuple[bool, float]:
        """Is all of it bold, and how large is the largest part of it (points)?"""
        usual = bool(self.styles.is_bold("paragraph", style))
        usual_size = self.styles.size("paragraph", style)
        all_bold, size = True, 0.0
        stack: list[tuple[Element, bool, float]] = [(source, usual, usual_size)]
        while stack:
            one, bold, points_ = stack.pop()
            if one.tag == TEXT + "span":
                name = one.get(TEXT + "style-name", "")
                own = self.styles.is_bold("text", name)
                bold = bold if own is None else own
                points_ = self.styles.size("text", name) or points_
            if (one.text or "").strip():
                all_bold, size = all_bold and bold, max(size, points_)
            for child in one:
                if (child.tail or "").strip():
                    all_bold, size = all_bold and bold, max(size, points_)
                if child.tag != TEXT + "note":
                    stack.append((child, bold, points_))
        return all_bold and bool(size or usual), size


def _kind(names: list[str], kind: ParagraphKind) -> ParagraphKind:
    if names[0] == "title" or "title" in names[1:2] or "titel" in names[:2]:
        return "title"
    if any(name in _QUOTES for name in names):
        return "quote"
    return "caption" if any(name in _CAPTIONS for name in names) else kind
