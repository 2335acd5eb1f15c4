"""Room to write in an ODT: named sections that a program finds again."""

from collections.abc import Callable
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from richtschnur.documents.paper import Room, Words
from richtschnur.documents.writing import odf

_SHARE = 0.56  # of the line for what is read


@dataclass
class Rooms:
    """Tables of two columns; `paragraph(text, style)` and `columns(widths)` make their parts."""

    words: Words
    paragraph: Callable[[str, str], str]
    columns: Callable[[tuple[float, ...]], str]
    heights: set[int] = field(default_factory=set)
    tables: int = 0
    count: int = 0

    def start(self) -> str:
        """The table with its head, which is repeated on each page."""
        head = "".join(
            f'<table:table-cell table:style-name="HeadCell">'
            f"{self.paragraph(text, 'Table_20_Heading')}</table:table-cell>"
            for text in (self.words.passage, self.words.room)
        )
        return (
            f"{self._table((_SHARE, 1 - _SHARE))}<table:table-header-rows>"
            f'<table:table-row table:style-name="WholeRow">{head}</table:table-row>'
            "</table:table-header-rows>"
        )

    def row(self, said: str, other: Room | str) -> str:
        """A row: what is read, and the section to write in or what else stands there."""
        empty = self.paragraph("", "Table_20_Contents")
        if isinstance(other, Room):
            return self._row(_cell(said or empty) + _cell(self._section(other)), other)
        cells = _cell(said or empty) + _cell(other or empty)
        return f'<table:table-row table:style-name="Row">{cells}</table:table-row>'

    def alone(self, room: Room) -> str:
        """Room of the whole width under its label."""
        label = self.paragraph(room.label, "RoomLabel") if room.label else ""
        row = self._row(_cell(self._section(room)), room)
        return f"{label}{self._table((1.0,))}{row}</table:table>{self.paragraph('', 'Spacer')}"

    def styles(self) -> str:
        """The styles of the rows and cells that were written."""
        return odf.ROOM + "".join(
            f'<style:style style:name="Room{lines}" style:family="table-row">'
            f'<style:table-row-properties style:min-row-height="{lines * 7.4:.1f}mm" '
            'fo:keep-together="auto"/></style:style>'
            for lines in sorted(self.heights)
        )

    def _table(self, widths: tuple[float, ...]) -> str:
        self.tables += 1
        name = f"Rooms{self.tables}"
        return f'<table:table table:name="{name}" table:style-name="Grid">{self.columns(widths)}'

    def _row(self, cells: str, room: Room) -> str:
        self.heights.add(room.lines)
        return f'<table:table-row table:style-name="Room{room.lines}">{cells}</table:table-row>'

    def _section(self, room: Room) -> str:
        self.count += 1
        name = escape(room.tag or f"room-{self.count}", {'"': "&quot;"})
        hint = (
            '<text:placeholder text:placeholder-type="text">'
            f"&lt;{escape(self.words.write_here)}&gt;</text:placeholder>"
        )
        return (
            f'<text:section text:name="{name}" text:style-name="RoomSection">'
            f'<text:p text:style-name="Table_20_Contents">{hint}</text:p></text:section>'
        )


def _cell(inner: str) -> str:
    return f'<table:table-cell table:style-name="RoomCell">{inner}</table:table-cell>'
