"""Flat items become nested lists; texts with room to write stand together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from richtschnur.documents.paper import (
    Beside,
    Heading,
    Item,
    PageBreak,
    PaperBlock,
    Picture,
    Room,
    Table,
    Text,
)


@dataclass(frozen=True, slots=True)
class Entry:
    item: Item
    below: tuple["Listing", ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of one level; bullets and numbers do not share a list."""

    numbered: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Columns:
    """Texts with room beside each, in one table."""

    entries: tuple[Beside, ...]


Arranged = Heading | Text | Table | Picture | Room | PageBreak | Listing | Columns


def with_lists(blocks: Sequence[PaperBlock]) -> Iterator[Arranged]:
    """The prepared blocks with runs of items, and of texts with room, put together."""
    items: list[Item] = []
    beside: list[Beside] = []
    for block in blocks:
        if items and not isinstance(block, Item):
            yield from nested(items)
            items = []
        if beside and not isinstance(block, Beside):
            yield Columns(tuple(beside))
            beside = []
        if isinstance(block, Item):
            items.append(block)
        elif isinstance(block, Beside):
            beside.append(block)
        elif isinstance(block, Heading | Text | Table | Picture | Room | PageBreak):
            yield block
    yield from nested(items)
    if beside:
        yield Columns(tuple(beside))


def nested(items: Sequence[Item]) -> Iterator[Listing]:
    index = 0
    level = min((item.level for item in items), default=1)
    while index < len(items):
        numbered = bool(items[index].number)
        entries: list[Entry] = []
        while index < len(items) and bool(items[index].number) == numbered:
            end = index + 1
            while end < len(items) and items[end].level > level:
                end += 1
            entries.append(Entry(items[index], tuple(nested(items[index + 1 : end]))))
            index = end
        yield Listing(numbered, tuple(entries))
