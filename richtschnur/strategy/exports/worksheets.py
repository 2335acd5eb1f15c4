"""A draft with room to write beside each passage, for whoever works on paper or in a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from richtschnur.county.queries import the_county
from richtschnur.documents.paper import (
    Beside,
    Heading,
    PageBreak,
    Paper,
    PaperBlock,
    Room,
    Table,
    Text,
)
from richtschnur.strategy.exports.papers import (
    block_of,
    facts_of,
    heading_of,
    own_words,
    read_sections,
)
from richtschnur.strategy.exports.tags import room_tag
from richtschnur.strategy.models import Edition, Passage, Section
from richtschnur.strategy.queries import passage_address
from richtschnur.strategy.states import PassageKind

_LETTERS_A_LINE = 34  # of print in the narrow column, so that both columns end together


@dataclass(frozen=True)
class Occasion:
    """Why somebody writes: what it is about, and facts such as until when and where to send it.

    `address` is the installation's ("https://…", without a slash at the end), "" while unknown.
    """

    lead: str
    facts: tuple[tuple[str, str], ...] = ()
    address: str = ""

    @property
    def variant(self) -> str:
        """Tells files of one edition apart."""
        return repr(("room", self.lead, self.facts, self.address))


def as_worksheet(edition: Edition, *, occasion: Occasion, at: datetime) -> Paper:
    """First what it is, until when, and where to send it; then each passage with its room."""
    county = the_county()
    return Paper(
        title=edition.title,
        subtitle=_("Draft with room to write beside each passage"),
        language=edition.strategy.language,
        blocks=[*_first_page(edition, occasion), *_passages(edition, occasion)],
        written_at=edition.frozen_at or at,
        county=county.name,
        notes=(*occasion.facts, *facts_of(edition)),
        accent=county.accent,
        words=own_words(),
    )


def _first_page(edition: Edition, occasion: Occasion) -> Iterator[PaperBlock]:
    yield Text(occasion.lead, "lead")
    yield Text(
        _(
            "Beside each passage there is room for what you want to say about it. You need not"
            " fill all of them. Please leave the numbers of the passages as they are: by them we"
            " find the place that you mean."
        )
    )
    yield Room(_("Name, organisation and how we reach you (voluntary)"), 4)
    yield Room(_("On the whole paper"), 8, room_tag(edition, 0))
    yield PageBreak()


def _passages(edition: Edition, occasion: Occasion) -> Iterator[PaperBlock]:
    for section in read_sections(edition):
        if heading := heading_of(section):
            yield heading
        yield from _besides(edition, section, occasion)


def _besides(edition: Edition, section: Section, occasion: Occasion) -> Iterator[Beside]:
    """One for each passage; footnotes stay with the passage before them."""
    group: list[Passage] = []
    for passage in section.passages.all():
        if group and passage.kind != PassageKind.NOTE:
            yield _beside(edition, group, occasion)
            group = []
        group.append(passage)
    if group:
        yield _beside(edition, group, occasion)


def _beside(edition: Edition, passages: list[Passage], occasion: Occasion) -> Beside:
    first = passages[0]
    place = _("Passage %(n)s") % {"n": first.number}
    where = f"{occasion.address}{passage_address(edition, first.number)}"
    length = sum(len(passage.text) for passage in passages)
    lines = min(12, max(4, 2 + length // _LETTERS_A_LINE))
    room = Room("", lines, room_tag(edition, first.number))
    blocks = [block for block in map(block_of, passages) if not isinstance(block, Heading)]
    if isinstance(blocks[0], Table):  # its caption stays with it on the page
        caption = " – ".join(filter(None, (place, blocks[0].caption)))
        return Beside((replace(blocks[0], caption=caption), *blocks[1:]), room)
    label = Text(f"{place}\n{where}" if occasion.address else place, "note")
    return Beside((label, *blocks), room)
