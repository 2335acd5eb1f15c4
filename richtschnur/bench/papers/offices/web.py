"""A sheet as a web page, as Markdown and as plain text."""

from __future__ import annotations

import base64
import textwrap
from html import escape

from richtschnur.bench.papers.offices.docx_parts import picture
from richtschnur.bench.papers.offices.sheet import (
    Box,
    Heading,
    Items,
    Paragraph,
    Part,
    Picture,
    Run,
    Sheet,
    Table,
)

_LINE = 92  # letters


def write_html(sheet: Sheet) -> bytes:
    """A page with the county's own menu around the text; its notes stand at the end."""
    notes: list[str] = []
    body = "".join(_html(part, notes) for part in sheet.parts)
    made = "".join(f'<li id="n{at}"><p>{escape(note)}</p></li>' for at, note in enumerate(notes, 1))
    foot = f"<section><ol>{made}</ol></section>" if notes else ""
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>'
        f"{escape(sheet.title)}</title></head><body>{body}{foot}</body></html>"
    ).encode()


def _html(part: Part, notes: list[str]) -> str:
    if isinstance(part, Heading):
        words = escape(f"{part.number} {part.text}".strip())
        return f"<h{part.level}>{words}</h{part.level}>"
    if isinstance(part, Paragraph):
        words = "".join(_html_run(one, notes) for one in part.runs)
        tag = {"title": "h1", "quote": "blockquote"}.get(part.style, "p")
        return f"<{tag}>{words}</{tag}>" if words else ""
    if isinstance(part, Items):
        return _html_items(part, notes)
    if isinstance(part, Table):
        return _html_table(part)
    if isinstance(part, Picture):
        data = base64.b64encode(picture()).decode()
        image = f'<img src="data:image/png;base64,{data}" alt="{escape(part.description)}">'
        return f"<figure>{image}<figcaption>{escape(part.caption)}</figcaption></figure>"
    texts = part.texts if isinstance(part, Box) else ()
    return "".join(f"<aside><p>{escape(one)}</p></aside>" for one in texts)


def _html_run(one: Run, notes: list[str]) -> str:
    if one.kind == "deleted":
        return ""
    tags = {
        "bold": "<strong>{}</strong>",
        "arabic": '<span lang="ar" dir="rtl">{}</span>',
        "link": '<a href="https://www.example.org/konzept">{}</a>',
    }
    words = tags.get(one.kind, "{}").format(escape(one.text))
    if one.note:
        notes.append(one.note)
        words += f'<sup><a href="#n{len(notes)}">{len(notes)}</a></sup>'
    return words


def _html_items(one: Items, notes: list[str]) -> str:
    tag = "ul" if one.form.endswith("•") else "ol"
    made = ""
    for level, runs in one.entries:
        words = "".join(_html_run(run, notes) for run in runs)
        entry = f"<li>{words}</li>"
        if level > 1 and made:
            made = f"{made.removesuffix('</li>')}<{tag}>{entry}</{tag}></li>"
        else:
            made += entry
    return f"<{tag}>{made}</{tag}>"


def _html_table(one: Table) -> str:
    rows = []
    for at, row in enumerate(one.rows):
        span = f' colspan="{len(row)}"' if at in one.spans else ""
        cells = row[:1] if span else row
        tag = "th" if at == 0 and not one.spans and len(row) > 2 else "td"
        rows.append(
            "<tr>" + "".join(f"<{tag}{span}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"
        )
    caption = f"<caption>{escape(one.caption)}</caption>" if one.caption else ""
    return f"<table>{caption}{''.join(rows)}</table>"


def write_md(sheet: Sheet) -> bytes:
    """Markdown as an editor of our own writes it: a title of level 1, chapters below."""
    notes: list[str] = []
    has_title = any(isinstance(one, Paragraph) and one.style == "title" for one in sheet.parts)
    parts = [_md(part, notes, has_title) for part in sheet.parts]
    parts += [f"[^{at}]: {note}" for at, note in enumerate(notes, 1)]
    return "\n\n".join(part for part in parts if part).encode()


def _md(part: Part, notes: list[str], has_title: bool) -> str:
    if isinstance(part, Heading):
        words = f"{part.number} {part.text}".strip()
        return f"{'#' * (part.level + has_title)} {words}"
    if isinstance(part, Paragraph):
        words = "".join(_md_run(one, notes) for one in part.runs)
        lead = {"title": "# ", "quote": "> "}.get(part.style, "")
        return f"{lead}{words}" if words else ""
    if isinstance(part, Items):
        return _md_items(part, notes)
    if isinstance(part, Table):
        rows = [f"| {' | '.join(row)} |" for row in part.rows]
        rows.insert(1, "|" + "---|" * len(part.rows[0]))
        return (f"{part.caption}\n\n" if part.caption else "") + "\n".join(rows)
    if isinstance(part, Picture):
        return f"{part.caption}"
    return "\n\n".join(part.texts) if isinstance(part, Box) else ""


def _md_run(one: Run, notes: list[str]) -> str:
    if one.kind == "deleted":
        return ""
    tags = {"bold": "**{}**", "link": "[{}](https://www.example.org/konzept)"}
    core = one.text.strip()
    lead, _, tail = one.text.partition(core) if core else (one.text, "", "")
    words = lead + tags.get(one.kind, "{}").format(core) + tail
    if one.note:
        notes.append(one.note)
        words += f"[^{len(notes)}]"
    return words


def _md_items(one: Items, notes: list[str]) -> str:
    lines = []
    counts = [0, 0, 0]
    for level, runs in one.entries:
        counts[level - 1] += 1
        words = "".join(_md_run(run, notes) for run in runs)
        sign = "-" if one.form.endswith("•") else f"{counts[level - 1]}."
        lines.append(f"{'    ' * (level - 1)}{sign} {words}")
    return "\n".join(lines)


def write_txt(sheet: Sheet) -> bytes:
    """Plain text with broken lines, as somebody saves it from a word processor."""
    counts: list[int] = []
    parts = []
    for part in sheet.parts:
        if isinstance(part, Heading):  # only numbers tell the levels
            counts = [*counts, *[0] * part.level][: part.level]
            counts[-1] += 1
            label = f"{part.number} " if part.number.endswith(":") else ""
            number = ".".join(map(str, counts)) + ("." if part.level == 1 else "")
            parts.append(f"\n{number} {label}{part.text}")
        else:
            parts.append(_txt(part))
    return ("\n\n".join(part for part in parts if part) + "\n").encode()


def _txt(part: Part) -> str:
    if isinstance(part, Paragraph):
        return _wrapped("".join(one.text for one in part.runs if one.kind != "deleted"))
    if isinstance(part, Items):
        entries = []
        for at, (level, runs) in enumerate(part.entries, 1):
            sign = "•" if part.form.endswith("•") else f"{at}."
            indent = "    " * (level - 1)
            words = f"{indent}{sign} {''.join(one.text for one in runs)}"
            entries.append(_wrapped(words, indent + "  "))
        return "\n".join(entries)
    if isinstance(part, Table):
        return "\n\n".join(map(_wrapped, _txt_rows(part)))
    if isinstance(part, Picture):
        return part.caption
    return "\n\n".join(map(_wrapped, part.texts)) if isinstance(part, Box) else ""


def _txt_rows(one: Table) -> list[str]:
    """A fact sheet's rows as they are, other tables cell by cell with the head's words."""
    if len(one.rows[0]) == 2:
        return [": ".join(filter(None, row)) for row in one.rows]
    head, *rows = one.rows
    return [f"{name}: {cell}" for row in rows for name, cell in zip(head, row, strict=True)]


def _wrapped(words: str, indent: str = "") -> str:
    return textwrap.fill(words, _LINE, subsequent_indent=indent, break_on_hyphens=False)
