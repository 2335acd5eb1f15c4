"""What a converter would forget, written into the text before it and read out of it behind it.

A prepared paragraph begins with its properties between private signs; languages and pictures
stand in the text the same way. The same signs of a source are taken out beforehand.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

ParagraphKind = Literal["text", "title", "heading", "item", "quote", "caption"]

_OPEN, _CLOSE, _BETWEEN = "\U000f0001", "\U000f0002", "\U000f0003"
_LANGUAGE, _END_LANGUAGE, _PICTURE = "\U000f0004", "\U000f0005", "\U000f0006"
_RESERVED: Final = re.compile("[\U000f0001-\U000f0006]")
_NOTE = "\U000f0007"  # also in pdf_child, which imports nothing
_NOTES: Final = re.compile(rf"{_NOTE}(\d{{1,3}}){_CLOSE}")
_LAST_NOTES: Final = re.compile(rf"(?:{_NOTES.pattern})+$")
_SIGNS: Final = re.compile(
    rf"{_OPEN}(?P<properties>[^{_CLOSE}]*){_CLOSE}|{_LANGUAGE}(?P<language>[^{_CLOSE}]*){_CLOSE}"
    rf"|{_PICTURE}(?P<picture>\d+){_CLOSE}|(?P<end>{_END_LANGUAGE})"
)


@dataclass(frozen=True, slots=True)
class Properties:
    """`size` in points (0 unknown), `indent` in points, `label` as it would be printed."""

    kind: ParagraphKind = "text"
    level: int = 0
    label: str = ""
    bold: bool = False
    size: float = 0.0
    indent: float = 0.0
    page: int = 0  # how many page breaks were forced before it

    def at_page(self, page: int) -> Properties:
        return replace(self, page=page)


def without_reserved(text: str) -> str:
    return _RESERVED.sub("\ufffd", text)


def without_notes(text: str) -> str:
    """The text without the signs of footnotes at its end."""
    return _LAST_NOTES.sub("", text) if text.endswith(_CLOSE) else text


def notes(text: str) -> list[tuple[str, str]]:
    """The text parted at footnotes' signs: (words, the sign behind them or "")."""
    if _NOTE not in text:
        return [(text, "")]
    parts: list[tuple[str, str]] = []
    at = 0
    for found in _NOTES.finditer(text):
        parts.append((text[at : found.start()], found[1]))
        at = found.end()
    return [*parts, (text[at:], "")]


def write(one: Properties) -> str:
    label = without_reserved(one.label).replace(" ", "\u00a0")
    parts = (one.kind, one.level, label, int(one.bold), one.size, one.indent, one.page)
    return _OPEN + _BETWEEN.join(map(str, parts)) + _CLOSE


def picture(index: int) -> str:
    return f"{_PICTURE}{index}{_CLOSE}"


def language(tag: str) -> tuple[str, str]:
    """What opens and what closes words of a language."""
    return f"{_LANGUAGE}{tag}{_CLOSE}", _END_LANGUAGE


@dataclass(frozen=True, slots=True)
class Sign:
    kind: Literal["properties", "language", "end", "picture"]
    value: str


def split(text: str) -> list[str | Sign]:
    """Words and signs, in order."""
    if not _RESERVED.search(text):
        return [text]
    parts: list[str | Sign] = []
    at = 0
    for found in _SIGNS.finditer(text):
        if found.start() > at:
            parts.append(text[at : found.start()])
        kind = found.lastgroup
        assert kind in {"properties", "language", "picture", "end"}
        parts.append(Sign(kind, found[kind]))  # type: ignore[arg-type]
        at = found.end()
    if at < len(text):
        parts.append(text[at:])
    return parts


def read(value: str) -> Properties:
    """Raises ValueError for what `write` never writes."""
    kind, level, label, bold, size, indent, page = value.split(_BETWEEN)
    return Properties(
        kind,  # type: ignore[arg-type]
        int(level),
        label.replace("\u00a0", " "),
        bold == "1",
        float(size),
        float(indent),
        int(page),
    )
