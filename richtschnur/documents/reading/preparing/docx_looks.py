"""How a DOCX paragraph looks and counts: what its style, its numbering and its runs say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from richtschnur.documents.reading.preparing import spoken
from richtschnur.documents.reading.preparing.docx_numbers import Numbers
from richtschnur.documents.reading.preparing.docx_styles import (
    Styles,
    W,
    is_on,
    number,
    value,
)
from richtschnur.documents.reading.preparing.package import Element
from richtschnur.documents.reading.sentinels import ParagraphKind, Properties

_KINDS: Final[dict[str, ParagraphKind]] = {
    "title": "title",
    "titel": "title",
    "quote": "quote",
    "intense quote": "quote",
    "zitat": "quote",
    "intensives zitat": "quote",
    "block text": "quote",
    "caption": "caption",
    "beschriftung": "caption",
}


@dataclass(slots=True)
class Looks:
    styles: Styles
    numbers: Numbers
    main: str  # the paper's language

    def of(
        self, source: Element, style: str, own: Element | None, *, has_words: bool
    ) -> Properties:
        """The properties of a paragraph; its number counts only if there are words."""
        style = style or self.styles.default
        label, depth = self._numbered(style, own) if has_words else ("", 0)
        level = self._outline(style, own)
        bold, size = self._type(source, style)
        kind: ParagraphKind = "item" if label else "text"
        for name in self.styles.names(style):
            kind = _KINDS.get(name, kind)
        if level:
            kind = "heading"
        return Properties(
            kind,
            level or depth,
            label,
            bold,
            size,
            self._indent(style, own),
        )

    def _numbered(self, style: str, own: Element | None) -> tuple[str, int]:
        """The printed label and the depth (from 1) of a numbered paragraph."""
        mine = own.find(W + "numPr") if own is not None else None
        styled = self.styles.find(style, "pPr/numPr")
        chosen = [one for one in (mine, styled) if one is not None]
        list_id = next((v for one in chosen if (v := value(one.find(W + "numId")))), "")
        if not list_id or list_id == "0":
            return "", 0
        level = next(
            (at for one in chosen if (at := number(value(one.find(W + "ilvl")))) is not None), None
        )
        if mine is None or mine.find(W + "ilvl") is None:
            tied = self._tied_level(list_id, style)
            level = tied if tied is not None else level
        label = self.numbers.label(list_id, level or 0)
        return (label, (level or 0) + 1) if label is not None else ("", 0)

    def _tied_level(self, list_id: str, style: str) -> int | None:
        for one in self.styles.chain(style):
            level = self.numbers.level_of_style(list_id, value(one, "styleId"))
            if level is not None:
                return level
        return None

    def _outline(self, style: str, own: Element | None) -> int:
        level = number(value(own.find(W + "outlineLvl"))) if own is not None else None
        if level is not None:
            return level + 1 if 0 <= level < 9 else 0
        return self.styles.outline_level(style)

    def _indent(self, style: str, own: Element | None) -> float:
        found = own.find(W + "ind") if own is not None else None
        found = self.styles.find(style, "pPr/ind") if found is None else found
        left = number(value(found, "left") or value(found, "start")) or 0
        hanging = number(value(found, "hanging")) or 0
        return max(0, left - hanging) / 20

    def _type(self, source: Element, style: str) -> tuple[bool, float]:
        """Is all of it bold, and how large is the largest part of it (points)?"""
        usual = self.styles.is_bold(style)
        bold, size = False, 0.0
        for run in source.iter(W + "r"):
            words = "".join(one.text or "" for one in run.findall(W + "t"))
            if not words.strip():
                continue
            own = run.find(W + "rPr")
            is_bold = is_on(own.find(W + "b")) if own is not None else None
            character = value(own.find(W + "rStyle")) if own is not None else ""
            if is_bold is None and character:
                is_bold = is_on(self.styles.find(character, "rPr/b"))
            bold = usual if is_bold is None else is_bold
            points = number(value(own.find(W + "sz"))) if own is not None else None
            size = max(size, points / 2 if points else self.styles.size(style))
            if not bold:
                break
        return bold, size

    def language(self, run: Element) -> str:
        """The language of a run where it differs from the paper's, if that is to be believed."""
        own = run.find(W + "rPr")
        if own is None:
            return ""
        marked = own.find(W + "lang")
        if marked is None:
            marked = self.styles.find(value(own.find(W + "rStyle")), "rPr/lang")
        if marked is None:
            return ""
        right_to_left = is_on(own.find(W + "rtl"))
        tag = value(marked, "bidi") if right_to_left else value(marked)
        words = "".join(one.text or "" for one in run.findall(W + "t"))
        return spoken.believed(tag, words, self.main) if tag else ""
