"""Room to write in a DOCX: content controls whose tags a program finds again."""

from collections.abc import Callable
from dataclasses import dataclass

from richtschnur.documents.paper import Room, Words
from richtschnur.documents.writing.docx_parts import RULE, SHADE, quoted

_SHARE = 0.56  # of the line for what is read
_LINE = 420  # twentieths of a point for a line of handwriting
_TAG_LIMIT = 64  # characters; longer ones are refused by word processors


@dataclass
class Rooms:
    """Tables of two columns; `paragraph(text, style)` makes what stands in their heads."""

    words: Words
    paragraph: Callable[[str, str], str]
    widths: tuple[int, int] = (0, 0)
    count: int = 0

    def start(self, line: int) -> str:
        """The table with its head, which is repeated on each page."""
        left = round(line * _SHARE)
        self.widths = left, line - left
        head = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>'
            f'<w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/></w:tcPr>'
            f"{self.paragraph(text, 'TableHead')}</w:tc>"
            for width, text in zip(self.widths, (self.words.passage, self.words.room), strict=True)
        )
        return (
            f"{_table(self.widths)}<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"
        )

    def row(self, said: str, other: Room | str) -> str:
        """A row: what is read, and the control to write in or what else stands there."""
        left, right = self.widths
        fixed, beside = "", other
        if isinstance(other, Room):
            height = f'<w:trHeight w:val="{other.lines * _LINE}" w:hRule="atLeast"/>'
            fixed, beside = f"<w:trPr>{height}</w:trPr>", self._control(other)
        empty = self.paragraph("", "")
        return (
            f'<w:tr>{fixed}<w:tc><w:tcPr><w:tcW w:w="{left}" w:type="dxa"/></w:tcPr>'
            f'{said or empty}</w:tc><w:tc><w:tcPr><w:tcW w:w="{right}" w:type="dxa"/></w:tcPr>'
            f"{beside or empty}</w:tc></w:tr>"
        )

    def alone(self, room: Room, line: int) -> str:
        """Room of the whole width under its label."""
        label = self.paragraph(room.label, "RoomLabel") if room.label else ""
        return (
            f"{label}{_table((line,))}<w:tr><w:trPr>"
            f'<w:trHeight w:val="{room.lines * _LINE}" w:hRule="atLeast"/></w:trPr>'
            f'<w:tc><w:tcPr><w:tcW w:w="{line}" w:type="dxa"/></w:tcPr>{self._control(room)}'
            f"</w:tc></w:tr></w:tbl>{self.paragraph('', 'Spacer')}"
        )

    def _control(self, room: Room) -> str:
        self.count += 1
        tag = quoted(room.tag[:_TAG_LIMIT] or f"room-{self.count}")
        empty = self.paragraph(self.words.write_here, "Note")
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val="{quoted(room.label or self.words.room)}"/>'
            f'<w:tag w:val="{tag}"/><w:id w:val="{self.count}"/><w:showingPlcHdr/></w:sdtPr>'
            f"<w:sdtContent>{empty}</w:sdtContent></w:sdt>{self.paragraph('', 'Spacer')}"
        )


def _table(widths: tuple[int, ...]) -> str:
    thin = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    borders = "".join(
        f"<w:{side} {thin}/>" for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{borders}'
        '</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="80" w:type="dxa"/>'
        '<w:left w:w="110" w:type="dxa"/><w:bottom w:w="80" w:type="dxa"/>'
        '<w:right w:w="110" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
        + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        + "</w:tblGrid>"
    )
