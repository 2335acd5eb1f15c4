"""Markdown as pandoc knows it: a YAML head, pipe tables with captions, footnotes, languages."""

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

from richtschnur.documents.paper import (
    Heading,
    PageBreak,
    Paper,
    Picture,
    Room,
    Table,
    Text,
)
from richtschnur.documents.writing.lists import Arranged, Columns, Listing, with_lists
from richtschnur.documents.writing.markdown_inlines import Inlines, attributes, escaped, line

_READ_IN_HEAD = re.compile(r"[\\`*_\[\]<>~^$]|&(?=#?\w+;)")


def write_markdown(paper: Paper, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_head(paper))
        for part in _blocks(paper):
            file.write(f"\n{part}\n")


def _head(paper: Paper) -> str:
    """What stands about the paper, as YAML; quoted strings of JSON are such of YAML."""
    lines = ["---", f"title: {_quoted(paper.title)}"]
    if paper.subtitle:
        lines.append(f"subtitle: {_quoted(paper.subtitle)}")
    lines.append(f"lang: {paper.language}")
    if paper.county:
        lines.append(f"county: {_quoted(paper.county)}")
    lines.append(f"written: {paper.written_at.isoformat(timespec='seconds')}")
    if paper.notes:
        lines.append("notes:")
        lines += [f"  {_quoted(label)}: {_quoted(value)}" for label, value in paper.notes]
    return "\n".join([*lines, "---", ""])


def _quoted(text: str) -> str:
    return json.dumps(_READ_IN_HEAD.sub(r"\\\g<0>", text), ensure_ascii=False)


def _blocks(paper: Paper) -> Iterator[str]:
    inlines = Inlines()
    for block in with_lists(paper.blocks):
        yield from _block(block, inlines)
        yield from inlines.footnotes()


def _block(block: Arranged, inlines: Inlines) -> Iterator[str]:
    match block:
        case Heading():
            said = f" {attributes(block.language)}" if block.language else ""
            text = escaped(block.text).replace("#", "\\#")
            yield f"{'#' * min(block.level, 6)} {text}{said}"
        case Listing():
            yield "\n".join(_list(block, inlines, ""))
        case Text() | Table() | Picture():
            yield from _spoken(_own(block, inlines), block.language)
        case Room():
            yield from _room(block)
        case Columns():
            for entry in block.entries:
                other = (entry.other,) if isinstance(entry.other, Room) else entry.other
                for inner in with_lists((*entry.blocks, *other)):
                    yield from _block(inner, inlines)
        case PageBreak():
            yield "---"


def _own(block: Text | Table | Picture, inlines: Inlines) -> str:
    if isinstance(block, Text):
        return _text(block, inlines)
    return "\n".join(_table(block)) if isinstance(block, Table) else _picture(block)


def _spoken(text: str, language: str) -> Iterator[str]:
    if language:
        yield f"::: {attributes(language)}\n{text}\n:::"
    else:
        yield text


def _text(block: Text, inlines: Inlines) -> str:
    text = inlines.marked(block)
    return "> " + text.replace("\n", "\n> ") if block.style == "quote" else text


def _list(listing: Listing, inlines: Inlines, indent: str) -> Iterator[str]:
    counted = [f"{index}." for index, _ in enumerate(listing.entries, start=1)]
    numbers = [entry.item.number for entry in listing.entries]
    for entry, number in zip(listing.entries, numbers, strict=True):
        # Another sign for lists whose numbers stand in the text keeps neighbours apart.
        marker = number if numbers == counted else "*" if listing.numbered else "-"
        opening = line(number) + " " if marker == "*" else ""
        below = indent + " " * (len(marker) + 1)
        text = inlines.marked(entry.item)
        if entry.item.language:
            text = f"[{text}]{attributes(entry.item.language)}"
        yield f"{indent}{marker} {opening}" + text.replace("\n", f"\n{below}")
        for inner in entry.below:
            yield from _list(inner, inlines, below)


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(map(_cell, table.head))} |"
    yield f"|{' --- |' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(map(_cell, row))} |"
    if table.caption:
        yield f"\n: {line(table.caption)}"


def _cell(text: str) -> str:
    return escaped(text).replace("\n", "<br>")


def _picture(picture: Picture) -> str:
    """The caption stands where Markdown has a title, the alternative text where it has one."""
    data = b64encode(picture.data).decode("ascii")
    caption = escaped(picture.caption).replace('"', '\\"')
    title = f' "{caption}"' if caption else ""
    return f"![{escaped(picture.alternative)}](data:{picture.media_type};base64,{data}{title})"


def _room(room: Room) -> Iterator[str]:
    if room.label:
        yield line(room.label)
    yield "\n\n".join(["\\_" * 40] * room.lines)
