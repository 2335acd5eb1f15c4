"""The numbers that Word prints before headings and list entries, made anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

from richtschnur.documents.reading.preparing.counting import LEVELS, Counters, printed
from richtschnur.documents.reading.preparing.docx_styles import Styles, W, is_on, number, value
from richtschnur.documents.reading.preparing.package import Element

_FORMS: Final = {
    "decimal": "1",
    "decimalZero": "01",
    "lowerLetter": "a",
    "upperLetter": "A",
    "lowerRoman": "i",
    "upperRoman": "I",
    "none": "",
    "bullet": "",
}
_PLACE: Final = re.compile(r"%([1-9])")


@dataclass(slots=True)
class _Level:
    form: str = "1"
    text: str = ""
    start: int = 1
    is_bullet: bool = False
    is_legal: bool = False  # all its numbers are arabic
    style: str = ""


@dataclass(slots=True)
class _List:
    abstract: str
    levels: list[_Level]
    restarts: set[int] = field(default_factory=set)  # levels that this list begins anew


@dataclass(slots=True)
class Numbers:
    """Counts through a document; paragraphs must come in order."""

    root: Element | None
    styles: Styles
    _lists: dict[str, _List] = field(default_factory=dict)
    _counters: dict[str, Counters] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.root is None:
            return
        abstracts = {value(one, "abstractNumId"): one for one in self.root.iter(W + "abstractNum")}
        for num in self.root.iter(W + "num"):
            key = value(num.find(W + "abstractNumId"))
            key = self._linked(key, abstracts)
            levels = [_Level() for _ in range(LEVELS)]
            if key in abstracts:
                _take(levels, abstracts[key])
            one = _List(key, levels)
            _override(one, num)
            self._lists[value(num, "numId")] = one

    def _linked(self, key: str, abstracts: dict[str, Element]) -> str:
        """A list may stand in a numbering style, which names the list that it means."""
        source = abstracts.get(key)
        style = value(source.find(W + "numStyleLink")) if source is not None else ""
        if not style:
            return key
        for other, one in abstracts.items():
            if value(one.find(W + "styleLink")) == style:
                return other
        return key

    def level_of_style(self, list_id: str, style: str) -> int | None:
        """The level that a list ties to a paragraph style."""
        found = self._lists.get(list_id)
        levels = found.levels if found else []
        return next((at for at, one in enumerate(levels) if one.style == style), None)

    def label(self, list_id: str, level: int) -> str | None:
        """The next label of a list at a level (from 0): "1.2", "•"; None when there is no list."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= level < LEVELS:
            return None
        counters = self._counters.setdefault(found.abstract or list_id, Counters())
        if level in found.restarts:
            counters.counts[level] = 0
            found.restarts.discard(level)
        own = found.levels[level]
        counts = counters.step(level, [one.start for one in found.levels])
        if own.is_bullet:
            return own.text or "•"

        def part(place: re.Match[str]) -> str:
            at = int(place[1]) - 1
            form = found.levels[at].form
            return (
                printed(counts[at], "1" if own.is_legal and form else form) if at <= level else ""
            )

        return _PLACE.sub(part, own.text).strip()


def _take(levels: list[_Level], source: Element) -> None:
    for one in source.findall(W + "lvl"):
        at = number(value(one, "ilvl"))
        if at is not None and 0 <= at < LEVELS:
            levels[at] = _level(one)


def _level(source: Element) -> _Level:
    form = value(source.find(W + "numFmt")) or "decimal"
    start = number(value(source.find(W + "start")))
    return _Level(
        _FORMS.get(form, "1"),
        value(source.find(W + "lvlText")),
        1 if start is None else start,
        form == "bullet",
        bool(is_on(source.find(W + "isLgl"))),
        value(source.find(W + "pStyle")),
    )


def _override(one: _List, num: Element) -> None:
    for override in num.findall(W + "lvlOverride"):
        at = number(value(override, "ilvl"))
        if at is None or not 0 <= at < LEVELS:
            continue
        level = override.find(W + "lvl")
        if level is not None:
            one.levels[at] = _level(level)
        start = number(value(override.find(W + "startOverride")))
        if start is not None:
            one.levels[at].start = start
            one.restarts.add(at)
