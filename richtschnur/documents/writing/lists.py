"""Flat items become nested lists."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from richtschnur.documents.paper import Heading, Item, PageBreak, PaperBlock, Table, Text


@dataclass(frozen=True, slots=True)
class Entry:
    item: Item
    below: tuple["Listing", ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of one level; bullets and numbers do not share a list."""

    numbered: bool
    entries: tuple[Entry, ...]


def with_lists(
    blocks: Sequence[PaperBlock],
) -> Iterator[Heading | Text | Table | PageBreak | Listing]:
    """The blocks with runs of items put together."""
    run: list[Item] = []
    for block in blocks:
        if isinstance(block, Item):
            run.append(block)
            continue
        yield from nested(run)
        run = []
        yield block
    yield from nested(run)


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
