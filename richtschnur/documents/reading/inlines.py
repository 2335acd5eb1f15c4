"""pandoc's inline nodes become one line of text that remembers where it was bold."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from richtschnur.documents.labels import label
from richtschnur.documents.reading import signs

_TAG: Final = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_LEAVES: Final = {
    "Str",
    "Space",
    "SoftBreak",
    "LineBreak",
    "Code",
    "Math",
    "RawInline",
    "Note",
}
_PLAIN_MARKUP: Final = {"Emph", "Underline", "Superscript", "Subscript", "SmallCaps"}
_QUOTES: Final = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


@dataclass(slots=True)
class Flow:
    """Runs of text, each bold or not; a line break within is a newline."""

    runs: list[tuple[str, bool]] = field(default_factory=list)
    notes: list[list[dict[str, Any]]] = field(default_factory=list)
    pictures: int = 0
    struck: str = ""
    languages: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @property
    def language(self) -> str:
        """The language of the whole flow if it is marked with one only."""
        return next(iter(self.languages)) if len(self.languages) == 1 else ""

    def lines(self, starts_anew: Callable[[str], bool]) -> list[tuple[str, bool]]:
        """Its paragraphs with "is all bold"; a line break parts them where `starts_anew` says so.

        A bold label without a colon ("Ziele" before a text) becomes a paragraph of its own.
        """
        lines: list[list[tuple[str, bool]]] = [[]]
        for text, bold in self.runs:
            first, *others = text.split("\n")
            lines[-1].append((first, bold))
            lines.extend([(other, bold)] for other in others)
        whole: list[list[tuple[str, bool]]] = []
        for line in lines:
            words = signs.fold("".join(text for text, _ in line))
            if not words:
                continue
            if whole and not starts_anew(words):
                whole[-1] += [(" ", False), *line]
            else:
                whole += _split_label(line)
        return [(signs.fold("".join(t for t, _ in line)), _all_bold(line)) for line in whole]


def flatten(inlines: Sequence[dict[str, Any]]) -> Flow:
    """Text of inline nodes, in order. Works without recursion: nesting may be hostile."""
    flow = Flow()
    stack: list[tuple[Any, bool, str]] = [(one, False, "") for one in reversed(inlines)]
    while stack:
        node, bold, language = stack.pop()
        if isinstance(node, str):
            _add(flow, node, bold, language)
        elif node["t"] in _LEAVES:
            _leaf(flow, node["t"], node.get("c"), bold, language)
        else:
            _count(flow, node["t"], node["c"])
            inner, bold, language = _inside(node["t"], node["c"], bold, language)
            stack.extend((one, bold, language) for one in reversed(inner))
    return flow


def _leaf(flow: Flow, kind: str, content: Any, bold: bool, language: str) -> None:
    if kind == "Note":
        flow.notes.append(content)
    elif kind in {"Space", "SoftBreak", "LineBreak"}:
        flow.runs.append(("\n" if kind == "LineBreak" else " ", bold))
    elif kind == "RawInline":
        _add(flow, strip_tags(content[1]), bold, language)
    else:
        _add(flow, content if kind == "Str" else content[1], bold, language)


def _count(flow: Flow, kind: str, content: Any) -> None:
    if kind == "Image":
        flow.pictures += 1
    elif kind == "Strikeout":
        flow.struck += flatten(content).text


def strip_tags(markup: str) -> str:
    """The words of raw markup."""
    return unescape(_TAG.sub(" ", markup))


def _add(flow: Flow, text: str, bold: bool, language: str) -> None:
    text = signs.clean(text)
    flow.runs.append((text, bold))
    if text.strip():
        flow.languages.add(language)


def _inside(kind: str, content: Any, bold: bool, language: str) -> tuple[list[Any], bool, str]:
    if kind == "Strong":
        return content, True, language
    if kind in _PLAIN_MARKUP or kind == "Strikeout":
        return content, bold, language
    if kind == "Quoted":
        opening, closing = _QUOTES[content[0]["t"]]
        return [opening, *content[1], closing], bold, language
    if kind == "Span":
        return content[1], bold, dict(content[0][2]).get("lang", language)
    return content[1], bold, language  # Cite, Link, Image


def _all_bold(line: Sequence[tuple[str, bool]]) -> bool:
    return all(bold for text, bold in line if text.strip())


def _split_label(line: list[tuple[str, bool]]) -> list[list[tuple[str, bool]]]:
    end = 0
    while end < len(line) and (line[end][1] or not line[end][0].strip()):
        end += 1
    head = signs.fold("".join(text for text, _ in line[:end]))
    rest = "".join(text for text, _ in line[end:]).strip()
    found = label(head) if head and rest else None
    if (
        found
        and found.whole
        and not head.endswith(":")
        and rest[0] not in ":–-"
        and (not rest[0].islower())
    ):
        return [line[:end], line[end:]]
    return [line]
