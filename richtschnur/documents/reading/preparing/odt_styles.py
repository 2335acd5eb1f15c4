"""What an ODT says of its styles, inherited properties resolved."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from richtschnur.documents.reading.preparing.package import Element

OFFICE: Final = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT: Final = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW: Final = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE: Final = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
SVG: Final = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
XLINK: Final = "{http://www.w3.org/1999/xlink}"
_POINTS: Final = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75}
_MOST_PARENTS: Final = 20


def points(length: str) -> float:
    """A length as points; 0 for one that isn't absolute."""
    try:
        return round(float(length[:-2]) * _POINTS[length[-2:]], 1)
    except (ValueError, KeyError):
        return 0.0


@dataclass(slots=True)
class Styles:
    """The styles of both parts by family and name; lists and the outline by their levels."""

    _styles: dict[tuple[str, str], Element] = field(default_factory=dict)
    lists: dict[str, dict[int, Element]] = field(default_factory=dict)
    outline: dict[int, Element] = field(default_factory=dict)
    _known: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def take(self, root: Element | None) -> None:
        if root is None:
            return
        for style in root.iter(STYLE + "style"):
            key = (style.get(STYLE + "family", ""), style.get(STYLE + "name", ""))
            self._styles[key] = style
        for style in root.iter(STYLE + "default-style"):
            self._styles[(style.get(STYLE + "family", ""), "")] = style
        for style in root.iter(TEXT + "list-style"):
            self.lists[style.get(STYLE + "name", "")] = _levels(style)
        for style in root.iter(TEXT + "outline-style"):
            self.outline = _levels(style)

    def attribute(self, family: str, name: str, part: str, key: str) -> str:
        """An attribute of a style or its parents; `part` such as "text-properties", or ""."""
        known = (f"{family}/{part}", name, key)
        if known not in self._known:
            self._known[known] = self._attribute(family, name, part, key)
        return self._known[known]

    def _attribute(self, family: str, name: str, part: str, key: str) -> str:
        for style in self.chain(family, name):
            holder = style.find(STYLE + part) if part else style
            if holder is not None and key in holder.attrib:
                return holder.attrib[key]
        default = self._styles.get((family, ""))
        holder = default.find(STYLE + part) if default is not None and part else None
        return holder.get(key, "") if holder is not None else ""

    def chain(self, family: str, name: str) -> list[Element]:
        found: list[Element] = []
        while name and len(found) < _MOST_PARENTS:
            style = self._styles.get((family, name))
            if style is None:
                break
            found.append(style)
            name = style.get(STYLE + "parent-style-name", "")
        return found

    def names(self, family: str, name: str) -> list[str]:
        """The style's name and its parents' names as people see them.

        A style that the file uses but doesn't define has its name all the same.
        """
        found = [
            str(one.get(STYLE + "display-name") or one.get(STYLE + "name", ""))
            for one in self.chain(family, name)
        ]
        return [one.replace("_20_", " ").lower() for one in found or [name] if one]

    def text(self, family: str, name: str, key: str) -> str:
        return self.attribute(family, name, "text-properties", key)

    def is_bold(self, family: str, name: str) -> bool | None:
        """None when a character style doesn't say."""
        weight = self.text(family, name, FO + "font-weight")
        return weight in {"bold", "600", "700", "800", "900"} if weight else None

    def size(self, family: str, name: str) -> float:
        found = 1.0
        for style in self.chain(family, name):
            holder = style.find(STYLE + "text-properties")
            length = holder.get(FO + "font-size", "") if holder is not None else ""
            if length.endswith("%"):
                found *= float(length[:-1] or 100) / 100
            elif length:
                return round(found * points(length), 1)
        default = points(self.text(family, "", FO + "font-size"))
        return round(found * default, 1)

    def language(self, family: str, name: str) -> str:
        tag = self.text(family, name, STYLE + "rfc-language-tag")
        if tag:
            return tag
        for prefix in ("{fo}", "complex", "asian"):
            if prefix == "{fo}":
                language, country = FO + "language", FO + "country"
            else:
                language, country = (
                    f"{STYLE}language-{prefix}",
                    f"{STYLE}country-{prefix}",
                )
            for style in self.chain(family, name):
                holder = style.find(STYLE + "text-properties")
                own = holder.get(language, "") if holder is not None else ""
                if own and own not in {"none", "zxx"} and holder is not None:
                    where = holder.get(country, "")
                    return f"{own}-{where}" if where and where != "none" else own
        return ""


def _levels(style: Element) -> dict[int, Element]:
    found: dict[int, Element] = {}
    for one in style:
        level = one.get(TEXT + "level", "")
        if level.isdigit():
            found[int(level)] = one
    return found
