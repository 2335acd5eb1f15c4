"""ODT, streamed like our DOCX."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from richtschnur.documents.paper import (
    Heading,
    Note,
    PageBreak,
    Paper,
    PaperBlock,
    Picture,
    Room,
    Table,
    Text,
)
from richtschnur.documents.writing import odf
from richtschnur.documents.writing.cleaning import is_right_to_left, language_of, stays_whole
from richtschnur.documents.writing.lists import Arranged, Columns, Listing, with_lists
from richtschnur.documents.writing.odt_inlines import Inlines, lines
from richtschnur.documents.writing.odt_pictures import Gallery
from richtschnur.documents.writing.odt_rooms import Rooms
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
        pictures = body.gallery.files
        odf.start_package(archive, _TEXT, paper.written_at, sorted({*parts, *pictures}))
        for name, part in sorted(parts.items()):
            archive.writestr(odf.entry(name, paper.written_at), part)
        for name, data in pictures.items():
            packed = ZIP_DEFLATED if name.endswith(".svg") else ZIP_STORED
            archive.writestr(odf.entry(name, paper.written_at, packed), data)
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
        self.tables: list[tuple[float, ...]] = []
        self.variants: dict[tuple[str, str, bool, bool], str] = {}
        self.breaks_page = False
        self.is_first = True
        self.inlines = Inlines(self._note_style)
        self.gallery = Gallery()
        self.rooms = Rooms(paper.words, self.paragraph, self._columns_style)

    def parts(self) -> Iterator[str]:
        yield from self._opening()
        for block in with_lists(self.paper.blocks):
            yield from self._block(block)

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
            for index, widths in enumerate(self.tables)
            for column, width in enumerate(widths)
        )
        return (
            f"<office:automatic-styles>{variants}{self.inlines.styles()}{columns}{odf.TABLE}"
            f"{odf.GRAPHICS}{self.rooms.styles()}</office:automatic-styles>"
        )

    def _block(self, block: Arranged) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Text():
                marked = self.inlines.marked(block)
                yield self._filled(marked, _STYLES[block.style], block.language)
            case Listing():
                yield from self._list(block, 1)
            case Table():
                yield from self._table(block)
            case Picture():
                yield from self._picture(block)
            case Room():
                yield self.rooms.alone(block)
            case Columns():
                yield from self._columns(block)
            case PageBreak():
                self.breaks_page = True

    def _opening(self) -> Iterator[str]:
        paper = self.paper
        if paper.county:
            yield self.paragraph(paper.county, "County")
        yield self.paragraph(paper.title, "Title")
        if paper.subtitle:
            yield self.paragraph(paper.subtitle, "Subtitle")
        for label, value in paper.notes:
            strong = f'<text:span text:style-name="Strong">{escape(label)}: </text:span>'
            yield self.paragraph(value, "Facts", before=strong)

    def _heading(self, heading: Heading) -> str:
        style = self._style(f"Heading_20_{heading.level}", heading.language)
        mark = f'<text:bookmark text:name="{heading.anchor}"/>' if heading.anchor else ""
        return (
            f'<text:h text:style-name="{style}" text:outline-level="{heading.level}">'
            f"{mark}{lines(heading.text)}</text:h>"
        )

    def _list(self, listing: Listing, level: int) -> Iterator[str]:
        style = "Numbers" if listing.numbered else "Bullets"
        # Numbers stand in the text as they are; this list draws no sign of its own.
        yield f'<text:list text:style-name="{style}">'
        for entry in listing.entries:
            before = f"{escape(entry.item.number)}<text:tab/>" if listing.numbered else ""
            marked = before + self.inlines.marked(entry.item)
            yield "<text:list-item>" + self._filled(marked, "List", entry.item.language)
            for below in entry.below:
                yield from self._list(below, level + 1)
            yield "</text:list-item>"
        yield "</text:list>"

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption or self.breaks_page:
            yield self.paragraph(table.caption, "Caption", table.language)
        if not table.head:
            return
        title = f"<table:title>{escape(table.caption)}</table:title>" if table.caption else ""
        columns = self._columns_style(table.widths)
        name = f"Table{len(self.tables)}"
        is_mirrored = is_right_to_left(table.language or self.paper.language)
        grid = "GridMirrored" if is_mirrored else "Grid"
        yield f'<table:table table:name="{name}" table:style-name="{grid}">{title}{columns}'
        yield "<table:table-header-rows>"
        yield self._row(table, table.head, "Table_20_Heading", "HeadCell", whole=True)
        yield "</table:table-header-rows>"
        is_empty = True
        for row in table.rows:
            is_empty = False
            yield self._row(table, row, "Table_20_Contents", "Cell", whole=stays_whole(row))
        if is_empty:
            yield self._row(table, ("",) * len(table.head), "Table_20_Contents", "Cell", whole=True)
        yield "</table:table>" + self.paragraph("", "Spacer")

    def _columns_style(self, widths: tuple[float, ...]) -> str:
        index = len(self.tables)
        self.tables.append(widths)
        return "".join(
            f'<table:table-column table:style-name="T{index}C{column}"/>'
            for column in range(len(widths))
        )

    def _row(
        self, table: Table, cells: tuple[str, ...], style: str, look: str, *, whole: bool
    ) -> str:
        default = table.language or self.paper.language
        inner = "".join(
            f'<table:table-cell table:style-name="{look}" office:value-type="string">'
            + "".join(
                self.paragraph(line, style, language_of(line, "", default))
                for line in cell.split("\n")
            )
            + "</table:table-cell>"
            for cell in cells
        )
        row = "WholeRow" if whole else "Row"
        return f'<table:table-row table:style-name="{row}">{inner}</table:table-row>'

    def _picture(self, picture: Picture) -> Iterator[str]:
        frame = self.gallery.frame(picture)
        style = "PictureKept" if picture.caption else "Text_20_body"
        yield self._filled(frame, style, "")
        if picture.caption:
            yield self.paragraph(picture.caption, "PictureCaption", picture.language)

    def _columns(self, columns: Columns) -> Iterator[str]:
        yield self.rooms.start()
        for entry in columns.entries:
            other = entry.other if isinstance(entry.other, Room) else self._all(entry.other)
            yield self.rooms.row(self._all(entry.blocks), other)
        yield "</table:table>" + self.paragraph("", "Spacer")

    def _all(self, blocks: Sequence[PaperBlock]) -> str:
        return "".join(part for block in with_lists(blocks) for part in self._block(block))

    def paragraph(self, text: str, style: str, language: str = "", *, before: str = "") -> str:
        """A paragraph without marks."""
        return self._filled(before + lines(text), style, language)

    def _filled(self, inner: str, style: str, language: str) -> str:
        return f'<text:p text:style-name="{self._style(style, language)}">{inner}</text:p>'

    def _note_style(self, note: Note) -> str:
        foreign = "" if note.language == self.paper.language else note.language
        return self._variant(("Footnote", foreign, False, False)) if foreign else "Footnote"

    def _style(self, style: str, language: str) -> str:
        """The style itself or its variant for another language, a new page, the first page."""
        foreign = "" if language == self.paper.language else language
        key = (style, foreign, self.breaks_page, self.is_first)
        self.breaks_page = self.is_first = False
        return self._variant(key) if any(key[1:]) else style

    def _variant(self, key: tuple[str, str, bool, bool]) -> str:
        return self.variants.setdefault(key, f"P{len(self.variants) + 1}")
