"""ODT, streamed like our DOCX."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from richtschnur.documents.paper import Heading, PageBreak, Paper, Table, Text
from richtschnur.documents.writing import odf
from richtschnur.documents.writing.cleaning import language_of, stays_whole
from richtschnur.documents.writing.lists import Listing, with_lists
from richtschnur.documents.writing.odt_styles import page_name, read_reference, stylesheet

_STYLES = {"body": "Text_20_body", "quote": "Quotations", "lead": "Lead", "note": "Note"}
_TEXT = "application/vnd.oasis.opendocument.text"


def write_odt(paper: Paper, path: Path, reference: Path | None = None) -> None:
    """Writes a prepared paper. `reference` lends styles, head and foot from another ODT.

    Raises Unwritable("reference") if that file is none.
    """
    parts = read_reference(reference, paper) if reference else {"styles.xml": stylesheet(paper)}
    body = _Body(paper)
    with tempfile.TemporaryFile() as spool, ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for xml in body.parts():
            spool.write(xml.encode("utf-8"))
        spool.seek(0)
        odf.start_package(archive, _TEXT, paper.written_at, sorted(parts))
        for name, part in sorted(parts.items()):
            archive.writestr(odf.entry(name, paper.written_at), part)
        meta = odf.properties(
            paper.title, paper.subtitle, paper.county, paper.language, paper.written_at
        )
        archive.writestr(odf.entry("meta.xml", paper.written_at), meta)
        content = odf.entry("content.xml", paper.written_at)
        with archive.open(content, "w") as file:
            file.write(f"{odf.root('content')}{body.automatic_styles()}".encode())
            file.write(b"<office:body><office:text>")
            shutil.copyfileobj(spool, file)
            file.write(b"</office:text></office:body></office:document-content>")


class _Body:
    """The parts of the text, in order; which styles they need is known at the end."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.tables: list[Table] = []
        self.variants: dict[tuple[str, str, bool, bool], str] = {}
        self.breaks_page = False
        self.is_first = True

    def parts(self) -> Iterator[str]:
        yield from self._opening()
        for block in with_lists(self.paper.blocks):
            match block:
                case Heading():
                    yield self._heading(block)
                case Text():
                    yield self._paragraph(block.text, _STYLES[block.style], block.language)
                case Listing():
                    yield from self._list(block, 1)
                case Table():
                    yield from self._table(block)
                case PageBreak():
                    self.breaks_page = True

    def automatic_styles(self) -> str:
        variants = "".join(
            odf.paragraph_variant(
                name, parent, language, breaks_page, page_name(self.paper) if is_first else ""
            )
            for (parent, language, breaks_page, is_first), name in self.variants.items()
        )
        columns = "".join(
            f'<style:style style:name="T{index}C{column}" style:family="table-column">'
            f'<style:table-column-properties style:rel-column-width="{round(width * 65535)}*"/>'
            "</style:style>"
            for index, table in enumerate(self.tables)
            for column, width in enumerate(table.widths)
        )
        return f"<office:automatic-styles>{variants}{columns}{odf.TABLE}</office:automatic-styles>"

    def _opening(self) -> Iterator[str]:
        paper = self.paper
        if paper.county:
            yield self._paragraph(paper.county, "County")
        yield self._paragraph(paper.title, "Title")
        if paper.subtitle:
            yield self._paragraph(paper.subtitle, "Subtitle")
        for label, value in paper.notes:
            yield self._paragraph(value, "Facts", before=f"{escape(label)}: ", strong=True)

    def _heading(self, heading: Heading) -> str:
        style = self._style(f"Heading_20_{heading.level}", heading.text, "")
        mark = f'<text:bookmark text:name="{heading.anchor}"/>' if heading.anchor else ""
        return (
            f'<text:h text:style-name="{style}" text:outline-level="{heading.level}">'
            f"{mark}{_lines(heading.text)}</text:h>"
        )

    def _list(self, listing: Listing, level: int) -> Iterator[str]:
        style = "Numbers" if listing.numbered else "Bullets"
        # Numbers stand in the text as they are; this list draws no sign of its own.
        yield f'<text:list text:style-name="{style}">'
        for entry in listing.entries:
            before = f"{escape(entry.item.number)}<text:tab/>" if listing.numbered else ""
            yield "<text:list-item>" + self._paragraph(entry.item.text, "List", before=before)
            for below in entry.below:
                yield from self._list(below, level + 1)
            yield "</text:list-item>"
        yield "</text:list>"

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption or self.breaks_page:
            yield self._paragraph(table.caption, "Caption")
        if not table.head:
            return
        index = len(self.tables)
        self.tables.append(table)
        title = f"<table:title>{escape(table.caption)}</table:title>" if table.caption else ""
        yield f'<table:table table:name="Table{index + 1}" table:style-name="Grid">{title}'
        yield "".join(
            f'<table:table-column table:style-name="T{index}C{column}"/>'
            for column in range(len(table.head))
        )
        yield "<table:table-header-rows>"
        yield self._row(table.head, "Table_20_Heading", "HeadCell", whole=True)
        yield "</table:table-header-rows>"
        if not table.rows:
            yield self._row(("",) * len(table.head), "Table_20_Contents", "Cell", whole=True)
        for row in table.rows:
            yield self._row(row, "Table_20_Contents", "Cell", whole=stays_whole(row))
        yield "</table:table>" + self._paragraph("", "Spacer")

    def _row(self, cells: tuple[str, ...], style: str, look: str, *, whole: bool) -> str:
        inner = "".join(
            f'<table:table-cell table:style-name="{look}" office:value-type="string">'
            + "".join(self._paragraph(line, style) for line in cell.split("\n"))
            + "</table:table-cell>"
            for cell in cells
        )
        row = "WholeRow" if whole else "Row"
        return f'<table:table-row table:style-name="{row}">{inner}</table:table-row>'

    def _paragraph(
        self, text: str, style: str, language: str = "", *, before: str = "", strong: bool = False
    ) -> str:
        name = self._style(style, text, language)
        if strong:
            before = f'<text:span text:style-name="Strong">{before}</text:span>'
        return f'<text:p text:style-name="{name}">{before}{_lines(text)}</text:p>'

    def _style(self, style: str, text: str, given: str) -> str:
        """The style itself or its variant for another language, a new page, the first page."""
        language = language_of(text, given, self.paper.language)
        foreign = "" if language == self.paper.language else language
        key = (style, foreign, self.breaks_page, self.is_first)
        self.breaks_page = self.is_first = False
        if not any(key[1:]):
            return style
        return self.variants.setdefault(key, f"P{len(self.variants) + 1}")


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<text:line-break/>")
