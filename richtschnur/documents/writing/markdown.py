"""CommonMark with pipe tables; all of a text's own signs are escaped."""

import re
from collections.abc import Iterator
from pathlib import Path

from richtschnur.documents.paper import Heading, PageBreak, Paper, Table, Text
from richtschnur.documents.writing.lists import Listing, with_lists

_SIGNS = re.compile(r"[\\`*_\[\]<>|~&$^{}]")
_OPENING = re.compile(r"^( *)([#+=-]|\d{1,9}(?=[.)](?:\s|$))|:)", re.MULTILINE)


def write_markdown(paper: Paper, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write("\n\n".join([*_opening(paper), *_blocks(paper)]) + "\n")


def _opening(paper: Paper) -> Iterator[str]:
    yield f"# {_heading(paper.title)}"
    if paper.subtitle:
        yield f"**{_line(paper.subtitle)}**"
    if paper.county:
        yield _line(paper.county)
    if paper.notes:
        yield "\n".join(f"- {_line(label)}: {_line(value)}" for label, value in paper.notes)


def _blocks(paper: Paper) -> Iterator[str]:
    for block in with_lists(paper.blocks):
        match block:
            case Heading():
                yield f"{'#' * min(block.level + 1, 6)} {_heading(block.text)}"
            case Text(style="quote"):
                yield "> " + _text(block.text).replace("\n", "\n> ")
            case Text():
                yield _text(block.text)
            case Listing():
                yield "\n".join(_list(block, ""))
            case Table():
                yield "\n".join(_table(block))
            case PageBreak():
                yield "---"


def _list(listing: Listing, indent: str) -> Iterator[str]:
    counted = [f"{index}." for index, _ in enumerate(listing.entries, start=1)]
    numbers = [entry.item.number for entry in listing.entries]
    for entry, number in zip(listing.entries, numbers, strict=True):
        # Another sign for lists whose numbers stand in the text keeps neighbours apart.
        marker = number if numbers == counted else "*" if listing.numbered else "-"
        opening = _line(number) + " " if marker == "*" else ""
        below = indent + " " * (len(marker) + 1)
        yield f"{indent}{marker} {opening}" + _text(entry.item.text).replace("\n", f"\n{below}")
        for inner in entry.below:
            yield from _list(inner, below)


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{_line(table.caption)}**\n"
    yield f"| {' | '.join(map(_cell, table.head))} |"
    yield f"|{' --- |' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(map(_cell, row))} |"


def _cell(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("\n", "<br>")


def _heading(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text).replace("#", "\\#")


def _line(text: str) -> str:
    return _text(text.replace("\n", " "))


def _text(text: str) -> str:
    escaped = _OPENING.sub(_opened, _SIGNS.sub(r"\\\g<0>", text))
    return escaped.replace("\n", "\\\n")


def _opened(found: re.Match[str]) -> str:
    sign = found[2]
    return found[1] + (sign + "\\" if sign[0].isdigit() else "\\" + sign)
