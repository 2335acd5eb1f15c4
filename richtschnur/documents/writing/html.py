"""One HTML file that needs nothing else: read on a screen, printed on paper."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from richtschnur.documents.paper import (
    Heading,
    PageBreak,
    Paper,
    PaperBlock,
    Picture,
    Room,
    Table,
    Text,
    Words,
)
from richtschnur.documents.writing.cleaning import is_right_to_left, language_of
from richtschnur.documents.writing.html_inlines import Inlines, attributes, lines
from richtschnur.documents.writing.lists import Arranged, Columns, Listing, with_lists
from richtschnur.documents.writing.pictures import size_of

STYLE = Path(__file__).parent / "resources" / "paper.css"


def write_html(paper: Paper, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for part in _page(paper):
            file.write(part + "\n")


def _page(paper: Paper) -> Iterator[str]:
    direction = "rtl" if is_right_to_left(paper.language) else "ltr"
    size = f"{paper.paper_size.upper()}{' landscape' if paper.landscape else ''}"
    yield "<!DOCTYPE html>"
    yield f'<html lang="{paper.language}" dir="{direction}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(paper.title)}</title>"
    yield f"<style>\n:root {{ --accent: {paper.accent}; }}\n@page {{ size: {size}; }}"
    yield STYLE.read_text("utf-8") + "</style>\n</head>"
    yield f'<body class="{"wide" if paper.landscape else "narrow"}">\n<main>\n<header>'
    yield from _opening(paper)
    yield "</header>"
    yield from _blocks(paper)
    yield "</main>\n</body>\n</html>"


def _opening(paper: Paper) -> Iterator[str]:
    if paper.county:
        yield f'<p class="county">{escape(paper.county)}</p>'
    yield f"<h1>{escape(paper.title)}</h1>"
    if paper.subtitle:
        yield f'<p class="subtitle">{escape(paper.subtitle)}</p>'
    for label, value in paper.notes:
        yield f'<p class="fact"><strong>{escape(label)}:</strong> {lines(value)}</p>'
    if paper.contents:
        yield from _contents(paper)


def _contents(paper: Paper) -> Iterator[str]:
    yield f'<nav aria-label="{escape(paper.words.contents)}">'
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Heading) and block.level <= 3:
            anchor = block.anchor or f"heading-{index}"
            text = escape(block.text)
            yield f'<p class="depth-{block.level}"><a href="#{anchor}">{text}</a></p>'
    yield "</nav>"


def _blocks(paper: Paper) -> Iterator[str]:
    unnamed = {id(block): f"heading-{index}" for index, block in enumerate(paper.blocks)}
    page = _Page(paper.language, Inlines(paper.language, paper.words), paper.words)
    for block in with_lists(paper.blocks):
        match block:
            case Heading():
                level = min(block.level + 1, 6)
                said = attributes(block.language, paper.language)
                opening = f'<h{level} id="{block.anchor or unnamed[id(block)]}"{said}>'
                yield f"{opening}{escape(block.text)}</h{level}>"
            case _:
                yield from page.block(block)
    yield from page.inlines.ending()


@dataclass
class _Page:
    """Everything below the title but the headings."""

    default: str
    inlines: Inlines
    words: Words

    def block(self, block: Arranged) -> Iterator[str]:
        match block:
            case Text():
                yield self._text(block)
            case Listing():
                yield from self._list(block)
            case Table():
                yield from self._table(block)
            case Picture():
                yield self._picture(block)
            case Room():
                yield self._room(block)
            case Columns():
                yield from self._columns(block)
            case PageBreak():
                yield "<hr>"

    def _text(self, block: Text) -> str:
        said, text = attributes(block.language, self.default), self.inlines.marked(block)
        style = "" if block.style == "body" else f' class="{block.style}"'
        said_whole = f"<p{style}>{text}</p>"
        if block.style == "quote":
            said_whole = f"<blockquote><p>{text}</p></blockquote>"
        # Programs that read the page keep the language of a division, but not of a paragraph.
        return f"<div{said}>{said_whole}</div>" if said else said_whole

    def _list(self, listing: Listing) -> Iterator[str]:
        # Numbers stand in the text as they are; the role keeps it a list without list signs.
        yield '<ol role="list">' if listing.numbered else "<ul>"
        for entry in listing.entries:
            number = f'<span class="number">{escape(entry.item.number)}</span> '
            said = attributes(entry.item.language, self.default)
            text = self.inlines.marked(entry.item)
            text = f"<span{said}>{text}</span>" if said else text
            yield "<li>" + (number if listing.numbered else "") + text
            for below in entry.below:
                yield from self._list(below)
            yield "</li>"
        yield "</ol>" if listing.numbered else "</ul>"

    def _table(self, table: Table) -> Iterator[str]:
        language = table.language or self.default
        said = attributes(table.language, self.default)
        label = f' aria-label="{escape(table.caption)}" role="region"' if table.caption else ""
        yield f'<div class="table" tabindex="0"{label}{said}><table>'
        if table.caption:
            yield f"<caption>{escape(table.caption)}</caption>"
        columns = "".join(f'<col style="width: {width:.1%}">' for width in table.widths)
        yield f"<colgroup>{columns}</colgroup>"
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
        yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
        for row in table.rows:
            cells = (
                f"<td{attributes(language_of(cell, '', language), language)}>{lines(cell)}</td>"
                for cell in row
            )
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody>\n</table></div>"

    def _picture(self, picture: Picture) -> str:
        size = size_of(picture.data, picture.media_type) or (0, 0)
        data = b64encode(picture.data).decode("ascii")
        image = (
            f'<img src="data:{picture.media_type};base64,{data}" width="{size[0]}" '
            f'height="{size[1]}" alt="{escape(picture.alternative)}">'
        )
        caption = f"<figcaption>{escape(picture.caption)}</figcaption>" if picture.caption else ""
        return f"<figure{attributes(picture.language, self.default)}>{image}{caption}</figure>"

    def _room(self, room: Room) -> str:
        label = f"<p>{escape(room.label)}</p>" if room.label else ""
        return f'<div class="room">{label}{"<div></div>" * room.lines}</div>'

    def _columns(self, columns: Columns) -> Iterator[str]:
        for entry in columns.entries:
            yield '<div class="beside"><div>'
            yield from self._all(entry.blocks)
            yield "</div>"
            if isinstance(entry.other, Room):
                yield self._room(entry.other)
            else:
                yield from ("<div>", *self._all(entry.other), "</div>")
            yield "</div>"

    def _all(self, blocks: Sequence[PaperBlock]) -> Iterator[str]:
        for block in with_lists(blocks):
            yield from self.block(block)
