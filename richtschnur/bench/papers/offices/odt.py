"""A sheet as the ODT that Writer saves: outline numbering, list styles, notes, frames, changes."""

from __future__ import annotations

import io
import zipfile
from typing import Final
from xml.sax.saxutils import escape

from richtschnur.bench.papers.offices import odt_parts as parts
from richtschnur.bench.papers.offices.docx_parts import picture
from richtschnur.bench.papers.offices.sheet import (
    Box,
    Break,
    Heading,
    Items,
    Paragraph,
    Picture,
    Run,
    Sheet,
    Table,
)
from richtschnur.bench.papers.offices.writer import Writer

_SPANS: Final = {"bold": "T_bold", "italic": "T_italic", "arabic": "T_arabic", "note": "T_note"}
_LISTS: Final = {"•": "L_bullets", "1.": "L_decimals", "a)": "L_letters"}


def write_odt(sheet: Sheet) -> bytes:
    """The file's bytes."""
    return _Writer(sheet).write()


class _Writer(Writer):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._changes: list[str] = []
        self._notes = 0

    def write(self) -> bytes:
        self._parts()
        changes = "".join(self._changes)
        if changes:
            changes = f"<text:tracked-changes>{changes}</text:tracked-changes>"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("mimetype", parts.MIME, zipfile.ZIP_STORED)
            archive.writestr("META-INF/manifest.xml", parts.manifest())
            archive.writestr("styles.xml", parts.styles(self._sheet))
            archive.writestr("content.xml", parts.content(changes + "".join(self._body)))
            archive.writestr("Pictures/image1.png", picture())
        return out.getvalue()

    def _add(self, style: str, inner: str) -> None:
        self._body.append(f'<text:p text:style-name="{style}">{inner}</text:p>')

    def _heading(self, one: Heading) -> None:
        words = escape(one.text)
        if one.look == "bold":
            self._add(f"P_bold{min(one.level, 4)}", f"{escape(one.number)} {words}".strip())
            return
        if one.number and not one.is_counted:
            words = f"{escape(one.number)}<text:tab/>{words}"
        label = one.number.endswith(":")
        header = "" if one.is_counted and not label else ' text:is-list-header="true"'
        text = (
            f'<text:h text:style-name="Heading_20_{one.level}" text:outline-level="{one.level}"'
            f'{header}><text:bookmark text:name="b{len(self._body)}"/>{words}</text:h>'
        )
        if label:
            text = (
                '<text:list text:style-name="L_label" text:continue-numbering="true">'
                f"<text:list-item>{text.replace(header, '')}</text:list-item></text:list>"
            )
        self._body.append(text)

    def _paragraph(self, one: Paragraph, box: Box | None) -> None:
        styles = {"title": "Title", "subtitle": "Subtitle", "quote": "Quotations"}
        inner = self._runs(one.runs)
        if box:
            self._count += 1
            inner += parts.frame(self._count, box.texts)
        self._add(styles.get(one.style, "Text_20_body"), inner)

    def _run(self, one: Run) -> str:
        words = parts.spaced(one.text)
        if one.kind in {"inserted", "deleted"}:
            self._changes.append(parts.change(len(self._changes), one.kind, words))
            mark = f'text:change-id="c{len(self._changes) - 1}"'
            if one.kind == "deleted":
                return f"<text:change {mark}/>"
            words = f"<text:change-start {mark}/>{words}<text:change-end {mark}/>"
        elif one.kind == "link":
            words = f'<text:a xlink:href="https://www.example.org/konzept">{words}</text:a>'
        elif one.kind in _SPANS:
            words = f'<text:span text:style-name="{_SPANS[one.kind]}">{words}</text:span>'
        if one.note:
            self._notes += 1
            words += (
                f'<text:note text:note-class="footnote"><text:note-citation>{self._notes}'
                '</text:note-citation><text:note-body><text:p text:style-name="Footnote">'
                f"{escape(one.note)}</text:p></text:note-body></text:note>"
            )
        return words

    def _items(self, one: Items) -> None:
        if one.form.startswith("typed"):
            for at, (_, runs) in enumerate(one.entries, 1):
                sign = "•" if one.form == "typed-•" else f"{at}."
                self._add("Text_20_body", f"{sign}<text:tab/>{self._runs(runs)}")
            return
        made = ""
        for level, runs in one.entries:
            text = f'<text:p text:style-name="P_list">{self._runs(runs)}</text:p>'
            entry = f"<text:list-item>{text}</text:list-item>"
            if level > 1 and made:
                made = made.removesuffix("</text:list-item>")
                entry = f"<text:list>{entry}</text:list></text:list-item>"
            made += entry
        self._body.append(f'<text:list text:style-name="{_LISTS[one.form]}">{made}</text:list>')

    def _table(self, one: Table) -> None:
        if one.caption:
            self._add("Caption", escape(one.caption))
        self._count += 1
        self._body.append(parts.table(one, self._count))

    def _picture(self, one: Picture) -> None:
        self._count += 1
        self._add("Text_20_body", parts.image(self._count, one.description))
        self._add("Caption", escape(one.caption))

    def _break(self, one: Break) -> None:
        if one.kind == "page":
            self._add("P_page", "")
        elif one.kind == "contents":
            headings = [p for p in self._sheet.parts if isinstance(p, Heading) and p.level < 4]
            lines = [f"{h.number} {h.text}".strip() for h in headings]
            self._body.append(parts.contents(lines))
        elif one.kind == "columns":
            self._body.append('<text:section text:style-name="S_columns" text:name="Spalten">')
        else:
            self._body.append("</text:section>")
