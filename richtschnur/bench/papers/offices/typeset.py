"""A sheet typeset as PDF: hyphenated and justified, with running heads, notes and columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import typst

from richtschnur.bench.papers.offices.sheet import (
    Box,
    Break,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Run,
    Sheet,
    Table,
)

_HEAD: Final = """
#set page(paper: "a4", margin: 2.4cm, header: [#text(9pt)[HEADER]], footer: context
  align(center, text(9pt)[Seite #counter(page).display() von #counter(page).final().first()]))
#set text(lang: "de", size: 10.5pt, hyphenate: true)
#set par(justify: true, leading: 0.65em, spacing: 1.1em)
#let head(size, words) = block(above: 1.6em, below: 0.9em, sticky: true,
  text(size, weight: "bold", hyphenate: false, words))
"""
_SIZES: Final = {1: 17, 2: 14, 3: 12, 4: 11}


def write_pdf(sheet: Sheet) -> bytes:
    """The file's bytes."""
    source = _HEAD.replace("HEADER", _words(sheet.header)) + "".join(map(_part, sheet.parts))
    if any(isinstance(one, Break) and one.kind == "contents" for one in sheet.parts):
        headings = [one for one in sheet.parts if isinstance(one, Heading) and one.level < 4]
        source = source.replace("\0contents", _contents(headings))
    made = typst.compile(source.encode())
    assert isinstance(made, bytes)
    return made


def _words(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "#*_$@<>[]`\\=-+/~'\"" else sign for sign in text)


def _part(part: Part) -> str:
    if isinstance(part, Heading):
        words = _words(f"{part.number} {part.text}".strip())
        return f"\n#head({_SIZES.get(part.level, 11)}pt)[{words}]\n"
    if isinstance(part, Paragraph):
        return _paragraph(part)
    if isinstance(part, Items):
        return _items(part)
    if isinstance(part, Table):
        return _table(part)
    if isinstance(part, Picture):
        caption = f'#text(9pt, style: "italic")[{_words(part.caption)}]'
        return f"\n#rect(width: 5cm, height: 2.5cm, fill: gray)\n{caption}\n\n"
    return _break(part) if isinstance(part, Break) else _box(part)


def _box(one: Box) -> str:
    inner = "\n\n".join(map(_words, one.texts))
    return f"\n#block(stroke: 0.5pt, inset: 6pt, width: 100%)[{inner}]\n"


def _paragraph(one: Paragraph) -> str:
    words = "".join(map(_run, one.runs))
    if one.style == "title":
        return f'\n#text(24pt, weight: "bold", hyphenate: false)[{words}]\n\n'
    if one.style == "subtitle":
        return f"\n#text(14pt)[{words}]\n\n"
    if one.style == "quote":
        return f"\n#pad(left: 1cm, emph[{words}])\n\n"
    return f"\n{words}\n\n"


def _run(one: Run) -> str:
    if one.kind == "deleted":
        return ""
    words = _words(one.text)
    if one.kind == "bold":
        words = f"#strong[{words}]"
    elif one.kind == "arabic":
        words = f'#text(lang: "ar", font: "Amiri")[{words}]'
    elif one.kind == "link":
        words = f'#link("https://www.example.org/konzept")[{words}]'
    return words + (f"#footnote[{_words(one.note)}]" if one.note else "")


def _items(one: Items) -> str:
    lines = []
    counts = [0, 0, 0]
    for level, runs in one.entries:
        counts[level - 1] += 1
        words = "".join(map(_run, runs))
        sign = "•"
        if not one.form.endswith("•"):
            count = counts[level - 1]
            sign = f"{chr(96 + count)})" if one.form == "a)" else f"{count}."
        lines.append(
            f"#pad(left: {0.6 * (level - 1)}cm, grid(columns: (0.6cm, 1fr), [{_words(sign)}],"
            f" [{words}]))"
        )
    return "\n" + "\n".join(lines) + "\n"


def _table(one: Table) -> str:
    count = len(one.rows[0])
    widths = one.widths or (1,) * count
    cells = []
    for at, row in enumerate(one.rows):
        is_wide = at in one.spans
        for place, text in enumerate(row[:1] if is_wide else row):
            words = _words(text)
            words = f"#strong[{words}]" if place == 0 or at == 0 else words
            span = f"table.cell(colspan: {count})" if is_wide else ""
            cells.append(f"{span}[{words}]")
    columns = ", ".join(f"{width}fr" for width in widths)
    caption = f'\n#text(9pt, style: "italic")[{_words(one.caption)}]\n' if one.caption else ""
    inner = ", ".join(cells)
    return (
        f"{caption}\n#[#set par(justify: false)\n#table(columns: ({columns},),"
        f" stroke: 0.5pt, {inner})]\n"
    )


def _break(one: Break) -> str:
    if one.kind == "page":
        return "\n#pagebreak(weak: true)\n"
    if one.kind == "columns":
        return "\n#columns(2, gutter: 0.9cm)[\n"
    return "\n]\n" if one.kind == "one-column" else "\0contents"


def _contents(headings: Sequence[Heading]) -> str:
    lines = [
        f"#box(width: 1fr)[{_words(f'{one.number} {one.text}'.strip())} #box(width: 1fr, repeat[.])"
        f" {at}] \\\n"
        for at, one in enumerate(headings, 2)
    ]
    return '\n#text(14pt, weight: "bold")[Inhalt]\n\n' + "".join(lines) + "\n#pagebreak()\n"
