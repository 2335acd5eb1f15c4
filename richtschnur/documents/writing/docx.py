"""DOCX, streamed part by part: ten thousand rows need no more memory than ten."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from richtschnur.documents.paper import Heading, PageBreak, Paper, Table, Text
from richtschnur.documents.writing import docx_parts
from richtschnur.documents.writing.cleaning import (
    is_right_to_left,
    language_of,
    locale_of,
    stays_whole,
)
from richtschnur.documents.writing.docx_reference import Reference, own_reference, read_reference
from richtschnur.documents.writing.lists import Listing, with_lists


def write_docx(paper: Paper, path: Path, reference: Path | None = None) -> None:
    """Writes a prepared paper. `reference` lends styles, head and foot from another DOCX.

    Raises Unwritable("reference") if that file is none.
    """
    look = read_reference(reference, paper) if reference else own_reference(paper)
    written_at = paper.written_at
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(look.parts.items()):
            archive.writestr(_entry(name, written_at), content)
        archive.writestr(_entry("docProps/core.xml", written_at), docx_parts.properties(paper))
        with archive.open(_entry("word/document.xml", written_at), "w") as body:
            for part in _Body(paper, look).parts():
                body.write(part.encode("utf-8"))


def _entry(name: str, written_at: datetime) -> ZipInfo:
    entry = ZipInfo(name, max(written_at.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
    entry.compress_type = ZIP_DEFLATED
    return entry


class _Body:
    """The parts of word/document.xml, in order."""

    def __init__(self, paper: Paper, look: Reference) -> None:
        self.paper = paper
        self.look = look
        self.bookmarks = 0
        self.breaks_page = False

    def parts(self) -> Iterator[str]:
        yield docx_parts.DOCUMENT_START
        yield from self._opening()
        for block in with_lists(self.paper.blocks):
            match block:
                case Heading():
                    yield self._heading(block)
                case Text():
                    style = {"body": "", "quote": "Quote", "lead": "Lead", "note": "Note"}
                    yield self._paragraph(block.text, style[block.style], block.language)
                case Listing():
                    yield from self._list(block, 0)
                case Table():
                    yield from self._table(block)
                case PageBreak():
                    self.breaks_page = True
        yield f"{self.look.section}</w:body></w:document>"

    def _opening(self) -> Iterator[str]:
        paper = self.paper
        if paper.county:
            yield self._paragraph(paper.county, "County")
        yield self._paragraph(paper.title, "Title")
        if paper.subtitle:
            yield self._paragraph(paper.subtitle, "Subtitle")
        for label, value in paper.notes:
            label_run = self._run(f"{label}: ", paper.language, "<w:b/><w:bCs/>")
            yield self._paragraph(value, "Facts", before=label_run)

    def _heading(self, heading: Heading) -> str:
        if not heading.anchor:
            return self._paragraph(heading.text, f"Heading{heading.level}")
        self.bookmarks += 1
        name = "".join(sign if sign.isalnum() else "_" for sign in heading.anchor)[:40]
        start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>'
        end = f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        return self._paragraph(heading.text, f"Heading{heading.level}", before=start, after=end)

    def _list(self, listing: Listing, level: int) -> Iterator[str]:
        level = min(level, 5)
        longest = max(len(entry.item.number) for entry in listing.entries)
        hanging = max(360, 120 + 110 * longest)
        indent = f'<w:ind w:left="{360 * level + hanging}" w:hanging="{hanging}"/>'
        for entry in listing.entries:
            item = entry.item
            if listing.numbered:
                number = self._run(item.number, self.paper.language) + "<w:r><w:tab/></w:r>"
                yield self._paragraph(item.text, "ListItem", before=number, indent=indent)
            else:
                bullet = (
                    f'<w:numPr><w:ilvl w:val="{level}"/>'
                    f'<w:numId w:val="{self.look.bullets}"/></w:numPr>'
                )
                yield self._paragraph(item.text, "ListItem", numbering=bullet)
            for below in entry.below:
                yield from self._list(below, level + 1)

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption or self.breaks_page:
            yield self._paragraph(table.caption, "Caption")
        if not table.head:
            return
        widths = [max(1, round(share * self.look.line)) for share in table.widths]
        visual = "<w:bidiVisual/>" if is_right_to_left(self.paper.language) else ""
        yield docx_parts.table_start(widths, visual, escape(table.caption, {'"': "&quot;"}))
        yield self._row(table.head, widths, "TableHead", "<w:cantSplit/><w:tblHeader/>")
        for row in table.rows:
            yield self._row(row, widths, "TableText", "<w:cantSplit/>" if stays_whole(row) else "")
        yield "</w:tbl>" + self._paragraph("", "Spacer")

    def _row(self, cells: tuple[str, ...], widths: list[int], style: str, properties: str) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{docx_parts.SHADE}"/>'
        inner = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
            f"{shade if style == 'TableHead' else ''}</w:tcPr>{self._paragraph(cell, style)}</w:tc>"
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"

    def _paragraph(
        self,
        text: str,
        style: str,
        language: str = "",
        *,
        before: str = "",
        after: str = "",
        numbering: str = "",
        indent: str = "",
    ) -> str:
        language = language_of(text, language, self.paper.language)
        name = f'<w:pStyle w:val="{self.look.styles.get(style, style)}"/>' if style else ""
        page = "<w:pageBreakBefore/>" if self.breaks_page else ""
        self.breaks_page = False
        side = "<w:bidi/>" if is_right_to_left(language) else ""
        properties = name + page + numbering + side + indent
        start = f"<w:p><w:pPr>{properties}</w:pPr>" if properties else "<w:p>"
        return f"{start}{before}{self._run(text, language)}{after}</w:p>"

    def _run(self, text: str, language: str, look: str = "") -> str:
        if not text:
            return ""
        properties = look
        if is_right_to_left(language):
            properties += f'<w:rtl/><w:lang w:bidi="{locale_of(language)}"/>'
        elif language != self.paper.language:
            properties += f'<w:lang w:val="{locale_of(language)}"/>'
        lines = "<w:br/>".join(
            f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n")
        )
        return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{lines}</w:r>"
