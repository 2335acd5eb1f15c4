"""pandoc's inline nodes become runs of text that know what stands out in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any, Final

from richtschnur.documents.labels import label
from richtschnur.documents.marks import MarkKind
from richtschnur.documents.reading import marked, sentinels, signs
from richtschnur.documents.reading.marked import Formats, Marked, Run
from richtschnur.documents.reading.sentinels import Properties

Node = dict[str, Any]
_TAG: Final = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_LEAVES: Final = {"LineBreak", "Code", "Math", "RawInline", "Note"}
_MARKS: Final[dict[str, MarkKind]] = {
    "Strong": "strong",
    "Emph": "emphasis",
    "Superscript": "superscript",
    "Subscript": "subscript",
}
_PLAIN_MARKUP: Final = {"Underline", "SmallCaps", "Strikeout"}
_QUOTES: Final = {"DoubleQuote": ("“", "”"), "SingleQuote": ("‘", "’")}


@dataclass(slots=True)
class Flow:
    """Runs of text with their formats; a line break within is a newline."""

    runs: list[Run] = field(default_factory=list)
    notes: list[tuple[str, list[Node]]] = field(default_factory=list)
    images: list[Node] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)  # indexes of a prepared file's pictures
    struck: str = ""
    properties: Properties | None = None
    languages: set[str] = field(default_factory=set)
    _spoken: list[str] = field(default_factory=list)
    _first_sign: int = 1

    @property
    def text(self) -> str:
        return "".join(text for text, _ in self.runs)

    @property
    def language(self) -> str:
        """The language of the whole flow if it is marked with one only."""
        return next(iter(self.languages)) if len(self.languages) == 1 else ""

    def whole(self) -> Marked:
        return marked.of_runs(self._without_block_language(self.runs))

    def lines(self, starts_anew: Callable[[str], bool]) -> Iterator[tuple[Marked, bool]]:
        """Its paragraphs with "is all bold"; a line break parts them where `starts_anew` says so.

        A bold label without a colon ("Ziele" before a text) becomes a paragraph of its own.
        """
        lines: list[list[Run]] = [[]]
        for text, formats in self._without_block_language(self.runs):
            first, *others = text.split("\n")
            lines[-1].append((first, formats))
            lines.extend([(other, formats)] for other in others)
        whole: list[list[Run]] = []
        for line in lines:
            words = signs.fold("".join(text for text, _ in line))
            if not words and not (whole and any(formats for _, formats in line)):
                continue
            if whole and not starts_anew(words):
                whole[-1] += [(" ", ()), *line]
            else:
                whole += _split_label(line)
        for line in whole:
            made = marked.of_runs(line)
            if made.text:
                yield made, _all_bold(line)

    def _without_block_language(self, runs: Sequence[Run]) -> Sequence[Run]:
        own = ("language", self.language)
        if not own[1]:
            return runs
        return [(text, tuple(one for one in formats if one != own)) for text, formats in runs]

    def add(self, text: str, formats: Formats, languages: bool = True) -> None:
        for part in sentinels.split(text):
            if isinstance(part, str):
                self._words(signs.clean(part), formats, languages)
            else:
                self._sign(part)

    def _words(self, text: str, formats: Formats, languages: bool) -> None:
        if self._spoken and self._spoken[-1]:
            formats = (*formats, ("language", self._spoken[-1]))
        if languages and text.strip():
            spoken = [value for kind, value in formats if kind == "language"]
            self.languages.add(spoken[-1] if spoken else "")
        if self.runs and self.runs[-1][1] == formats and self.runs[-1][0]:
            self.runs[-1] = (self.runs[-1][0] + text, formats)
        elif text:
            self.runs.append((text, formats))

    def _sign(self, sign: sentinels.Sign) -> None:
        if sign.kind == "language":
            self._spoken.append(sign.value)
        elif sign.kind == "end":
            if self._spoken:
                self._spoken.pop()
        elif sign.kind == "picture":
            self.pictures.append(int(sign.value))
        elif self.properties is None:
            self.properties = sentinels.read(sign.value)

    def note(self, blocks: list[Node]) -> None:
        sign = str(self._first_sign + len(self.notes))
        self.notes.append((sign, blocks))
        self.runs.append(("", (("note", sign),)))


def flatten(inlines: Sequence[Node], first_sign: int = 1) -> Flow:
    """Text of inline nodes, in order. Works without recursion: nesting may be hostile."""
    flow = Flow(_first_sign=first_sign)
    stack: list[tuple[Any, Formats]] = [(one, ()) for one in reversed(inlines)]
    words: list[str] = []  # of one format, not yet added
    held: Formats = ()
    while stack:
        node, formats = stack.pop()
        plain = _plain(node)
        if words and (plain is None or formats != held):
            flow.add("".join(words), held)
            words = []
        if plain is not None:
            words.append(plain)
            held = formats
        elif node["t"] in _LEAVES:
            _leaf(flow, node["t"], node.get("c"), formats)
        else:
            if node["t"] == "Image":
                flow.images.append(node)
            elif node["t"] == "Strikeout":
                flow.struck += flatten(node["c"]).text
            inner, formats = _inside(node["t"], node["c"], formats)
            stack.extend((one, formats) for one in reversed(inner))
    if words:
        flow.add("".join(words), held)
    return flow


def _plain(node: Any) -> str | None:
    """The words of the most usual nodes; None for others."""
    if isinstance(node, str):
        return node
    if node["t"] == "Str":
        words: str = node["c"]
        return words
    return " " if node["t"] in {"Space", "SoftBreak"} else None


def _leaf(flow: Flow, kind: str, content: Any, formats: Formats) -> None:
    if kind == "Note":
        flow.note(content)
    elif kind == "LineBreak":
        flow.add("\n", ())
    elif kind == "RawInline":
        flow.add(strip_tags(content[1]), formats)
    else:
        flow.add(content[1], formats)  # Code, Math


def strip_tags(markup: str) -> str:
    """The words of raw markup."""
    return unescape(_TAG.sub(" ", markup))


def _inside(kind: str, content: Any, formats: Formats) -> tuple[list[Any], Formats]:
    if kind in _MARKS:
        return content, _with(formats, _MARKS[kind], "")
    if kind in _PLAIN_MARKUP:
        return content, formats
    if kind == "Quoted":
        opening, closing = _QUOTES[content[0]["t"]]
        return [opening, *content[1], closing], formats
    if kind == "Span":
        tag = str(dict(content[0][2]).get("lang", ""))
        return content[1], _with(formats, "language", tag) if tag else formats
    if kind == "Link" and marked.is_address(content[2][0]):
        return content[1], _with(formats, "link", content[2][0])
    return ([] if kind == "Image" else content[1]), formats  # Cite


def _with(formats: Formats, kind: MarkKind, value: str) -> Formats:
    kept = tuple(one for one in formats if one[0] != kind)
    return (*kept, (kind, value))


def _is_bold(formats: Formats) -> bool:
    return any(kind == "strong" for kind, _ in formats)


def _all_bold(line: Sequence[Run]) -> bool:
    return all(_is_bold(formats) for text, formats in line if text.strip())


def _split_label(line: list[Run]) -> list[list[Run]]:
    end = 0
    while end < len(line) and (_is_bold(line[end][1]) or not line[end][0].strip()):
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
