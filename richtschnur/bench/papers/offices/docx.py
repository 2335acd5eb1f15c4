"""A sheet as the DOCX that a word processor saves: styles, numbering, notes, boxes, changes."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from richtschnur.bench.papers.offices import docx_parts as parts
from richtschnur.bench.papers.offices.docx_styles import styles
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

_PROPERTIES: Final = {
    "bold": "<w:b/>",
    "italic": "<w:i/>",
    "link": '<w:color w:val="0563C1"/><w:u w:val="single"/>',
    "arabic": '<w:rtl/><w:lang w:val="de-DE" w:bidi="ar-SA"/>',
}


def write_docx(sheet: Sheet) -> bytes:
    """The file's bytes."""
    return _Writer(sheet).write()


class _Writer(Writer):
    def __init__(self, sheet: Sheet) -> None:
        super().__init__(sheet)
        self._notes: list[str] = []
        self._lists: list[str] = []  # forms of lists; each is a num of its own

    def write(self) -> bytes:
        self._parts()
        section = parts.section(2 if self._ends_in_columns() else 1)
        document = parts.document("".join(self._body) + section)
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in parts.fixed(self._sheet.header).items():
                archive.writestr(name, text)
            archive.writestr("word/document.xml", document)
            archive.writestr("word/numbering.xml", parts.numbering(self._sheet, self._lists))
            archive.writestr("word/styles.xml", styles(self._sheet))
            archive.writestr("word/footnotes.xml", parts.footnotes(self._notes))
            archive.writestr("word/media/image1.png", parts.picture())
        return out.getvalue()

    def _ends_in_columns(self) -> bool:
        kinds = [one.kind for one in self._sheet.parts if isinstance(one, Break)]
        return "columns" in kinds and kinds[-1] != "one-column"

    def _add(self, style: str, inner: str, properties: str = "") -> None:
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        head = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
        self._body.append(f"<w:p>{head}{inner}</w:p>")

    def _heading(self, one: Heading) -> None:
        self._count += 1
        mark = (
            f'<w:bookmarkStart w:id="{self._count}" w:name="_Toc{self._count}"/>',
            f'<w:bookmarkEnd w:id="{self._count}"/>',
        )
        if one.look == "bold":
            words = f"{one.number} {one.text}".strip()
            size = {1: 32, 2: 28, 3: 24}.get(one.level, 23)
            format_ = f'<w:b/><w:sz w:val="{size}"/>'
            self._add(
                "", mark[0] + parts.run(words, format_) + mark[1], '<w:spacing w:before="240"/>'
            )
            return
        typed = f"{one.number}\t" if one.number and not one.is_counted else ""
        style = f"berschrift{one.level}"
        has_style_number = any(isinstance(p, Heading) and p.is_counted for p in self._sheet.parts)
        no_number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
        properties = "" if one.is_counted or not has_style_number else no_number
        if one.is_counted and one.number.endswith(":"):
            properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="5"/></w:numPr>'
        self._add(style, mark[0] + parts.run(typed + one.text) + mark[1], properties)

    def _paragraph(self, one: Paragraph, box: Box | None) -> None:
        styles = {"title": "Titel", "subtitle": "Untertitel", "quote": "Zitat"}
        inner = self._runs(one.runs)
        if box:
            self._count += 1
            inner += parts.text_box(self._count, box.texts)
        self._add(styles.get(one.style, ""), inner)

    def _run(self, one: Run) -> str:
        words = parts.run(one.text, _PROPERTIES.get(one.kind, ""))
        who = 'w:author="Amt" w:date="2027-01-10T10:00:00Z"'
        self._count += 1
        if one.kind == "inserted":
            words = f'<w:ins w:id="{self._count}" {who}>{words}</w:ins>'
        elif one.kind == "deleted":
            words = words.replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
            words = f'<w:del w:id="{self._count}" {who}>{words}</w:del>'
        elif one.kind == "link":
            words = f'<w:hyperlink r:id="rIdLink">{words}</w:hyperlink>'
        if one.note:
            self._notes.append(one.note)
            words += (
                '<w:r><w:rPr><w:rStyle w:val="Funotenzeichen"/></w:rPr>'
                f'<w:footnoteReference w:id="{len(self._notes)}"/></w:r>'
            )
        return words

    def _items(self, one: Items) -> None:
        if one.form.startswith("typed"):
            for at, (_, runs) in enumerate(one.entries, 1):
                sign = "\u2022\t" if one.form == "typed-•" else f"{at}. "
                self._add(
                    "", parts.run(sign) + self._runs(runs), '<w:ind w:left="360" w:hanging="360"/>'
                )
            return
        self._lists.append(one.form)
        number = parts.FIRST_LIST + len(self._lists)
        for level, runs in one.entries:
            properties = (
                f'<w:numPr><w:ilvl w:val="{level - 1}"/><w:numId w:val="{number}"/></w:numPr>'
            )
            self._add("Listenabsatz", self._runs(runs), properties)

    def _table(self, one: Table) -> None:
        if one.caption:
            self._add("Beschriftung", parts.run(one.caption))
        self._body.append(parts.table(one))

    def _picture(self, one: Picture) -> None:
        self._count += 1
        self._add("", parts.drawing(self._count, one.description))
        self._add("Beschriftung", parts.run(one.caption))

    def _break(self, one: Break) -> None:
        if one.kind == "page":
            self._add("", '<w:r><w:br w:type="page"/></w:r>')
        elif one.kind == "contents":
            headings = [p for p in self._sheet.parts if isinstance(p, Heading)]
            lines = [(h.level, f"{h.number} {h.text}".strip()) for h in headings if h.level < 4]
            self._body.append(parts.contents(lines))
        else:
            columns = 1 if one.kind == "columns" else 2
            self._body.append(f"<w:p><w:pPr>{parts.section(columns)}</w:pPr></w:p>")
