"""What stands in an edition: its headings in order, and the pages on which a long one is read.

A short paper is one page. A long one is cut between sections: a chapter that fits is one page, of
a longer one as many neighbouring sections as fit share a page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count

from richtschnur.strategy.models import Edition, Passage
from richtschnur.ui.contents import ContentsEntry

SHORT_PAPER = 150  # passages; more are read by section
FULL_PAGE = 60  # passages on one page, as far as sections allow
SHORT_CONTENTS = 32  # entries; of a short paper only as many levels are shown as fit


@dataclass
class Heading:
    """A section's heading; `title` is "" where none is shown. `page` counts from 0.

    `words` is the title without its number, `translated` what stands for it in the reader's
    language, "" where there is nothing (see `contents_in`).
    """

    pk: int
    position: int
    level: int
    title: str
    passages: int
    identity: UUID | None = None
    number: str = ""
    words: str = ""
    translated: str = ""
    page: int = 0
    parent: Heading | None = field(default=None, repr=False)
    children: list[Heading] = field(default_factory=list, repr=False)

    @property
    def anchor(self) -> str:
        return f"s{self.position}"

    @property
    def shown(self) -> str:
        return self.translated or self.title

    def subtree(self) -> Iterator[Heading]:
        """This one and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.subtree()


@dataclass(frozen=True)
class ReadingPage:
    """Neighbouring sections that are read together; its address names the first one's position."""

    index: int
    headings: tuple[Heading, ...]

    @property
    def position(self) -> int:
        return self.headings[0].position

    @property
    def heading(self) -> Heading | None:
        """The first one that is shown."""
        return next((heading for heading in self.headings if heading.title), None)

    @property
    def title(self) -> str:
        return self.heading.title if self.heading else ""

    @property
    def path(self) -> list[Heading]:
        """What its first section stands under, the outermost first."""
        found: list[Heading] = []
        above = self.headings[0].parent
        while above is not None:
            found.insert(0, above)
            above = above.parent
        return found


@dataclass
class Contents:
    """An edition's headings in order (`roots` nests them), its pages, its number of passages.

    `tag` is the reader's language where some heading is translated into it, else ""; `paper_tag`
    then that of all other headings.
    """

    headings: list[Heading]
    roots: list[Heading]
    pages: list[ReadingPage]
    passages: int
    tag: str = ""
    paper_tag: str = ""

    @property
    def is_long(self) -> bool:
        return self.passages > SHORT_PAPER and len(self.pages) > 1

    def page_with(self, *, position: int) -> ReadingPage | None:
        """The page on which the section at this position stands."""
        for heading in self.headings:
            if heading.position == position:
                return self.pages[heading.page]
        return None

    def neighbours(self, page: ReadingPage) -> tuple[ReadingPage | None, ReadingPage | None]:
        """The pages before and behind this one."""
        before = self.pages[page.index - 1] if page.index else None
        return before, next(iter(self.pages[page.index + 1 : page.index + 2]), None)

    def beside(self, page: ReadingPage, address: Callable[[ReadingPage], str]) -> dict[str, Any]:
        """The pages before and behind with their addresses, as the templates name them."""
        before, after = self.neighbours(page)
        return {
            "before": before,
            "after": after,
            "before_address": address(before) if before else "",
            "after_address": address(after) if after else "",
        }

    def anchors(self, pages: Sequence[str]) -> Callable[[Heading], str]:
        """Where a heading is read when its page has this address; without any, on this page."""

        def address(heading: Heading) -> str:
            if not (pages and self.is_long):
                return f"#{heading.anchor}"
            is_first = self.pages[heading.page].position == heading.position
            return pages[heading.page] + ("" if is_first else f"#{heading.anchor}")

        return address

    def entries(
        self, address: Callable[[Heading], str], here: ReadingPage | None = None
    ) -> list[ContentsEntry]:
        """The table of contents with an address for each heading; a lone root is no level."""
        depth = None if self.is_long else self._levels_that_fit()
        lone = [root for root in self.roots if root.title]
        tops = [*lone, *lone[0].children] if len(lone) == 1 else lone
        present = {id(heading) for heading in here.headings} if here else set()

        def entry(heading: Heading, level: int) -> ContentsEntry:
            is_flat = (len(lone) == 1 and heading is lone[0]) or level == depth
            below = [] if is_flat else [entry(child, level + 1) for child in heading.children]
            is_here = id(heading) in present
            tag = "" if heading.translated else self.paper_tag
            return ContentsEntry(heading.shown, address(heading), is_here, below, tag)

        return [entry(top, 1) for top in tops]

    def _levels_that_fit(self) -> int:
        """How many levels of headings a short table of contents can show; one at least."""
        level, count, depth = self.roots, 0, 0
        while level:
            count += sum(1 for heading in level if heading.title)
            if depth and count > SHORT_CONTENTS:
                break
            level = [child for heading in level for child in heading.children]
            depth += 1
        return max(1, depth)


@dataclass(frozen=True)
class Shown:
    """What one address shows of an edition: for what stands in a page's head for machines.

    A page of a long paper has `page`, a passage's own page `passages` with it alone, the first
    page of an edition neither.
    """

    edition: Edition
    contents: Contents | None = None
    page: ReadingPage | None = None
    passages: tuple[Passage, ...] = ()

    @property
    def search_in(self) -> dict[str, str]:
        """What a search on this page is narrowed to."""
        return {"paper": self.edition.strategy.slug, "edition": f"edition:{self.edition.ref}"}


def contents_of(edition: Edition) -> Contents:
    """Headings and pages of an edition; one query."""
    rows = edition.sections.order_by("position", "pk").annotate(count=Count("passages"))
    headings: list[Heading] = []
    for pk, identity, position, level, number, title, count in rows.values_list(
        "pk", "identity", "position", "level", "number", "title", "count"
    ):
        is_paper = not headings and title.strip() == edition.title.strip()
        shown = "" if is_paper else f"{number} {title}".strip()
        headings.append(Heading(pk, position, level, shown, count, identity, number, title))
    roots = _nested(headings)
    runs = _together(_runs(roots), full=0)
    pages = [ReadingPage(index, tuple(run)) for index, run in enumerate(runs)]
    for page in pages:
        for heading in page.headings:
            heading.page = page.index
    return Contents(headings, roots, pages, sum(heading.passages for heading in headings))


def _nested(headings: list[Heading]) -> list[Heading]:
    """The outermost headings; what has no title stands alone."""
    roots: list[Heading] = []
    above: list[Heading] = []
    for heading in headings:
        above = [h for h in above if h.level < heading.level] if heading.title else []
        if above:
            heading.parent = above[-1]
            above[-1].children.append(heading)
        else:
            roots.append(heading)
        if heading.title:
            above.append(heading)
    return roots


def _runs(siblings: list[Heading]) -> list[list[Heading]]:
    """Sections that share a page, over these siblings and all below them."""
    runs: list[list[Heading]] = []
    for sibling in siblings:
        whole = list(sibling.subtree())
        if not sibling.children or _size(whole) <= FULL_PAGE:
            runs.append(whole)
            continue
        runs += _together([[sibling], *_runs(sibling.children)])
    return runs


def _together(runs: list[list[Heading]], full: int = FULL_PAGE) -> list[list[Heading]]:
    """Neighbours joined as long as they hold `full` passages at most.

    An empty one joins any, and what stands before the first heading joins what follows.
    """
    joined = runs[:1]
    for run in runs[1:]:
        size = _size(joined[-1])
        is_foreword = size <= FULL_PAGE and not any(heading.title for heading in joined[-1])
        if is_foreword or 0 in (size, _size(run)) or size + _size(run) <= full:
            joined[-1] = joined[-1] + run
        else:
            joined.append(run)
    return joined


def _size(run: list[Heading]) -> int:
    return sum(heading.passages for heading in run)
