"""The numbers that Writer prints before headings and list entries, made anew."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from richtschnur.documents.reading.preparing.counting import LEVELS, Counters, printed
from richtschnur.documents.reading.preparing.odt_styles import STYLE, TEXT, Styles
from richtschnur.documents.reading.preparing.package import Element

_BULLETS: Final = {TEXT + "list-level-style-bullet", TEXT + "list-level-style-image"}


@dataclass(slots=True)
class Place:
    """Where in a list an entry stands: depth from 1."""

    style: str
    depth: int
    counters: Counters
    start: int | None = None


@dataclass(slots=True)
class Numbers:
    """Counts through a document; entries must come in order."""

    styles: Styles
    _outline: Counters = field(default_factory=Counters)
    _by_id: dict[str, Counters] = field(default_factory=dict)
    _by_style: dict[str, Counters] = field(default_factory=dict)

    def counters(self, source: Element, style: str) -> Counters:
        """The state of an outermost list: a new one, or one that goes on."""
        goes_on = source.get(TEXT + "continue-list", "")
        if goes_on in self._by_id:
            found = self._by_id[goes_on]
        elif source.get(TEXT + "continue-numbering") == "true" and style in self._by_style:
            found = self._by_style[style]
        else:
            found = Counters()
        key = source.get("{http://www.w3.org/XML/1998/namespace}id", "")
        if key:
            self._by_id[key] = found
        self._by_style[style] = found
        return found

    def entry(self, place: Place) -> str:
        """The next label of a list entry: "1.2", "•"."""
        levels = self.styles.lists.get(place.style, {})
        own = levels.get(place.depth)
        if own is None or own.tag in _BULLETS:
            sign = own.get(TEXT + "bullet-char", "•") if own is not None else "•"
            return sign or "•"
        if place.start is not None:
            place.counters.counts[place.depth - 1] = place.start - 1
            if place.start == 1:
                place.counters.counts[place.depth - 1] = 0
        return _label(levels, place.depth, place.counters)

    def heading(self, level: int, start: int | None) -> str:
        """The next number of a heading by the outline; "" when it numbers none."""
        if start is not None and 1 <= level <= LEVELS:
            self._outline.counts[level - 1] = start - 1
        return _label(self.styles.outline, level, self._outline)


def _label(levels: dict[int, Element], depth: int, counters: Counters) -> str:
    if not 1 <= depth <= LEVELS:
        return ""
    starts = [_whole(levels, at, "start-value") for at in range(1, LEVELS + 1)]
    counts = counters.step(depth - 1, starts)
    own = levels.get(depth)
    if own is None or not own.get(STYLE + "num-format"):
        return ""
    shown = min(depth, _whole(levels, depth, "display-levels"))
    parts = []
    for at in range(depth - shown + 1, depth + 1):
        one = levels.get(at)
        form = one.get(STYLE + "num-format", "") if one is not None else "1"
        if form:
            parts.append(printed(counts[at - 1], form))
    number = ".".join(parts)
    return f"{own.get(STYLE + 'num-prefix', '')}{number}{own.get(STYLE + 'num-suffix', '')}".strip()


def _whole(levels: dict[int, Element], at: int, name: str) -> int:
    one = levels.get(at)
    text = one.get(TEXT + name, "") if one is not None else ""
    return int(text) if text.isdigit() and int(text) < 100_000 else 1
