"""One HTML file that needs nothing else: read on a screen, printed on paper."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from richtschnur.documents.paper import Heading, PageBreak, Paper, Table, Text
from richtschnur.documents.writing.cleaning import is_right_to_left, language_of
from richtschnur.documents.writing.lists import Listing, with_lists

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
    yield f'<body class="{"wide" if paper.landscape else "narrow"}">\n<header>'
    yield from _opening(paper)
    yield "</header>\n<main>"
    yield from _blocks(paper)
    yield "</main>\n</body>\n</html>"


def _opening(paper: Paper) -> Iterator[str]:
    if paper.county:
        yield f'<p class="county">{escape(paper.county)}</p>'
    yield f"<h1>{escape(paper.title)}</h1>"
    if paper.subtitle:
        yield f'<p class="subtitle">{escape(paper.subtitle)}</p>'
    if paper.notes:
        yield "<dl>"
        for label, value in paper.notes:
            yield f"<div><dt>{escape(label)}</dt><dd>{_lines(value)}</dd></div>"
        yield "</dl>"
    if paper.contents:
        yield from _contents(paper)


def _contents(paper: Paper) -> Iterator[str]:
    yield "<nav>"
    for index, block in enumerate(paper.blocks):
        if isinstance(block, Heading) and block.level <= 3:
            anchor = block.anchor or f"heading-{index}"
            text = escape(block.text)
            yield f'<p class="depth-{block.level}"><a href="#{anchor}">{text}</a></p>'
    yield "</nav>"


def _blocks(paper: Paper) -> Iterator[str]:
    unnamed = {id(block): f"heading-{index}" for index, block in enumerate(paper.blocks)}
    for block in with_lists(paper.blocks):
        match block:
            case Heading():
                level = min(block.level + 1, 6)
                anchor = block.anchor or unnamed[id(block)]
                attributes = f' id="{anchor}"{_spoken(block.text, paper.language)}'
                yield f"<h{level}{attributes}>{escape(block.text)}</h{level}>"
            case Text():
                yield _text(block, paper.language)
            case Listing():
                yield from _list(block, paper.language)
            case Table():
                yield from _table(block, paper.language)
            case PageBreak():
                yield "<hr>"


def _text(block: Text, default: str) -> str:
    spoken = _spoken(block.text, default, block.language)
    if block.style == "quote":
        return f"<blockquote{spoken}><p>{_lines(block.text)}</p></blockquote>"
    style = "" if block.style == "body" else f' class="{block.style}"'
    return f"<p{style}{spoken}>{_lines(block.text)}</p>"


def _list(listing: Listing, default: str) -> Iterator[str]:
    # Numbers stand in the text as they are; the role keeps it a list without list signs.
    yield '<ol role="list">' if listing.numbered else "<ul>"
    for entry in listing.entries:
        number = f'<span class="number">{escape(entry.item.number)}</span> '
        opening = f"<li{_spoken(entry.item.text, default)}>"
        yield opening + (number if listing.numbered else "") + _lines(entry.item.text)
        for below in entry.below:
            yield from _list(below, default)
        yield "</li>"
    yield "</ol>" if listing.numbered else "</ul>"


def _table(table: Table, default: str) -> Iterator[str]:
    label = f' aria-label="{escape(table.caption)}" role="region"' if table.caption else ""
    yield f'<div class="table" tabindex="0"{label}><table>'
    if table.caption:
        yield f"<caption>{escape(table.caption)}</caption>"
    columns = "".join(f'<col style="width: {width:.1%}">' for width in table.widths)
    yield f"<colgroup>{columns}</colgroup>"
    head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in table.head)
    yield f"<thead><tr>{head}</tr></thead>\n<tbody>"
    for row in table.rows:
        cells = (f"<td{_spoken(cell, default)}>{_lines(cell)}</td>" for cell in row)
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>\n</table></div>"


def _spoken(text: str, default: str, given: str = "") -> str:
    language = language_of(text, given, default)
    if language == default:
        return ""
    direction = "rtl" if is_right_to_left(language) else "ltr"
    return f' lang="{escape(language)}" dir="{direction}"'


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")
