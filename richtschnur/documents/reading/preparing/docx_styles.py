"""What a DOCX says of its paragraph and character styles, inherited properties resolved."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from richtschnur.documents.reading.preparing.package import Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING: Final = re.compile(r"(?:heading|überschrift)\s*(\d)", re.IGNORECASE)
_OFF: Final = {"0", "false", "off", "none"}
_MOST_PARENTS: Final = 20


def value(element: Element | None, name: str = "val") -> str:
    return "" if element is None else element.get(W + name, "")


def is_on(element: Element | None) -> bool | None:
    """A toggle property: None when it isn't there."""
    return None if element is None else value(element).lower() not in _OFF


def number(text: str) -> int | None:
    try:
        return int(text)
    except ValueError:
        return None


@dataclass(slots=True)
class Styles:
    """The styles by their ids. Lookups walk up the parents."""

    root: Element | None
    _by_id: dict[str, Element] = field(default_factory=dict)
    _known: dict[tuple[str, str], Element | None] = field(default_factory=dict)
    default: str = ""

    def __post_init__(self) -> None:
        for style in self.root.iter(W + "style") if self.root is not None else ():
            self._by_id[value(style, "styleId")] = style
            if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true"}:
                self.default = value(style, "styleId")

    def chain(self, style: str) -> Iterator[Element]:
        for _ in range(_MOST_PARENTS):
            found = self._by_id.get(style)
            if found is None:
                return
            yield found
            style = value(found.find(W + "basedOn"))

    def find(self, style: str, path: str) -> Element | None:
        """The nearest property, such as "rPr/b", of a style or its parents."""
        key = (style, path)
        if key not in self._known:
            steps = "/".join(W + step for step in path.split("/"))
            found = (one.find(steps) for one in self.chain(style))
            self._known[key] = next((one for one in found if one is not None), None)
        return self._known[key]

    def names(self, style: str) -> list[str]:
        return [value(one.find(W + "name")).lower() for one in self.chain(style)]

    def default_run(self, name: str) -> Element | None:
        if self.root is None:
            return None
        return self.root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}{name}")

    def outline_level(self, style: str) -> int:
        """1..9 of a heading style, else 0."""
        level = number(value(self.find(style, "pPr/outlineLvl")))
        if level is not None:
            return level + 1 if 0 <= level < 9 else 0
        for name in self.names(style):
            found = _HEADING.fullmatch(name)
            if found:
                return int(found[1])
        return 0

    def is_bold(self, style: str) -> bool:
        return bool(is_on(self.find(style, "rPr/b")))

    def size(self, style: str) -> float:
        """In points; 0 when nothing says it."""
        found = self.find(style, "rPr/sz")
        return (number(value(found if found is not None else self.default_run("sz"))) or 0) / 2
