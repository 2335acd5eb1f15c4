"""An edition as a page to read: sections with headings that never jump, passages with labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import ngettext, override

from richtschnur.strategy.models import Edition, Element, Passage, Section
from richtschnur.strategy.queries.contents import ReadingPage
from richtschnur.strategy.queries.editions import sections_with_passages
from richtschnur.strategy.queries.notes import pair_notes
from richtschnur.strategy.states import ElementKind, PassageKind
from richtschnur.ui.words import capfirst

DEEPEST_HEADING = 6
OUTLINE_ENTRIES = 32


@dataclass
class ReadPassage:
    """A passage as it is shown; runs of list items are one list."""

    passage: Passage
    labels: list[str]
    opens_list: bool = False
    closes_list: bool = False

    @property
    def is_item(self) -> bool:
        return self.passage.kind == PassageKind.ITEM

    @property
    def depth(self) -> int:
        """1 to 6."""
        return max(1, min(self.passage.level, 6))


@dataclass
class ReadSection:
    """A section with the level of its HTML heading (2 to 6); `title` is "" when none is shown."""

    section: Section
    title: str
    heading: int
    labels: list[str]
    passages: list[ReadPassage] = field(default_factory=list)
    in_outline: bool = False

    @property
    def anchor(self) -> str:
        return f"s{self.section.position}"


def read_edition(edition: Edition, page: ReadingPage | None = None) -> list[ReadSection]:
    """The whole edition in reading order, or one page of it: three queries, whatever its size."""
    found = sections_with_passages(edition)
    if page is not None:
        found = found.filter(pk__in=[heading.pk for heading in page.headings])
    of_sections, of_passages = _elements(edition, page)
    is_beginning = page is None or page.index == 0
    sections: list[ReadSection] = []
    above: list[int] = []
    for section in found:
        is_title = is_beginning and not sections and section.title.strip() == edition.title.strip()
        title = "" if is_title else str(section)
        if title:
            above = [level for level in above if level < section.level] + [section.level]
        labels = _labels(of_sections.get(section.pk, []), title, edition)
        shown = ReadSection(section, title, min(len(above) + 1, DEEPEST_HEADING), labels)
        for passage in section.passages.all():
            elements = of_passages.get(passage.pk, [])
            labels = _labels(elements, title, edition, quiet={ElementKind.BASELINE.value})
            shown.passages.append(ReadPassage(passage, labels))
        _mark_lists(shown.passages)
        sections.append(shown)
    _mark_outline(sections)
    pair_notes(shown.passage for section in sections for shown in section.passages)
    return sections


def labels_of(passage: Passage, edition: Edition) -> list[str]:
    """The recognised elements of one passage in words."""
    return _labels(list(passage.elements.all()), "", edition)


def _elements(
    edition: Edition, page: ReadingPage | None
) -> tuple[dict[int, list[Element]], dict[int, list[Element]]]:
    sections: dict[int, list[Element]] = {}
    passages: dict[int, list[Element]] = {}
    found = edition.elements.order_by("position")
    if page is not None:
        found = found.filter(section__in=[heading.pk for heading in page.headings])
    for element in found:
        if element.passage_id:
            passages.setdefault(element.passage_id, []).append(element)
        else:
            sections.setdefault(element.section_id, []).append(element)
    return sections, passages


def _labels(
    elements: list[Element], title: str, edition: Edition, quiet: set[str] | None = None
) -> list[str]:
    """Words for kinds; those in `quiet` (None: all) need none where the heading says it itself."""
    labels = []
    for kind, count in Counter(element.kind for element in elements).items():
        with override(edition.strategy.language):
            named = str(ElementKind(kind).label).lower() in title.lower()
        if named and (quiet is None or kind in quiet):
            continue
        if kind == ElementKind.MEASURE and count > 1:
            labels.append(ngettext("%(n)s measure", "%(n)s measures", count) % {"n": count})
        else:
            labels.append(capfirst(str(ElementKind(kind).label)))
    return labels


def _mark_lists(passages: list[ReadPassage]) -> None:
    for before, this, after in zip(
        [None, *passages], passages, [*passages[1:], None], strict=False
    ):
        this.opens_list = this.is_item and not (before and before.is_item)
        this.closes_list = this.is_item and not (after and after.is_item)


def _mark_outline(sections: list[ReadSection]) -> None:
    """As many levels as fit into OUTLINE_ENTRIES; the first level always."""
    titled = [s for s in sections if s.title]
    count = 0
    for heading in sorted({s.heading for s in titled}):
        level = [s for s in titled if s.heading == heading]
        count += len(level)
        if heading > 2 and count > OUTLINE_ENTRIES:
            break
        for section in level:
            section.in_outline = True
