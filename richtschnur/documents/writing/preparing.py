"""A paper's structure made sound before any writer sees it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from richtschnur.documents.marks import Mark
from richtschnur.documents.paper import (
    Beside,
    Heading,
    Item,
    Note,
    PageBreak,
    Paper,
    PaperBlock,
    Picture,
    Room,
    Table,
    Text,
    Unwritable,
)
from richtschnur.documents.writing.cleaning import language_of, one_line, tag_of, trimmed
from richtschnur.documents.writing.marking import moved, trimmed_marked
from richtschnur.documents.writing.pictures import size_of

_ANCHOR: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
_MOST_LINES: Final = 60


def prepared(paper: Paper) -> Paper:
    """The paper with clean texts, heading levels without gaps, anchors unique, rows filled.

    Footnotes are put with the text that holds their sign; one without such a text becomes a
    paragraph. Raises Unwritable("no-alternative") and ValueError (a row longer than its head).
    """
    default = tag_of(paper.language) or "de"
    return replace(
        paper,
        title=one_line(paper.title) or "–",
        subtitle=one_line(paper.subtitle),
        county=one_line(paper.county),
        language=default,
        notes=tuple((one_line(label), trimmed(value)) for label, value in paper.notes),
        blocks=_Preparation(default).blocks(paper.blocks),
        accent=paper.accent if re.fullmatch("#[0-9a-fA-F]{6}", paper.accent) else "#1d4f60",
    )


def filled_rows(head: Sequence[object], rows: Iterable[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Rows as long as the head. Raises ValueError for longer ones."""
    for index, row in enumerate(rows, start=1):
        if len(row) > len(head):
            raise ValueError(f"row {index} has {len(row)} cells, the head {len(head)}")
        yield tuple(trimmed(cell) for cell in row) + ("",) * (len(head) - len(row))


@dataclass
class _Preparation:
    """What has to be remembered from block to block."""

    default: str
    levels: list[int] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)

    def blocks(self, blocks: Iterable[PaperBlock]) -> tuple[PaperBlock, ...]:
        ready: list[PaperBlock] = []
        waiting: dict[str, int] = {}  # signs whose footnotes have not come yet, by place
        for block in blocks:
            if isinstance(block, Note):
                self._put_note(block, ready, waiting)
                continue
            for one in self._block(block):
                if isinstance(one, Text | Item):
                    signs = (mark.value for mark in one.marks if mark.kind == "note")
                    waiting |= dict.fromkeys(signs, len(ready))
                ready.append(one)
        return tuple(ready)

    def _put_note(self, note: Note, ready: list[PaperBlock], waiting: dict[str, int]) -> None:
        fair = self._note(note)
        if not fair.text:
            return
        at = waiting.pop(note.sign, None)
        host = None if at is None else ready[at]
        if at is not None and isinstance(host, Text | Item):
            ready[at] = replace(host, notes=(*host.notes, fair))
            return
        text, marks = _labelled(fair.sign, fair.text, fair.marks)
        ready.append(Text(text, "note", fair.language, marks))

    def _block(self, block: PaperBlock) -> Iterator[PaperBlock]:
        match block:
            case Table():
                yield from self._table(block)
            case PageBreak():
                yield block
            case Picture():
                yield self._picture(block)
            case Room():
                lines = min(max(block.lines, 1), _MOST_LINES)
                yield Room(one_line(block.label), lines, one_line(block.tag))
            case Beside():
                yield from self._beside(block)
            case Heading():
                yield from self._heading(block)
            case Text():
                yield from self._text(block)
            case Item():
                yield from self._item(block)

    def _heading(self, heading: Heading) -> Iterator[Heading]:
        text = one_line(heading.text)
        if text:
            level = _closed_level(self.levels, heading.level)
            anchor = _free_anchor(heading.anchor, self.anchors)
            yield Heading(level, text, anchor, self._foreign(text, heading.language))

    def _text(self, block: Text) -> Iterator[Text]:
        text, marks = trimmed_marked(block.text, block.marks)
        if not text:
            return
        label = one_line(block.label)
        if label:
            text, marks = _labelled(label, text, marks)
        language = self._foreign(text, block.language)
        notes = tuple(map(self._note, block.notes))
        yield Text(text, block.style, language, marks, notes=notes)

    def _item(self, block: Item) -> Iterator[Item]:
        text, marks = trimmed_marked(block.text, block.marks)
        if text:
            level = min(max(block.level, 1), 6)
            language = self._foreign(text, block.language)
            notes = tuple(map(self._note, block.notes))
            yield Item(text, level, one_line(block.number), language, marks, notes)

    def _note(self, note: Note) -> Note:
        text, marks = trimmed_marked(note.text, note.marks)
        return Note(one_line(note.sign), text, self._foreign(text, note.language), marks)

    def _picture(self, picture: Picture) -> Picture | Text:
        """A picture that no program could show is said in words."""
        alternative = one_line(picture.alternative)
        if not alternative:
            raise Unwritable("no-alternative", one_line(picture.caption)[:80])
        caption = one_line(picture.caption)
        language = self._foreign(f"{alternative} {caption}", picture.language)
        if size_of(picture.data, picture.media_type) is None:
            return Text("\n".join(filter(None, (alternative, caption))), "note", language)
        return Picture(picture.data, picture.media_type, alternative, caption, language)

    def _beside(self, block: Beside) -> Iterator[PaperBlock]:
        """Only texts stand side by side; what is beside all others follows them."""
        blocks = self.blocks(block.blocks)
        if isinstance(block.other, Room):
            room = next(iter(self._block(block.other)))
            other: tuple[PaperBlock, ...] = (room,)
        else:
            other = self.blocks(block.other)
        if all(isinstance(inner, Text | Item) for inner in (*blocks, *other)):
            yield Beside(blocks, other)  # type: ignore[arg-type]
        elif (
            other and isinstance(other[0], Room) and all(isinstance(i, Text | Item) for i in blocks)
        ):
            yield Beside(blocks, other[0])  # type: ignore[arg-type]
        else:
            yield from (*blocks, *other)

    def _table(self, table: Table) -> Iterator[Table | Text]:
        """The table with clean cells; of one without columns, what it was to be called."""
        head = tuple(one_line(cell) for cell in table.head)
        caption = one_line(table.caption)
        own = table.rows
        rows = tuple(filled_rows(head, own)) if isinstance(own, Sequence) else _Filled(head, own)
        language = self._foreign("", table.language)
        if head:
            yield Table(caption, head, rows, _widths(table, head, rows), language)
        elif caption:
            yield Text(caption, language=language)

    def _foreign(self, text: str, given: str) -> str:
        """The language where it is another than the paper's, else ""."""
        language = language_of(text, tag_of(given), self.default)
        return "" if language == self.default else language


def _labelled(label: str, text: str, marks: Sequence[Mark]) -> tuple[str, tuple[Mark, ...]]:
    return f"{label} {text}", moved(marks, len(label) + 1)


def _closed_level(levels: list[int], level: int) -> int:
    while levels and levels[-1] >= level:
        levels.pop()
    levels.append(level)
    return min(len(levels), 6)


def _free_anchor(anchor: str, taken: set[str]) -> str:
    if not _ANCHOR.fullmatch(anchor) or anchor in taken:
        return ""
    taken.add(anchor)
    return anchor


@dataclass(frozen=True)
class _Filled:
    """Rows that are made ready while they are read, each time anew."""

    head: tuple[str, ...]
    rows: Iterable[tuple[str, ...]]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return filled_rows(self.head, self.rows)


def _widths(
    table: Table, head: tuple[str, ...], rows: Iterable[tuple[str, ...]]
) -> tuple[float, ...]:
    """Shares that add up to 1, from the caller or from the lengths of the contents."""
    widths = table.widths
    if len(widths) != len(head) or min(widths, default=0) <= 0:
        first = list(islice(rows, 500))
        widths = tuple(
            _need([title, *(row[column] for row in first)]) for column, title in enumerate(head)
        )
    return tuple(width / sum(widths) for width in widths)


def _need(cells: list[str]) -> float:
    longest_word = max((len(word) for cell in cells for word in cell.split()), default=1)
    mean = sum(map(len, cells)) / len(cells)
    return max(4.0, min(longest_word, 18) + 1.5, min(mean, 240) ** 0.5 * 3.2)
