"""A table of contents as nested lists, quick also for hundreds of entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from richtschnur.ui.languages import direction_of, language_of


@dataclass
class ContentsEntry:
    """A heading with its address; `is_here` marks what is being read.

    `language` (BCP 47) is given where it differs from that of the list.
    """

    title: str
    url: str
    is_here: bool = False
    children: list[ContentsEntry] = field(default_factory=list)
    language: str = ""

    @property
    def is_on_the_way(self) -> bool:
        """Whether this, or something below it, is being read."""
        return self.is_here or any(child.is_on_the_way for child in self.children)

    @property
    def size(self) -> int:
        """How many entries stand below this one."""
        return sum(1 + child.size for child in self.children)


def contents_list(entries: list[ContentsEntry], *, folds: bool, language: str) -> SafeString:
    """`<ol>` of links; with `folds` what stands below an entry opens only when it is asked for.

    `language` is that of the page around, in which the words for folding stand.
    """
    return mark_safe("".join(_list(entries, folds, language)))  # noqa: S308 – escaped below


def _list(entries: list[ContentsEntry], folds: bool, language: str) -> list[str]:
    parts = ["<ol>"]
    for entry in entries:
        here = ' aria-current="true"' if entry.is_here else ""
        parts.append(f'<li><a href="{escape(entry.url)}"{here}>{_title(entry)}</a>')
        if entry.children and folds:
            parts.append(_fold(entry, language))
        if entry.children:
            parts += _list(entry.children, folds, language)
        parts.append("</details></li>" if entry.children and folds else "</li>")
    parts.append("</ol>")
    return parts


def _title(entry: ContentsEntry) -> str:
    if not entry.language:
        return escape(entry.title)
    direction = direction_of(entry.language)
    return f'<span lang="{escape(entry.language)}" dir="{direction}">{escape(entry.title)}</span>'


def _fold(entry: ContentsEntry, language: str) -> str:
    count, here = entry.size, language_of(language)
    words = ngettext("%(n)s section", "%(n)s sections", count) % {"n": count}
    under = escape(_("under: %(title)s")) % {"title": _title(entry)}
    return (
        f"<details{' open' if entry.is_on_the_way else ''}>"
        f'<summary lang="{here.tag}" dir="{here.direction}">{escape(words)}'
        f'<span class="kern-sr-only"> {under}</span></summary>'
    )
