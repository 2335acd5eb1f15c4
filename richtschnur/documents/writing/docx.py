"""DOCX, streamed part by part: ten thousand rows need no more memory than ten."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from richtschnur.documents.paper import (
    Heading,
    PageBreak,
    Paper,
    PaperBlock,
    Picture,
    Room,
    Table,
    Text,
)
from richtschnur.documents.writing import docx_parts
from richtschnur.documents.writing.cleaning import is_right_to_left, language_of, stays_whole
from richtschnur.documents.writing.docx_inlines import Inlines
from richtschnur.documents.writing.docx_pictures import Gallery
from richtschnur.documents.writing.docx_reference import Reference, own_reference, read_reference
from richtschnur.documents.writing.docx_rooms import Rooms
from richtschnur.documents.writing.lists import Arranged, Columns, Listing, with_lists

_STYLES = {"body": "", "quote": "Quote", "lead": "Lead", "note": "Note"}
_RELATIONS = "word/_rels/document.xml.rels"


def write_docx(paper: Paper, path: Path, reference: Path | None = None) -> None:
    """Writes a prepared paper. `reference` lends styles, head and foot from another DOCX.

    Raises Unwritable("reference") if that file is none.
    """
    look = read_reference(reference, paper) if reference else own_reference(paper)
    body = _Body(paper, look)
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in sorted(look.parts.items()):
            if name != _RELATIONS:
                archive.writestr(_entry(name, paper), content)
        archive.writestr(_entry("docProps/core.xml", paper), docx_parts.properties(paper))
        with archive.open(_entry("word/document.xml", paper), "w") as file:
            for part in body.parts():
                file.write(part.encode("utf-8"))
        for name, content in body.attached().items():
            archive.writestr(_entry(name, paper), content)


def _entry(name: str, paper: Paper) -> ZipInfo:
    moment = max(datetime.timetuple(paper.written_at)[:6], (1980, 1, 1, 0, 0, 0))
    entry = ZipInfo(name, moment)
    is_packed = name.startswith("word/media/") and not name.endswith(".svg")
    entry.compress_type = ZIP_STORED if is_packed else ZIP_DEFLATED
    return entry


class _Body:
    """The parts of word/document.xml, in order, and what they point to."""

    def __init__(self, paper: Paper, look: Reference) -> None:
        self.paper = paper
        self.look = look
        self.inlines = Inlines(paper.language, paper.accent[1:].upper(), look.first_note)
        self.gallery = Gallery(self.inlines.relations, look.line / 20)
        self.rooms = Rooms(paper.words, self.paragraph)
        self.bookmarks = 0
        self.breaks_page = False

    def parts(self) -> Iterator[str]:
        yield docx_parts.DOCUMENT_START
        yield from self._opening()
        for block in with_lists(self.paper.blocks):
            yield from self._block(block)
        yield f"{self.look.section}</w:body></w:document>"

    def attached(self) -> dict[str, str | bytes]:
        """Footnotes, pictures and relations: all are known when the text is written."""
        found: dict[str, str | bytes] = dict(self.gallery.files)
        found["word/footnotes.xml"] = docx_parts.footnotes(self.look.separators, self.inlines.notes)
        if self.inlines.note_relations.found:
            found["word/_rels/footnotes.xml.rels"] = docx_parts.relations(
                self.inlines.note_relations.found
            )
        found[_RELATIONS] = self.look.with_relations(self.inlines.relations.found)
        return found

    def _block(self, block: Arranged) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block)
            case Text():
                yield self._text(block)
            case Listing():
                yield from self._list(block, 0)
            case Table():
                yield from self._table(block)
            case Picture():
                yield from self._picture(block)
            case Room():
                yield self.rooms.alone(block, self.look.line)
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
            before = self.inlines.plain(f"{label}: ", look="<w:b/><w:bCs/>")
            yield self.paragraph(value, "Facts", before=before)

    def _heading(self, heading: Heading) -> str:
        style = f"Heading{heading.level}"
        if not heading.anchor:
            return self.paragraph(heading.text, style, heading.language)
        self.bookmarks += 1
        name = "".join(sign if sign.isalnum() else "_" for sign in heading.anchor)[:40]
        start = f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{name}"/>'
        end = f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'
        return self.paragraph(heading.text, style, heading.language, before=start, after=end)

    def _text(self, block: Text) -> str:
        return self._filled(self.inlines.marked(block), _STYLES[block.style], block.language)

    def _list(self, listing: Listing, level: int) -> Iterator[str]:
        level = min(level, 5)
        longest = max(len(entry.item.number) for entry in listing.entries)
        hanging = max(360, 120 + 110 * longest)
        indent = f'<w:ind w:left="{360 * level + hanging}" w:hanging="{hanging}"/>'
        bullet = (
            f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{self.look.bullets}"/></w:numPr>'
        )
        for entry in listing.entries:
            item = entry.item
            runs, language = self.inlines.marked(item), item.language
            if listing.numbered:
                runs = self.inlines.plain(item.number) + "<w:r><w:tab/></w:r>" + runs
                yield self._filled(runs, "ListItem", language, indent=indent)
            else:
                yield self._filled(runs, "ListItem", language, numbering=bullet)
            for below in entry.below:
                yield from self._list(below, level + 1)

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption or self.breaks_page:
            yield self.paragraph(table.caption, "Caption", table.language)
        if not table.head:
            return
        widths = [max(1, round(share * self.look.line)) for share in table.widths]
        is_mirrored = is_right_to_left(table.language or self.paper.language)
        visual = "<w:bidiVisual/>" if is_mirrored else ""
        yield docx_parts.table_start(widths, visual)
        fixed = "<w:cantSplit/><w:tblHeader/>"
        yield self._row(table, table.head, widths, "TableHead", fixed)
        for row in table.rows:
            fixed = "<w:cantSplit/>" if stays_whole(row) else ""
            yield self._row(table, row, widths, "TableText", fixed)
        yield "</w:tbl>" + self.paragraph("", "Spacer")

    def _row(
        self, table: Table, cells: tuple[str, ...], widths: list[int], style: str, fixed: str
    ) -> str:
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{docx_parts.SHADE}"/>'
        default = table.language or self.paper.language
        inner = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
            f"{shade if style == 'TableHead' else ''}</w:tcPr>"
            f"{self.paragraph(cell, style, language_of(cell, '', default))}</w:tc>"
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr>{f'<w:trPr>{fixed}</w:trPr>' if fixed else ''}{inner}</w:tr>"

    def _picture(self, picture: Picture) -> Iterator[str]:
        drawing = self.gallery.drawing(picture)
        if not drawing:
            yield self.paragraph(picture.alternative, "Note", picture.language)
        else:
            kept = "<w:keepNext/>" if picture.caption else ""
            yield self._filled(drawing, "", picture.language, keeps=kept)
        if picture.caption:
            loose = '<w:keepNext w:val="0"/>'
            runs = self.inlines.plain(picture.caption, picture.language)
            yield self._filled(runs, "Caption", picture.language, keeps=loose)

    def _columns(self, columns: Columns) -> Iterator[str]:
        yield self.rooms.start(self.look.line)
        for entry in columns.entries:
            other = entry.other if isinstance(entry.other, Room) else self._all(entry.other)
            yield self.rooms.row(self._all(entry.blocks), other)
        yield "</w:tbl>" + self.paragraph("", "Spacer")

    def _all(self, blocks: Sequence[PaperBlock]) -> str:
        return "".join(part for block in with_lists(blocks) for part in self._block(block))

    def paragraph(
        self, text: str, style: str, language: str = "", *, before: str = "", after: str = ""
    ) -> str:
        """A paragraph without marks."""
        runs = self.inlines.plain(text, language)
        return self._filled(f"{before}{runs}{after}", style, language)

    def _filled(
        self,
        runs: str,
        style: str,
        language: str = "",
        *,
        keeps: str = "",
        numbering: str = "",
        indent: str = "",
    ) -> str:
        name = f'<w:pStyle w:val="{self.look.styles.get(style, style)}"/>' if style else ""
        page = "<w:pageBreakBefore/>" if self.breaks_page else ""
        self.breaks_page = False
        side = "<w:bidi/>" if is_right_to_left(language or self.paper.language) else ""
        properties = name + keeps + page + numbering + side + indent
        start = f"<w:p><w:pPr>{properties}</w:pPr>" if properties else "<w:p>"
        return f"{start}{runs}</w:p>"
